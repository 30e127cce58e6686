using HaoSuan.Catalog;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>
/// Asks an upstream for an order back (撤单). That it was asked is committed before the call; without an answer to rely on the
/// withdrawal stays open, and <see cref="PollUpstreams"/> has it asked again. What was never handed over is withdrawn at once.
/// </summary>
public sealed class WithdrawOrder
{
    private static readonly TimeSpan AskAfterSilence = TimeSpan.FromMinutes(1);

    private readonly Db _db;
    private readonly Products _products;
    private readonly UpstreamLines _lines;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;

    internal WithdrawOrder(Db db, Products products, UpstreamLines lines, Outbox outbox, TimeProvider time) =>
        (_db, _products, _lines, _outbox, _time) = (db, products, lines, outbox, time);

    /// <summary>Calling it again asks again as long as there is no answer. After one it does nothing, unless the upstream had refused.</summary>
    public async Task RunAsync(OrderToWithdraw order, CancellationToken cancel = default)
    {
        var upstream = await _products.UpstreamAsync(order.UpstreamId, cancel) ?? throw new InvalidOperationException("The order's upstream is gone.");
        if (!await _db.InTransaction(() => BeginAsync(order, upstream.Key, cancel), cancel)) return;
        var wire = _lines.Find(upstream.Key) ?? throw new InvalidOperationException($"No line to upstream {upstream.Key}: it is not configured.");
        var answer = await wire.WithdrawAsync(order.OrderNo, cancel);
        await _db.InTransaction(() => EndAsync(order, answer, cancel), cancel);
    }

    private async Task<bool> BeginAsync(OrderToWithdraw order, string upstreamKey, CancellationToken cancel)
    {
        var row = await _db.Submissions.Where(s => s.OrderId == order.OrderId).ForUpdate().SingleOrDefaultAsync(cancel);
        if (row is null)
        {
            // From now on it is not handed over any more.
            row = new() { OrderId = order.OrderId, OrderNo = order.OrderNo, UpstreamKey = upstreamKey, SubmittedAt = _time.Now };
            _db.Add(row);
        }
        if (row.State is SubmissionState.Refused or SubmissionState.Withdrawn) return false;
        var (isNew, isThere) = (row.Withdrawal != order.Withdrawal, row is not { State: SubmissionState.Unknown, NextPollAt: null });
        row.Withdrawal = order.Withdrawal;
        if (!isThere) _outbox.Publish(row.Withdrawn());
        else if (isNew) (row.Polls, row.NextPollAt) = (0, _time.Now + AskAfterSilence);
        return isThere;
    }

    private async Task EndAsync(OrderToWithdraw order, Withdrawal answer, CancellationToken cancel)
    {
        var row = await _db.Submissions.Where(s => s.OrderId == order.OrderId).ForUpdate().SingleAsync(cancel);
        if (row.Withdrawal != order.Withdrawal) return;     // a report has told it meanwhile
        switch (answer)
        {
            case Withdrawal.Withdrawn:
                _outbox.Publish(row.Withdrawn());
                break;
            case Withdrawal.Refused refused:
                row.Withdrawal = null;
                _outbox.Publish(new WithdrawalRefused(row.OrderId, row.OrderNo, order.Withdrawal, refused.Reason, $"upstream:{row.UpstreamKey}"));
                break;
            case Withdrawal.Unknown unknown:
                row.Message = unknown.Why;
                break;
        }
    }
}
