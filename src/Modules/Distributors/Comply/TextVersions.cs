using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Distributors;

/// <summary>
/// Texts that distributors accept, contracts and promotion rules: versions are added, none is changed, and each distributor accepts a
/// version once. A kind, like <c>contract</c>, is its word in the audit log and in the codes of refusals.
/// </summary>
internal static class TextVersions
{
    private const int Longest = 50_000;

    extension(Db db)
    {
        /// <summary>Publishes the text as the next version. The same text again is the version that there is.</summary>
        internal Task<Result<int>> PublishTextAsync<TText>(string kind, string text, string by, Instant at, Audit audit, CancellationToken cancel)
            where TText : TextRow, new() => db.InTransaction<Result<int>>(async () =>
            {
                var plain = text.ReplaceLineEndings("\n").Trim();
                if (plain.Length is 0 or > Longest) return new Refusal($"distributors.{kind}_empty", Longest).On("text");
                var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
                var last = await db.PresentTextAsync<TText>(cancel);
                if (last?.Sha256 == hash) return last.Version;
                var row = new TText { Version = (last?.Version ?? 0) + 1, Text = plain, Sha256 = hash, PublishedAt = at, PublishedBy = by };
                db.Add(row);
                audit.Record($"{kind}.published", $"{kind}:{row.Version}", hash);
                await db.SaveOrRunAgainAsync(cancel);
                return row.Version;
            }, cancel);

        /// <summary>The version that is accepted now; null before the first one.</summary>
        internal async Task<TextVersion?> PresentTextAsync<TText>(CancellationToken cancel) where TText : TextRow =>
            (await db.Set<TText>().AsNoTracking().OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancel))?.ToVersion();

        internal async Task<TextVersion?> FindTextAsync<TText>(int version, CancellationToken cancel) where TText : TextRow =>
            (await db.Set<TText>().AsNoTracking().FirstOrDefaultAsync(t => t.Version == version, cancel))?.ToVersion();

        /// <summary>The newest first.</summary>
        internal async Task<IReadOnlyList<TextVersion>> TextsAsync<TText>(CancellationToken cancel) where TText : TextRow =>
            [.. (await db.Set<TText>().AsNoTracking().OrderByDescending(t => t.Version).ToListAsync(cancel)).Select(t => t.ToVersion())];

        /// <summary>Accepts the version whose hash stood on the page, if it is still the present one. Once is enough.</summary>
        internal Task<Result<Done>> AcceptTextAsync<TText, TAccepted>(
            string kind, DistributorId distributor, string sha256, string by, Instant at, Audit audit, CancellationToken cancel)
            where TText : TextRow
            where TAccepted : TextAcceptanceRow, new() => db.InTransaction<Result<Done>>(async () =>
            {
                if (await db.PresentTextAsync<TText>(cancel) is not { } text) return new Refusal($"distributors.no_{kind}");
                if (text.Sha256 != sha256) return new Refusal($"distributors.{kind}_changed").On("accept");
                if (await db.Distributors.Where(d => d.Id == distributor).ForUpdate().FirstOrDefaultAsync(cancel) is null)
                    return new Refusal("distributors.unknown");
                await db.AddAcceptanceAsync<TAccepted>(kind, new(distributor, text.Version, text.Sha256, at), by, audit, cancel);
                return default(Done);
            }, cancel);

        internal async Task AddAcceptanceAsync<TAccepted>(string kind, Acceptance accepted, string by, Audit audit, CancellationToken cancel)
            where TAccepted : TextAcceptanceRow, new()
        {
            var (distributor, version, sha256, at) = accepted;
            if (await db.Set<TAccepted>().AnyAsync(a => a.DistributorId == distributor && a.Version == version, cancel)) return;
            db.Add(new TAccepted { DistributorId = distributor, Version = version, Sha256 = sha256, AcceptedAt = at, AcceptedBy = by });
            audit.Record($"{kind}.accepted", $"distributor:{distributor.Value}", $"{kind} {version} {sha256}");
        }

        /// <summary>What a distributor has accepted, the newest first.</summary>
        internal async Task<IReadOnlyList<Acceptance>> AcceptedTextsAsync<TAccepted>(DistributorId distributor, CancellationToken cancel)
            where TAccepted : TextAcceptanceRow =>
            [.. (await db.Set<TAccepted>().AsNoTracking().Where(a => a.DistributorId == distributor).OrderByDescending(a => a.Version).ToListAsync(cancel))
                .Select(a => new Acceptance(a.DistributorId, a.Version, a.Sha256, a.AcceptedAt))];

        /// <summary>Who has accepted which version: the latest of each.</summary>
        internal async Task<IReadOnlyDictionary<DistributorId, int>> LatestTextsAsync<TAccepted>(CancellationToken cancel)
            where TAccepted : TextAcceptanceRow =>
            await db.Set<TAccepted>().GroupBy(a => a.DistributorId).Select(g => new { g.Key, Version = g.Max(a => a.Version) })
                .ToDictionaryAsync(a => a.Key, a => a.Version, cancel);
    }
}
