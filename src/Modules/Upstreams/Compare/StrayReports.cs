using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Upstreams;

/// <summary>
/// Orders that an upstream reports of, and that we have never handed over to it: the first ones one by one. Where there are many, another system has the
/// same account, and all further ones are one case.
/// </summary>
internal sealed class StrayReports(Db db) : ICompare
{
    /// <summary>So many of an upstream are cases of their own.</summary>
    public const int Listed = 20;

    private static readonly CaseKind Stray = new("upstreams.case_stray", Policies.Operations, TimeSpan.FromDays(1));
    private static readonly CaseKind Many = new("upstreams.case_strays", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Stray, Many];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var submissions = db.Submissions;
        var strays = db.StrayReports.Where(r => !submissions.Any(s => s.OrderNo == r.OrderNo && s.UpstreamKey == r.UpstreamKey));
        foreach (var upstream in await strays.Select(r => r.UpstreamKey).Distinct().OrderBy(k => k).ToListAsync(cancel))
        {
            var orders = strays.Where(r => r.UpstreamKey == upstream).GroupBy(r => new { r.OrderNo, r.UpstreamOrderNo })
                .Select(g => new { g.Key.OrderNo, g.Key.UpstreamOrderNo, Count = g.Count(), First = g.Min(r => r.ReceivedAt) });
            var first = await orders.OrderBy(o => o.First).ThenBy(o => o.OrderNo).ThenBy(o => o.UpstreamOrderNo).Take(Listed + 1).ToListAsync(cancel);
            foreach (var o in first.Take(Listed))
            {
                var key = $"{upstream}/{o.OrderNo}/{o.UpstreamOrderNo}";
                yield return new(Stray, key, o.OrderNo, "/office/orders", o.First, o.OrderNo, upstream, o.UpstreamOrderNo, o.Count);
            }
            if (first.Count > Listed)
                yield return new(Many, upstream, upstream, "/office/orders", first[^1].First, upstream, await orders.CountAsync(cancel) - Listed, Listed);
        }
    }
}
