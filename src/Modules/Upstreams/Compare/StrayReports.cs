using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Upstreams;

/// <summary>Orders that an upstream reports of, and that we have never handed over to it.</summary>
internal sealed class StrayReports(Db db) : ICompare
{
    private static readonly CaseKind Stray = new("upstreams.case_stray", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Stray];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var submissions = db.Submissions;
        var orders = db.StrayReports.Where(r => !submissions.Any(s => s.OrderNo == r.OrderNo && s.UpstreamKey == r.UpstreamKey))
            .GroupBy(r => new { r.UpstreamKey, r.OrderNo, r.UpstreamOrderNo })
            .Select(g => new { g.Key.UpstreamKey, g.Key.OrderNo, g.Key.UpstreamOrderNo, Count = g.Count(), First = g.Min(r => r.ReceivedAt) });
        await foreach (var o in orders.AsAsyncEnumerable().WithCancellation(cancel))
        {
            yield return new(
                Stray, $"{o.UpstreamKey}/{o.OrderNo}/{o.UpstreamOrderNo}", o.OrderNo, "/office/orders", o.First, o.OrderNo, o.UpstreamKey, o.UpstreamOrderNo,
                o.Count);
        }
    }
}
