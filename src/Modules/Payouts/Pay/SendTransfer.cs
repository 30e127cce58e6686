using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>Sends an approved payout through the transfer channel. The payout's number keeps a repeated request from paying twice.</summary>
internal sealed class SendTransfer(Db db, Vault vault, IEnumerable<AlipayTransfers> channels, ApplyTransfer apply) : IFollow<PayoutApproved>
{
    public async Task FollowAsync(PayoutApproved happened, CancellationToken cancel)
    {
        var payout = await db.Payouts.AsNoTracking().SingleAsync(p => p.Id == happened.PayoutId, cancel);
        if (payout is not { Status: PayoutStatus.Approved, Method: PayoutMethod.Alipay }) return;
        var transfers = channels.FirstOrDefault() ?? throw new InvalidOperationException("No transfer channel is configured: the payout waits for one.");
        var account = await db.PayoutAccounts.AsNoTracking().SingleAsync(a => a.Id == payout.AccountId, cancel);
        var order = new TransferOrder(
            TradeNo.Parse(payout.Number), payout.Net,
            await vault.RevealAsync(account.AccountId, "transfer", cancel),
            await vault.RevealAsync(account.HolderId, "transfer", cancel),
            "推广服务费");
        await apply.RunAsync(payout.Id, await transfers.TransferAsync(order, cancel), cancel);
    }
}

/// <summary>Asks the transfer channel about every payout that should have arrived by now.</summary>
internal sealed class AskTransfers(Db db, IEnumerable<AlipayTransfers> channels, ApplyTransfer apply, TimeProvider time) : IRecurring
{
    private const int Most = 200;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (channels.FirstOrDefault() is not { } transfers) return;
        var (now, next) = (time.Now, (Instant?)(time.Now + Again));
        var due = await db.Payouts.AsNoTracking().Where(p => p.NextQueryAt <= now).OrderBy(p => p.NextQueryAt).Take(Most).ToListAsync(cancel);
        foreach (var payout in due)
        {
            await db.Payouts.Where(p => p.Id == payout.Id && p.NextQueryAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.NextQueryAt, next), cancel);
            await apply.RunAsync(payout.Id, await transfers.QueryAsync(TradeNo.Parse(payout.Number), cancel), cancel);
        }
    }
}
