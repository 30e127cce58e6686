namespace HaoSuan.Leases;

/// <summary>
/// The consumer buys the device: a price is offered for three days and booked when it is paid, so that nobody owes what he only asked for. Where the
/// deposit covers it, the device is his at once.
/// </summary>
public sealed class AskBuyOut(Db db, LeaseBook book, LeaseMoney money, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromDays(3);

    public Task<Result<Done>> RunAsync(LeaseId id, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (book.Refuse(lease, new LeaseEvent.BuyOutAsked()) is { } refused) return refused;
        await money.BillMonthsAsync(lease, book.Today, cancel);
        await db.SaveChangesAsync(cancel);
        // The month that has just begun stays billed.
        if ((await book.OwedAsync(lease, cancel)).Count > 0) return new Refusal("leases.pay_bills_first");
        var month = BillingCalendar.BegunBy(lease.ContractDay!.Value, book.Today);      // a lease that runs has begun
        var bill = book.Write(lease, LeaseBillKind.BuyOut, lease.ReadTerms().BuyOutIn(month), $"第 {month} 个月买断", book.Today.AddDays(Holds.Days));
        lease.OfferUntil = time.Now + Holds;
        _ = book.Move(lease, new LeaseEvent.BuyOutAsked());
        if (bill.Amount > lease.Deposit) return default(Done);
        await money.SellAsync(lease, bill, null, cancel);
        _ = book.Move(lease, new LeaseEvent.BuyOutPaid());
        return await book.MoveDeviceAsync(lease, DeviceState.Sold, lease.LeaseNo, cancel) is { } stuck ? stuck : default(Done);
    }, cancel);
}
