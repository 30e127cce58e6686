using HaoSuan.Settling;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>
/// Takes what an upstream reports, by callback or query: each event once, in any order. Orders decide what it means. What it tells of an order that it
/// never got from us is kept for the office (<see cref="StrayReports"/>).
/// </summary>
internal sealed class TakeReports(Db db, Outbox outbox, TimeProvider time)
{
    private const int LongestNumber = 64;
    private const int LongestEvent = 160;

    /// <summary>Returns how many events were new.</summary>
    public async Task<int> RunAsync(string upstreamKey, IReadOnlyList<UpstreamReport> reports, HeardBy heardBy, CancellationToken cancel)
    {
        var news = 0;
        foreach (var ofOrder in reports.GroupBy(r => r.OrderNo, StringComparer.Ordinal))
        {
            news += await db.InTransaction(() => OfOrderAsync(upstreamKey, ofOrder.Key, [.. ofOrder], heardBy, cancel), cancel);
        }
        return news;
    }

    private async Task<int> OfOrderAsync(string upstreamKey, string orderNo, List<UpstreamReport> reports, HeardBy heardBy, CancellationToken cancel)
    {
        var row = await db.Submissions.Where(s => s.OrderNo == orderNo && s.UpstreamKey == upstreamKey).ForUpdate().SingleOrDefaultAsync(cancel);
        if (row is null) return await KeepStrayAsync(upstreamKey, orderNo, reports, cancel);
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

    private async Task<int> KeepStrayAsync(string upstreamKey, string orderNo, List<UpstreamReport> reports, CancellationToken cancel)
    {
        var number = Within(orderNo, LongestNumber);
        var strays = reports.Select(r => new StrayReportRow
        {
            UpstreamKey = upstreamKey,
            OrderNo = number,
            EventId = Within(r.EventId, LongestEvent),
            UpstreamOrderNo = Within(r.UpstreamOrderNo, LongestNumber),
            Kind = r.Kind,
            At = r.At,
            ReceivedAt = time.Now,
        }).DistinctBy(r => r.EventId).ToList();
        var known = await db.StrayReports.Where(r => r.UpstreamKey == upstreamKey && r.OrderNo == number).Select(r => r.EventId).ToListAsync(cancel);
        strays.RemoveAll(r => known.Contains(r.EventId));
        db.AddRange(strays);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            // The same callback at the same time.
            throw new LostRaceException(e);
        }
        return strays.Count;
    }

    private static string Within(string text, int most) => text.Length <= most ? text : text[..most];

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
