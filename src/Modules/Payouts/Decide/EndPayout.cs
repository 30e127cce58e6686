using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>
/// The two ends of a payout, each reached at most once for an attempt whoever reports it and how often: the money has arrived, or it is
/// available again. Callers hold the payout's row locked.
/// </summary>
public sealed class EndPayout(Journal journal, WriteVoucher vouchers, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestReason = 300;

    /// <param name="payout">The payout.</param>
    /// <param name="channelNo">The channel's or the bank's number of the movement.</param>
    /// <param name="at">When it arrived.</param>
    /// <param name="proof">The signed message that told of it.</param>
    /// <param name="cancel">Stops it.</param>
    internal async Task PaidAsync(PayoutRow payout, string channelNo, Instant at, SignedMessage? proof, CancellationToken cancel)
    {
        if (!payout.IsOpen) return;
        (payout.Status, payout.ChannelNo) = (PayoutStatus.Paid, channelNo);
        Close(payout, at);
        List<Posting> postings = [new(Accounts.Paying(payout.DistributorId), payout.Amount)];
        if (!payout.Net.IsZero) postings.Add(new(Accounts.Bank, -payout.Net));
        if (!payout.Tax.IsZero) postings.Add(new(Accounts.TaxWithheld, -payout.Tax));
        if (!payout.Fee.IsZero) postings.Add(new(Accounts.PayoutFee, -payout.Fee));
        var entry = await journal.PostAsync(new Entry("payout-paid", $"payout-paid:{payout.Id.Value}", at, payout.Number, postings), cancel);
        await vouchers.RunAsync(new(
            VoucherKind.Transfer, PayoutWords.ChannelOf(payout.Method), new(payout.Id.Value), payout.Number, null, payout.Reference, channelNo, payout.Net,
            at, entry, proof), cancel);
        audit.Record("payout.paid", $"payout:{payout.Id.Value}", channelNo);
        outbox.Publish(new PayoutPaid(payout.Id, payout.DistributorId, payout.Amount, payout.Net, at));
    }

    internal async Task ReturnAsync(PayoutRow payout, PayoutStatus status, string reason, CancellationToken cancel)
    {
        if (!payout.IsOpen) return;
        if (reason.Length > LongestReason) reason = reason[..LongestReason];
        (payout.Status, payout.Reason) = (status, reason);
        Close(payout, time.Now);
        await journal.PostAsync(
            new Entry("payout-returned", payout.SourceOf("payout-returned"), time.Now, payout.Number,
                [new(Accounts.Paying(payout.DistributorId), payout.Amount), new(Accounts.Available(payout.DistributorId), -payout.Amount)]),
            cancel);
        audit.Record("payout.returned", $"payout:{payout.Id.Value}", status.ToString());
        outbox.Publish(new PayoutReturned(payout.Id, payout.DistributorId, payout.Amount, reason, time.Now));
    }

    private static void Close(PayoutRow payout, Instant at) =>
        (payout.IsOpen, payout.EndedAt, payout.NextQueryAt, payout.Confirmation) = (false, at, null, null);
}
