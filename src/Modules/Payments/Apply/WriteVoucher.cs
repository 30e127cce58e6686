namespace HaoSuan.Payments;

/// <summary>Writes the voucher of a movement with the transaction that books it. Vouchers are numbered 1, 2, 3 … for each tenant.</summary>
internal sealed class WriteVoucher(Db db, TimeProvider time)
{
    public async Task RunAsync(
        PaymentRow payment, VoucherKind kind, string channelNo, Money amount, Instant at, long entryId, CancellationToken cancel)
    {
        // The ledger's entry was posted before, in this transaction: its lock of the tenant's books makes the number ours.
        var last = await db.Vouchers.MaxAsync(v => (long?)v.Number, cancel) ?? 0;
        db.Add(new VoucherRow
        {
            Number = last + 1,
            Kind = kind,
            OrderId = payment.OrderId,
            OrderNo = payment.OrderNo,
            PaymentId = payment.Id,
            Channel = payment.Channel,
            ChannelNo = channelNo,
            Amount = amount,
            At = at,
            RecordedAt = time.Now,
            EntryId = entryId,
        });
    }
}
