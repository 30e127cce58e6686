using HaoSuan.Catalog;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>
/// Hands an order over to its upstream. That it was tried is committed before the call, so an order is never with an upstream
/// without us knowing; after an unknown outcome the upstream is asked (<see cref="PollUpstreams"/>) before it is tried again.
/// </summary>
public sealed class SubmitOrder
{
    private static readonly TimeSpan AskAfterSilence = TimeSpan.FromMinutes(1);

    private readonly Db _db;
    private readonly Products _products;
    private readonly Tenants _tenants;
    private readonly UpstreamLines _lines;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;

    internal SubmitOrder(Db db, Products products, Tenants tenants, UpstreamLines lines, Outbox outbox, TimeProvider time) =>
        (_db, _products, _tenants, _lines, _outbox, _time) = (db, products, tenants, lines, outbox, time);

    /// <summary>Calling it again for an order that was handed over does nothing, unless the upstream has lost it and it is not withdrawn.</summary>
    public async Task RunAsync(OrderToSubmit order, CancellationToken cancel = default)
    {
        var upstream = await _products.UpstreamAsync(order.UpstreamId, cancel) ?? throw new InvalidOperationException("The order's upstream is gone.");
        var wire = _lines.Find(upstream.Key) ?? throw new InvalidOperationException($"No line to upstream {upstream.Key}: it is not configured.");
        if (!await _db.InTransaction(() => BeginAsync(order, upstream.Key, cancel), cancel)) return;
        var tenant = await _tenants.FindAsync(_db.CurrentTenant, cancel) ?? throw new InvalidOperationException("No tenant was entered.");
        var outcome = await wire.SubmitAsync(
            new(order.OrderNo, order.Product, order.Applicant, _lines.CallbackUrl(tenant.Slug, upstream.Key), order.Number), cancel);
        await _db.InTransaction(() => EndAsync(order.OrderId, outcome, cancel), cancel);
    }

    private async Task<bool> BeginAsync(OrderToSubmit order, string upstreamKey, CancellationToken cancel)
    {
        var known = await _db.Submissions.Where(s => s.OrderId == order.OrderId).ForUpdate().SingleOrDefaultAsync(cancel);
        if (known is null)
        {
            known = new() { OrderId = order.OrderId, OrderNo = order.OrderNo, UpstreamKey = upstreamKey, SubmittedAt = _time.Now };
            _db.Add(known);
        }
        else if (known is not { State: SubmissionState.Unknown, NextPollAt: null })
        {
            return false;
        }
        (known.SubmittedAt, known.NextPollAt) = (_time.Now, _time.Now + AskAfterSilence);
        return true;
    }

    private async Task EndAsync(OrderId order, Submission outcome, CancellationToken cancel)
    {
        var row = await _db.Submissions.Where(s => s.OrderId == order).ForUpdate().SingleAsync(cancel);
        switch (outcome)
        {
            case Submission.Taken taken:
                (row.State, row.UpstreamOrderNo, row.NextPollAt) = (SubmissionState.Taken, taken.UpstreamOrderNo, Polling.Next(row.Polls, _time.Now));
                _outbox.Publish(new UpstreamReported(
                    order, "submitted", _time.Now, null, new Dictionary<string, string>(), "submitted", $"upstream:{row.UpstreamKey}"));
                break;
            case Submission.Refused refused:
                (row.State, row.Message, row.NextPollAt) = (SubmissionState.Refused, $"{refused.Code} {refused.Message}", null);
                row.Withdrawal = null;
                _outbox.Publish(new UpstreamRefused(order, refused.Code, refused.Message));
                break;
            case Submission.Unknown unknown:
                row.Message = unknown.Why;
                break;
        }
    }
}
