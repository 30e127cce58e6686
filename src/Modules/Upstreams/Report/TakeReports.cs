using HaoSuan.Settling;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>Takes what an upstream reports, by callback or query: each event once, in any order. Orders decide what it means.</summary>
internal sealed class TakeReports(Db db, Outbox outbox, TimeProvider time)
{
    /// <summary>Returns how many events were new.</summary>
    public async Task<int> RunAsync(IReadOnlyList<UpstreamReport> reports, HeardBy heardBy, CancellationToken cancel)
    {
        var news = 0;
        foreach (var ofOrder in reports.GroupBy(r => r.OrderNo, StringComparer.Ordinal))
        {
            news += await db.InTransaction(() => OfOrderAsync(ofOrder.Key, [.. ofOrder], heardBy, cancel), cancel);
        }
        return news;
    }

    private async Task<int> OfOrderAsync(string orderNo, List<UpstreamReport> reports, HeardBy heardBy, CancellationToken cancel)
    {
        var row = await db.Submissions.Where(s => s.OrderNo == orderNo).ForUpdate().SingleOrDefaultAsync(cancel);
        if (row is null) return 0;
        var known = (await db.UpstreamEvents.Where(e => e.OrderId == row.OrderId).Select(e => e.EventId).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var news = reports.Where(r => known.Add(r.EventId)).ToList();
        foreach (var report in news)
        {
            db.Add(new UpstreamEventRow
            {
                OrderId = row.OrderId,
                EventId = report.EventId,
                Kind = report.Kind,
                At = report.At,
                ReceivedAt = time.Now,
                HeardBy = UpstreamEvents.Name(heardBy),
            });
            Tell(row, report);
        }
        if (reports.Count > 0) row.UpstreamOrderNo = reports[0].UpstreamOrderNo;
        return news.Count;
    }

    private void Tell(SubmissionRow row, UpstreamReport report)
    {
        var cancelled = report.Kind == FactKind.Cancelled;
        if (cancelled && row.Withdrawal is not null) outbox.Publish(row.Withdrawn());
        else if (!cancelled || row.State != SubmissionState.Withdrawn)      // else told already, as withdrawn
        {
            outbox.Publish(new UpstreamReported(
                row.OrderId, report.Kind, report.At, report.Amount, report.Attributes, report.EventId, $"upstream:{row.UpstreamKey}"));
        }
    }
}
