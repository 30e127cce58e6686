using System.Runtime.CompilerServices;
using HaoSuan.Catalog;
using HaoSuan.Exceptions;

namespace HaoSuan.Distributors;

/// <summary>
/// Branches that come near the criminal threshold, authorisations that end soon or have ended without another one, and distributors of whom it came
/// out later that they joined under a name that is not theirs.
/// </summary>
internal sealed class ComplianceWatch(Db db, Tree tree, Authorisations authorisations, Products products, TenantScope tenant) : ICompare
{
    /// <summary>How long before its end an authorisation is asked for again.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private static readonly CaseKind NearThreshold = new("distributors.case_threshold", Policies.Admin, TimeSpan.FromDays(3));
    private static readonly CaseKind Ending = new("distributors.case_authorisation", Policies.Operations, TimeSpan.FromDays(14));

    private static readonly CaseKind NotHim = new("distributors.case_name_differs", Policies.Operations, TimeSpan.FromDays(3));

    public static IReadOnlyList<CaseKind> Kinds => [NearThreshold, Ending, NotHim];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var all = await tree.AllAsync(cancel);
        foreach (var root in Threshold.Of(all).Where(r => r.State != ThresholdState.Clear))
        {
            yield return new(NearThreshold, $"{root.Root.Id.Value}", root.Root.Code, "/office/compliance", root.Root.JoinedAt,
                root.Root.Name, root.Levels, root.Persons);
        }
        var upstreams = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var active = all.Where(d => d.Active).ToDictionary(d => d.Id);
        foreach (var of in (await authorisations.ListAsync(cancel: cancel)).Where(a => a.RevokedAt is null).GroupBy(a => (a.Distributor, a.Upstream)))
        {
            var last = of.MaxBy(a => a.Until)!;
            if (last.Until - Ahead > comparison.Now || !active.TryGetValue(of.Key.Distributor, out var distributor)) continue;
            yield return new(Ending, $"{last.Id}", distributor.Code, $"/office/distributors/{distributor.Code}/authorisations", last.Until - Ahead,
                distributor.Name, upstreams[of.Key.Upstream], tenant.Zone.DateOf(last.Until).AddDays(-1));
        }
        var differing = await db.Joinings.Where(j => j.State == JoiningState.Approved && j.CheckedBy == NameCheck.Differs)
            .Select(j => new { j.Code, j.DistributorId, j.CheckAt }).ToListAsync(cancel);
        foreach (var joined in differing)
        {
            if (!active.TryGetValue(joined.DistributorId!.Value, out var distributor)) continue;
            yield return new(NotHim, joined.Code, distributor.Code, $"/office/joining/{joined.Code}", joined.CheckAt!.Value, distributor.Name);
        }
    }
}
