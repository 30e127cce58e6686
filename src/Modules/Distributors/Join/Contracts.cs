using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Distributors;

/// <summary>The contracts (合同) that distributors accept when they join: versions are added, none is changed.</summary>
public sealed class Contracts(Db db, Actor actor, Audit audit, TimeProvider time)
{
    private const int Longest = 50_000;

    /// <summary>Publishes the text as the next version. The same text again is the version that there is.</summary>
    public Task<Result<int>> PublishAsync(string text, CancellationToken cancel = default) =>
        db.InTransaction<Result<int>>(async () =>
        {
            var plain = text.ReplaceLineEndings("\n").Trim();
            if (plain.Length is 0 or > Longest) return new Refusal("distributors.contract_empty", Longest).On("text");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
            var last = await PresentAsync(cancel);
            if (last?.Sha256 == hash) return last.Version;
            var row = new ContractRow
            {
                Version = (last?.Version ?? 0) + 1,
                Text = plain,
                Sha256 = hash,
                PublishedAt = time.Now,
                PublishedBy = actor.Name,
            };
            db.Add(row);
            audit.Record("contract.published", $"contract:{row.Version}", hash);
            return row.Version;
        }, cancel);

    /// <summary>The version that is accepted now; null before the first one.</summary>
    public async Task<Contract?> PresentAsync(CancellationToken cancel = default) =>
        (await db.Contracts.AsNoTracking().OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancel))?.ToContract();

    public async Task<Contract?> FindAsync(int version, CancellationToken cancel = default) =>
        (await db.Contracts.AsNoTracking().FirstOrDefaultAsync(c => c.Version == version, cancel))?.ToContract();

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Contract>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.Contracts.AsNoTracking().OrderByDescending(c => c.Version).ToListAsync(cancel)).Select(c => c.ToContract())];
}
