using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>
/// Asks the upstreams about the orders that are due, as many in one query as they take: callbacks get lost everywhere. When
/// the minute's queries are used up the rest waits for the next run.
/// </summary>
internal sealed class PollUpstreams(Db db, UpstreamLines lines, TakeReports take, Outbox outbox, TimeProvider time) : IRecurring
{
    private const int Most = 600;

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.Now;
        var due = await db.Submissions.AsNoTracking().Where(s => s.NextPollAt <= now).OrderBy(s => s.NextPollAt).Take(Most).ToListAsync(cancel);
        foreach (var ofUpstream in due.GroupBy(s => s.UpstreamKey, StringComparer.Ordinal))
        {
            if (lines.Find(ofUpstream.Key) is { } wire) await AskAsync(ofUpstream.Key, wire, [.. ofUpstream], cancel);
        }
    }

    private async Task AskAsync(string key, IUpstreamWire wire, List<SubmissionRow> due, CancellationToken cancel)
    {
        foreach (var some in due.Chunk(wire.OrdersPerQuery))
        {
            var answered = await wire.QueryAsync([.. some.Select(s => s.OrderNo)], cancel);
            if (!answered.TryGet(out var answer, out _)) return;
            await take.RunAsync(key, answer.Reports, HeardBy.Query, cancel);
            foreach (var submission in some)
            {
                var found = !answer.NotFound.Contains(submission.OrderNo, StringComparer.Ordinal);
                await db.InTransaction(() => AskedAsync(submission.OrderId, found, cancel), cancel);
            }
        }
    }

    private async Task AskedAsync(OrderId order, bool found, CancellationToken cancel)
    {
        var row = await db.Submissions.Where(s => s.OrderId == order).ForUpdate().SingleAsync(cancel);
        if (row.State == SubmissionState.Withdrawn) return;
        row.Polls++;
        row.NextPollAt = Polling.Next(row.Polls, time.Now);
        if (row.State == SubmissionState.Unknown) Find(row, found);
        if (row.Withdrawal is not null) outbox.Publish(new WithdrawalUnanswered(order));
    }

    private void Find(SubmissionRow row, bool found)
    {
        if (found)
        {
            row.State = SubmissionState.Taken;
            outbox.Publish(new UpstreamReported(
                row.OrderId, "submitted", time.Now, null, new Dictionary<string, string>(), "submitted", $"upstream:{row.UpstreamKey}"));
        }
        else if (row.Withdrawal is not null)
        {
            outbox.Publish(row.Withdrawn());
        }
        else
        {
            row.NextPollAt = null;
            outbox.Publish(new SubmissionLost(row.OrderId));
        }
    }
}
