using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>Orders of which an upstream has told a status that we have no word for, and nothing that we understand since.</summary>
internal sealed class UnknownStatuses(Db db) : ICompare
{
    private static readonly CaseKind Unknown = new("upstreams.case_unknown_status", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Unknown];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var all = db.UpstreamEvents;
        var events = all
            .Where(e => e.Kind == UpstreamReport.Unrecognised && !all.Any(
                later => later.OrderId == e.OrderId && later.Kind != UpstreamReport.Unrecognised && later.ReceivedAt > e.ReceivedAt))
            .Join(db.Submissions, e => e.OrderId, s => s.OrderId, (e, s) => new { e.OrderId, s.OrderNo, s.UpstreamKey, e.EventId, e.ReceivedAt });
        await foreach (var e in events.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var status = e.EventId[(e.EventId.LastIndexOf('/') + 1)..];      // Snapshot makes it so
            var (key, href) = ($"{e.OrderId.Value}/{status}", $"/office/orders/{e.OrderId.Value}");
            yield return new(Unknown, key, e.OrderNo, href, e.ReceivedAt, e.OrderNo, e.UpstreamKey, status);
        }
    }
}
