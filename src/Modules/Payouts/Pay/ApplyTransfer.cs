using System.Text.Json;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>Takes what a transfer channel says about a payout, in any order and any number of times.</summary>
public sealed class ApplyTransfer(Db db, EndPayout end, Outbox outbox, Audit audit, TimeProvider time)
{
    /// <summary>A call of ours that has not reached the channel by then never will.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(5);

    /// <param name="id">The payout.</param>
    /// <param name="reference">Of which attempt: what is said of an earlier one, or after the end, changes nothing; finance is told what is contrary.</param>
    /// <param name="state">What the channel has said.</param>
    /// <param name="cancel">Stops it.</param>
    internal Task RunAsync(PayoutId id, string reference, TransferState state, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().SingleAsync(cancel);
        if (payout.Reference != reference || !payout.IsOpen)
        {
            TellContrary(payout, reference, state);
            return;
        }
        switch (state)
        {
            case TransferState.Paid paid:
                await end.PaidAsync(payout, paid.OrderId, paid.At ?? time.Now, paid.Proof, cancel);
                break;
            case TransferState.Failed failed:
                await end.ReturnAsync(payout, PayoutStatus.Failed, PayoutWords.Of(failed.Error), cancel);
                break;
            case TransferState.Pending pending:
                payout.Confirmation = pending.Confirm is { } confirm ? JsonSerializer.Serialize(confirm) : payout.Confirmation;
                break;
            case TransferState.NotFound when payout.SentAt + InFlight <= time.Now:
                // It has never arrived. Before it is sent again, it is looked at again whether it may be.
                (payout.SentAt, payout.NextQueryAt) = (null, null);
                outbox.Publish(new PayoutDue(id, payout.Attempt));
                break;
            case TransferState.NotFound or TransferState.Unknown:
                break;
        }
    }, cancel);

    /// <summary>Paid although its amount was given back, or given back although it is booked as paid: a person has to decide.</summary>
    private void TellContrary(PayoutRow payout, string reference, TransferState state)
    {
        var isPaid = payout.Reference == reference && payout.Status == PayoutStatus.Paid;
        if (isPaid ? state is not TransferState.Failed : state is not TransferState.Paid) return;
        audit.Record("payout.contradicted", $"payout:{payout.Id.Value}", $"{reference} {(isPaid ? "failed" : "paid")}");
        outbox.Publish(new PayoutContradicted(payout.Id, reference, payout.Net));
    }
}
