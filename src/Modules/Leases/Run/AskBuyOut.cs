namespace HaoSuan.Leases;

/// <summary>
/// The consumer buys the device: a price is offered for three days and booked when it is paid, so that nobody owes what he only asked for. Where the
/// deposit covers it, the device is his at once.
/// </summary>
public sealed class AskBuyOut(Db db, LeaseBook book, LeaseMoney money, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromDays(3);

    public async Task<Result<Done>> RunAsync(LeaseId id, CancellationToken cancel = default)
    {
        // By itself: where the offer is refused because of a month that has just begun, its bill is there to be paid.
        var billed = await book.OnAsync(id, lease => BillAsync(lease, cancel), cancel);
        return billed.IsRefused ? billed : await book.OnAsync(id, lease => OfferAsync(lease, cancel), cancel);
    }

    /// <summary>The consumer does not buy it after all, or staff has heard so: money that comes for the price all the same goes back by itself.</summary>
    public Task<Result<Done>> WithdrawAsync(LeaseId id, CancellationToken cancel = default) => book.OnAsync(
        id, async lease => await EndAsync(lease, new LeaseEvent.BuyOutWithdrawn(), cancel) is { } refused ? refused : default(Done), cancel);

    /// <summary>The price holds no longer, and the lease goes on.</summary>
    internal async Task<Refusal?> EndAsync(LeaseRow lease, LeaseEvent what, CancellationToken cancel)
    {
        if (book.Move(lease, what) is { } refused) return refused;
        var offer = await db.LeaseBills.SingleAsync(b => b.LeaseId == lease.Id && b.Kind == LeaseBillKind.BuyOut && b.State == LeaseBillState.Open, cancel);
        offer.State = LeaseBillState.Lapsed;
        return null;
    }

    private async Task<Result<Done>> BillAsync(LeaseRow lease, CancellationToken cancel)
    {
        if (book.Refuse(lease, new LeaseEvent.BuyOutAsked()) is { } refused) return refused;
        await money.BillMonthsAsync(lease, book.Today, cancel);
        return default(Done);
    }

    private async Task<Result<Done>> OfferAsync(LeaseRow lease, CancellationToken cancel)
    {
        if (book.Refuse(lease, new LeaseEvent.BuyOutAsked()) is { } refused) return refused;
        if ((await book.OwedAsync(lease, cancel)).Count > 0) return new Refusal("leases.pay_bills_first");
        var month = BillingCalendar.BegunBy(lease.ContractDay!.Value, book.Today);      // a lease that runs has begun
        var bill = book.Write(lease, LeaseBillKind.BuyOut, lease.ReadTerms().BuyOutIn(month), $"第 {month} 个月买断", book.Today.AddDays(Holds.Days));
        lease.OfferUntil = time.Now + Holds;
        _ = book.Move(lease, new LeaseEvent.BuyOutAsked());
        if (bill.Amount > lease.Deposit) return default(Done);
        await money.SellAsync(lease, bill, null, cancel);
        _ = book.Move(lease, new LeaseEvent.BuyOutPaid());
        return await book.MoveDeviceAsync(lease, DeviceState.Sold, lease.LeaseNo, cancel) is { } stuck ? stuck : default(Done);
    }
}
