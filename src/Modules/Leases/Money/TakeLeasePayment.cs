using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>
/// The consumer's money has arrived: it is taken for its bill, once. What the bill does not ask for any more, because it was called off, has lapsed or
/// was paid from the deposit meanwhile, goes back by itself.
/// </summary>
internal sealed class TakeLeasePayment(Db db, LeaseBook book, LeaseMoney money) : IFollow<PaymentSucceeded>
{
    public Task FollowAsync(PaymentSucceeded paid, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var id = LeaseBillId.From(paid.OrderId.Value);
        var leaseId = await db.LeaseBills.Where(b => b.Id == id).Select(b => b.LeaseId).SingleAsync(cancel);
        var lease = (await book.LockAsync(leaseId, cancel))!;       // a bill has its lease
        var bill = await db.LeaseBills.SingleAsync(b => b.Id == id, cancel);
        if (bill.PaymentId == paid.PaymentId) return;
        bill.PaymentId ??= paid.PaymentId;
        var taken = await TakeAsync(lease, bill, paid, cancel);
        if (taken < paid.Amount) await money.GiveBackExcessAsync(bill, paid.PaymentId, paid.Amount - taken, cancel);
    }, cancel);

    private async Task<Money> TakeAsync(LeaseRow lease, BillRow bill, PaymentSucceeded paid, CancellationToken cancel)
    {
        switch (bill.Kind)
        {
            case LeaseBillKind.First when bill.State == LeaseBillState.Open:
                await money.HoldDepositAsync(lease, bill, cancel);
                (bill.Paid, bill.State, bill.SettledAt) = (bill.Amount, LeaseBillState.Settled, paid.At);
                Must(book.Move(lease, new LeaseEvent.Paid()));
                book.Publish(new LeasePaid(lease.Id, lease.LeaseNo));
                return bill.Amount;
            case LeaseBillKind.BuyOut when bill.State == LeaseBillState.Open:
                var sold = await money.SellAsync(lease, bill, (paid.PaymentId, paid.Amount), cancel);
                Must(book.Move(lease, new LeaseEvent.BuyOutPaid()));
                Must(await book.MoveDeviceAsync(lease, DeviceState.Sold, lease.LeaseNo, cancel));
                return sold;
            case var _ when bill.State == LeaseBillState.Open:
                var taken = await money.CollectAsync(lease, bill, paid.PaymentId, paid.Amount, cancel);
                Must(await book.GoOnAsync(lease, cancel));
                return taken;
            default:
                return Money.Zero;
        }
    }

    /// <summary>What the state of the bill has shown to be possible.</summary>
    private static void Must(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException(refusal.Code);
    }
}
