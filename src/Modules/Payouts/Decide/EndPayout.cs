using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// The two ends of a payout, each reached at most once whoever reports it and how often: the money has arrived, or it is
/// available again. Callers hold the payout's row locked.
/// </summary>
public sealed class EndPayout(Journal journal, Outbox outbox, Audit audit, TimeProvider time)
{
    internal async Task PaidAsync(PayoutRow payout, string channelNo, Instant at, CancellationToken cancel)
    {
        if (!payout.IsOpen) return;
        (payout.Status, payout.ChannelNo) = (PayoutStatus.Paid, channelNo);
        Close(payout, at);
        List<Posting> postings = [new(Accounts.Paying(payout.DistributorId), payout.Amount), new(Accounts.Bank, -payout.Net)];
        if (!payout.Tax.IsZero) postings.Add(new(Accounts.TaxWithheld, -payout.Tax));
        if (!payout.Fee.IsZero) postings.Add(new(Accounts.PayoutFee, -payout.Fee));
        await journal.PostAsync(new Entry("payout-paid", $"payout-paid:{payout.Id.Value}", at, payout.Number, postings), cancel);
        audit.Record("payout.paid", $"payout:{payout.Id.Value}", channelNo);
        outbox.Publish(new PayoutPaid(payout.Id, payout.DistributorId, payout.Amount, payout.Net, at));
    }

    internal async Task ReturnAsync(PayoutRow payout, PayoutStatus status, string reason, CancellationToken cancel)
    {
        if (!payout.IsOpen) return;
        (payout.Status, payout.Reason) = (status, reason);
        Close(payout, time.Now);
        await journal.PostAsync(
            new Entry("payout-returned", $"payout-returned:{payout.Id.Value}", time.Now, payout.Number,
                [new(Accounts.Paying(payout.DistributorId), payout.Amount), new(Accounts.Available(payout.DistributorId), -payout.Amount)]),
            cancel);
        audit.Record("payout.returned", $"payout:{payout.Id.Value}", status.ToString());
        outbox.Publish(new PayoutReturned(payout.Id, payout.DistributorId, payout.Amount, reason, time.Now));
    }

    private static void Close(PayoutRow payout, Instant at) => (payout.IsOpen, payout.EndedAt, payout.NextQueryAt) = (false, at, null);
}
