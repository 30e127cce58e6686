namespace HaoSuan.Payments;

/// <summary>Vouchers as the office reads them.</summary>
public sealed class ReadVouchers(Db db, Vault vault, Disputes disputes)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Voucher>> FindAsync(VoucherFilter filter, int skip, int take, CancellationToken cancel = default)
    {
        var vouchers = db.Vouchers.AsNoTracking();
        if (filter.Text?.Trim() is { Length: > 0 } text)
        {
            var number = long.TryParse(text, System.Globalization.NumberStyles.None, null, out var given) ? given : -1;
            vouchers = vouchers.Where(v => v.OrderNo == text || v.ChannelNo == text || v.OurNo == text || v.Number == number);
        }
        if (filter.Channel is { } channel) vouchers = vouchers.Where(v => v.Channel == channel);
        if (filter.Kind is { } kind) vouchers = vouchers.Where(v => v.Kind == kind);
        if (filter.From is { } from) vouchers = vouchers.Where(v => v.At >= from);
        if (filter.Until is { } until) vouchers = vouchers.Where(v => v.At < until);
        if (filter.Least is { Minor: var least }) vouchers = vouchers.Where(v => v.Amount.Minor >= least);
        if (filter.Most is { Minor: var most }) vouchers = vouchers.Where(v => v.Amount.Minor <= most);
        return await Read(vouchers.OrderByDescending(v => v.Number).Skip(skip).Take(take)).ToListAsync(cancel);
    }

    /// <summary>Of what is paid by these, the oldest first.</summary>
    public async Task<IReadOnlyList<Voucher>> OfAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default)
    {
        List<Voucher> vouchers = [];
        foreach (var payments in (await db.Payments.Where(p => orders.Contains(p.OrderId)).Select(p => (PaymentId?)p.Id).ToListAsync(cancel)).Chunk(200))
            vouchers.AddRange(await Read(db.Vouchers.AsNoTracking().Where(v => payments.Contains(v.PaymentId))).ToListAsync(cancel));
        return [.. vouchers.OrderBy(v => v.At).ThenBy(v => v.Number)];
    }

    public async Task<VoucherDetail?> OfAsync(long number, CancellationToken cancel = default)
    {
        if (await db.Vouchers.AsNoTracking().FirstOrDefaultAsync(v => v.Number == number, cancel) is not { } row) return null;
        if (row.PaymentId is not { } paid)
        {
            var only = await Read(db.Vouchers.Where(v => v.Number == number)).SingleAsync(cancel);
            return new(only, null, null, [], null, null, row.MessageId is not null, [], Money.Zero, null);
        }
        var related = await Read(db.Vouchers.Where(v => v.PaymentId == paid).OrderBy(v => v.Number)).ToListAsync(cancel);
        var type = row.Kind == VoucherKind.Payment ? BillLineType.Payment : BillLineType.Refund;
        var line = await db.BillLines.AsNoTracking()
            .Where(l => l.Channel == row.Channel && l.Kind == Channels.BillKind.Trades && l.OurNo == row.OurNo && l.Type == type)
            .OrderBy(l => l.Day).FirstOrDefaultAsync(cancel);
        var refunds = await db.Refunds.AsNoTracking().Where(r => r.PaymentId == paid).OrderBy(r => r.Id).ToListAsync(cancel);
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.Id == paid, cancel);
        return new(
            related.Single(v => v.Number == number), payment.Purpose, paid, [.. related.Where(v => v.Number != number)], line?.Day, line?.Line,
            row.MessageId is not null, [.. refunds.Select(r => new RefundView(r.RefundNo, r.Amount, r.Status, r.Reason, r.CreatedAt))],
            payment.LeftForOffice(refunds), await disputes.FindAsync(paid, cancel));
    }

    /// <summary>The signed message that told of a voucher, with the payer masked. That it was read is audited.</summary>
    public async Task<string?> MessageAsync(long number, CancellationToken cancel = default) =>
        await db.Vouchers.Where(v => v.Number == number).Select(v => v.MessageId).FirstOrDefaultAsync(cancel) is { } id
            ? MaskedMessage.Of(await vault.RevealAsync(id, $"voucher {number}", cancel))
            : null;

    private static IQueryable<Voucher> Read(IQueryable<VoucherRow> rows) => rows.Select(v =>
        new Voucher(v.Number, v.Kind, v.OrderId, v.OrderNo, v.OurNo, v.Channel, v.ChannelNo, v.Amount, v.At, v.RecordedAt, v.EntryId));
}
