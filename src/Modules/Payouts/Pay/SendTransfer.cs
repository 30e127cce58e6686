using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>
/// Sends a due payout through its channel. That it is sent is recorded before the call, so that after a crash nobody believes that nothing went out:
/// then the channel is asked first. Until that record, a freeze or a debt that has come since the approval keeps it here.
/// </summary>
internal sealed class SendTransfer(Db db, Vault vault, TransferChannels channels, Holds holds, ApplyTransfer apply, Audit audit, TimeProvider time)
    : IFollow<PayoutDue>
{
    public async Task FollowAsync(PayoutDue happened, CancellationToken cancel)
    {
        var payout = await db.Payouts.AsNoTracking().SingleAsync(p => p.Id == happened.PayoutId, cancel);
        if (payout is not { Status: PayoutStatus.Approved, BatchId: not null } || payout.Attempt != happened.Attempt) return;
        var name = PayoutWords.ChannelOf(payout.Method);
        var channel = channels.Find(name) ?? throw new InvalidOperationException($"No transfers by {name} are configured: the payout waits for them.");
        var state = await ClaimAsync(payout.Id, cancel) switch
        {
            Claim.Mine => await TransferAsync(channel, payout, cancel),
            Claim.Sent => await channel.QueryAsync(TradeNo.Parse(payout.Reference), cancel),
            Claim.Held => null,
        };
        if (state is not null) await apply.RunAsync(payout.Id, payout.Reference, state, cancel);
    }

    private enum Claim
    {
        Mine,
        Sent,
        Held,
    }

    private Task<Claim> ClaimAsync(PayoutId id, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().SingleAsync(cancel);
        if (payout is not { Status: PayoutStatus.Approved, BatchId: not null }) return Claim.Held;
        if (payout.SentAt is not null) return Claim.Sent;
        if (await holds.OfAsync(payout.DistributorId, cancel) is { } hold)
        {
            payout.BatchId = null;
            audit.Record("payout.held", $"payout:{id.Value}", hold.ToString());
            return Claim.Held;
        }
        (payout.SentAt, payout.NextQueryAt) = (time.Now, time.Now + AskTransfers.First);
        return Claim.Mine;
    }, cancel);

    private async Task<TransferState> TransferAsync(ITransferChannel channel, PayoutRow payout, CancellationToken cancel)
    {
        var account = await db.PayoutAccounts.AsNoTracking().SingleAsync(a => a.Id == payout.AccountId, cancel);
        var order = new TransferOrder(
            TradeNo.Parse(payout.Reference), payout.Net,
            await vault.RevealAsync(account.AccountId, "transfer", cancel),
            await vault.RevealAsync(account.HolderId, "transfer", cancel),
            PayoutWords.Remark);
        return await channel.TransferAsync(order, cancel);
    }
}
