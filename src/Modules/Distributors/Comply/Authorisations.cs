using HaoSuan.Catalog;

namespace HaoSuan.Distributors;

/// <summary>
/// The upstreams' written authorisations of distributors (授权书). Once there is one for an upstream, its cards are ordered from the
/// distributor only while one holds; where none was ever recorded nothing is stopped, and the page of compliance shows it.
/// </summary>
public sealed class Authorisations(Db db, Products products, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    public const int LongestDocument = 100;

    public Task<Result<Guid>> RecordAsync(NewAuthorisation asked, CancellationToken cancel = default) =>
        db.InTransaction<Result<Guid>>(async () =>
        {
            List<Refusal> faults = [];
            if (asked.Document.Trim().Length is 0 or > LongestDocument)
                faults.Add(new Refusal("distributors.document_missing", LongestDocument).On("document"));
            if (Reasons.Fault(asked.Scope, "scope") is not null) faults.Add(new Refusal("distributors.scope_missing", Reasons.Longest).On("scope"));
            if (asked.Last < asked.From) faults.Add(new Refusal("distributors.last_before_first").On("last"));
            if (await products.UpstreamAsync(asked.Upstream, cancel) is null) faults.Add(new Refusal("distributors.upstream_unknown").On("upstream"));
            if (faults.Count > 0) return faults;
            if (!await db.Distributors.AnyAsync(d => d.Id == asked.Distributor, cancel)) return new Refusal("distributors.unknown");
            var row = new AuthorisationRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                DistributorId = asked.Distributor,
                UpstreamId = asked.Upstream,
                Document = asked.Document.Trim(),
                Scope = asked.Scope.Trim(),
                FromAt = tenant.Zone.StartOf(asked.From),
                UntilAt = tenant.Zone.StartOf(asked.Last.AddDays(1)),
                RecordedAt = time.Now,
                RecordedBy = actor.Name,
            };
            db.Add(row);
            audit.Record("authorisation.recorded", $"distributor:{asked.Distributor.Value}",
                $"{row.Document} of upstream:{asked.Upstream.Value} until {row.UntilAt}");
            return row.Id;
        }, cancel);

    public Task<Result<Done>> RevokeAsync(DistributorId distributor, Guid id, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (Reasons.Fault(reason) is { } fault) return fault;
            var row = await db.Authorisations.Where(a => a.Id == id && a.DistributorId == distributor).ForUpdate().FirstOrDefaultAsync(cancel);
            if (row is not { RevokedAt: null }) return new Refusal("distributors.authorisation_gone");
            (row.RevokedAt, row.RevokedBy, row.RevokeReason) = (time.Now, actor.Name, reason.Trim());
            audit.Record("authorisation.revoked", $"distributor:{distributor.Value}", row.Document);
            return default(Done);
        }, cancel);

    /// <summary>Those of a distributor, or of everybody; the last to end first.</summary>
    public async Task<IReadOnlyList<Authorisation>> ListAsync(DistributorId? of = null, CancellationToken cancel = default) =>
        [.. (await db.Authorisations.AsNoTracking().Where(a => of == null || a.DistributorId == of).OrderByDescending(a => a.UntilAt).ToListAsync(cancel))
            .Select(a => a.ToAuthorisation())];

    /// <summary>Of which upstreams the distributor's authorisation ends soon or has ended: its last day, and whether that is past.</summary>
    public async Task<IReadOnlyList<(string Upstream, DateOnly Last, bool Ended)>> EndingAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var now = time.Now;
        List<(string, DateOnly, bool)> ending = [];
        foreach (var of in (await ListAsync(distributor, cancel)).Where(a => a.From <= now).GroupBy(a => a.Upstream))
        {
            var until = of.Where(a => a.HoldsAt(now)).OrderBy(a => a.Until).LastOrDefault()?.Until;
            if (until is { } end && end - ComplianceWatch.Ahead > now) continue;
            var last = until ?? of.Max(a => Instant.Min(a.RevokedAt ?? a.Until, a.Until));
            var name = (await products.UpstreamAsync(of.Key, cancel))!.Name;      // an authorisation has its upstream
            ending.Add((name, tenant.Zone.DateOf(last - TimeSpan.FromSeconds(1)), until is null));
        }
        return ending;
    }

    /// <summary>Whether the distributor was authorised by the upstream, and at that instant is no more.</summary>
    internal static async Task<bool> HasLapsedAsync(Db db, DistributorId distributor, UpstreamId upstream, Instant at, CancellationToken cancel)
    {
        var all = await db.Authorisations.AsNoTracking().Where(a => a.DistributorId == distributor && a.UpstreamId == upstream).ToListAsync(cancel);
        return all.Exists(a => a.FromAt <= at) && !all.Exists(a => a.ToAuthorisation().HoldsAt(at));
    }
}
