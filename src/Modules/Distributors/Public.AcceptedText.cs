using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Distributors;

/// <summary>
/// A text that distributors accept, like the contract: versions are added, none is changed, and each distributor accepts a version once.
/// </summary>
public abstract class AcceptedText(Db db, Actor actor, Audit audit, TimeProvider time)
{
    private const int Longest = 50_000;

    /// <summary>Its word in the audit log and in the codes of refusals.</summary>
    private protected abstract string Kind { get; }

    private protected abstract IQueryable<TextRow> Texts { get; }

    private protected abstract IQueryable<TextAcceptanceRow> Acceptances { get; }

    private protected abstract TextRow NewText();

    private protected abstract TextAcceptanceRow NewAcceptance();

    private protected Db Db => db;

    /// <summary>Publishes the text as the next version. The same text again is the version that there is.</summary>
    public Task<Result<int>> PublishAsync(string text, CancellationToken cancel = default) => db.InTransaction<Result<int>>(async () =>
    {
        var plain = text.ReplaceLineEndings("\n").Trim();
        if (plain.Length is 0 or > Longest) return new Refusal($"distributors.{Kind}_empty", Longest).On("text");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
        var last = await PresentAsync(cancel);
        if (last?.Sha256 == hash) return last.Version;
        var next = NewText();
        (next.Version, next.Text, next.Sha256) = ((last?.Version ?? 0) + 1, plain, hash);
        (next.PublishedAt, next.PublishedBy) = (time.Now, actor.Name);
        db.Add(next);
        audit.Record($"{Kind}.published", $"{Kind}:{next.Version}", hash);
        await db.SaveOrRunAgainAsync(cancel);
        return next.Version;
    }, cancel);

    /// <summary>The version that is accepted now; null before the first one.</summary>
    public async Task<TextVersion?> PresentAsync(CancellationToken cancel = default) =>
        (await Texts.OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancel))?.ToVersion();

    public async Task<TextVersion?> FindAsync(int version, CancellationToken cancel = default) =>
        (await Texts.FirstOrDefaultAsync(t => t.Version == version, cancel))?.ToVersion();

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<TextVersion>> AllAsync(CancellationToken cancel = default) =>
        [.. (await Texts.OrderByDescending(t => t.Version).ToListAsync(cancel)).Select(t => t.ToVersion())];

    /// <summary>Accepts the version whose hash stood on the page, if it is still the present one. Once is enough.</summary>
    /// <param name="distributor">Who accepts.</param>
    /// <param name="sha256">Of the text that stood on the page.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> AcceptAsync(DistributorId distributor, string sha256, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await PresentAsync(cancel) is not { } text) return new Refusal($"distributors.no_{Kind}");
            if (text.Sha256 != sha256) return new Refusal($"distributors.{Kind}_changed").On("accept");
            if (await db.Distributors.Where(d => d.Id == distributor).ForUpdate().FirstOrDefaultAsync(cancel) is null)
                return new Refusal("distributors.unknown");
            await AddAsync(new(distributor, text.Version, text.Sha256, time.Now), cancel);
            return default(Done);
        }, cancel);

    /// <summary>What a distributor has accepted, the newest first.</summary>
    public async Task<IReadOnlyList<Acceptance>> AcceptedAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await Acceptances.Where(a => a.DistributorId == distributor).OrderByDescending(a => a.Version).ToListAsync(cancel))
            .Select(a => new Acceptance(a.DistributorId, a.Version, a.Sha256, a.AcceptedAt))];

    /// <summary>Who has accepted which version: the latest of each.</summary>
    public async Task<IReadOnlyDictionary<DistributorId, int>> LatestAsync(CancellationToken cancel = default) =>
        await Acceptances.GroupBy(a => a.DistributorId).Select(g => new { g.Key, Version = g.Max(a => a.Version) })
            .ToDictionaryAsync(a => a.Key, a => a.Version, cancel);

    internal async Task AddAsync(Acceptance accepted, CancellationToken cancel)
    {
        var (distributor, version, sha256, at) = accepted;
        if (await Acceptances.AnyAsync(a => a.DistributorId == distributor && a.Version == version, cancel)) return;
        var row = NewAcceptance();
        (row.DistributorId, row.Version, row.Sha256, row.AcceptedAt, row.AcceptedBy) = (distributor, version, sha256, at, actor.Name);
        db.Add(row);
        audit.Record($"{Kind}.accepted", $"distributor:{distributor.Value}", $"{Kind} {version} {sha256}");
    }
}
