using System.Runtime.CompilerServices;
using HaoSuan.Catalog;
using HaoSuan.Exceptions;

namespace HaoSuan.Distributors;

/// <summary>Branches that come near the criminal threshold, and authorisations that end soon or have ended without another one.</summary>
internal sealed class ComplianceWatch(Tree tree, Authorisations authorisations, Products products, TenantScope tenant) : ICompare
{
    /// <summary>How long before its end an authorisation is asked for again.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private static readonly CaseKind NearThreshold = new("distributors.case_threshold", Policies.Admin, TimeSpan.FromDays(3));
    private static readonly CaseKind Ending = new("distributors.case_authorisation", Policies.Operations, TimeSpan.FromDays(14));

    public static IReadOnlyList<CaseKind> Kinds => [NearThreshold, Ending];

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
    }
}
