using HaoSuan.Ledger;

namespace HaoSuan.Payments;

/// <summary>Money of another amount than was asked for, as finance reads it.</summary>
public sealed class Disputes(Db db)
{
    /// <summary>What waits for a decision first, then the newest.</summary>
    public async Task<IReadOnlyList<Dispute>> ListAsync(int skip, int take, CancellationToken cancel = default) =>
        await Read(db.Payments.Where(p => p.Status == PaymentStatus.Disputed || p.Decision != null)
            .OrderBy(p => p.Decision == null ? 0 : 1).ThenByDescending(p => p.Id).Skip(skip).Take(take)).ToListAsync(cancel);

    public Task<Dispute?> FindAsync(PaymentId payment, CancellationToken cancel = default) =>
        Read(db.Payments.Where(p => p.Id == payment && (p.Status == PaymentStatus.Disputed || p.Decision != null))).FirstOrDefaultAsync(cancel);

    /// <summary>What lies in the suspense account, what somebody keeps there among it.</summary>
    internal async Task<IReadOnlyList<SuspenseItem>> InSuspenseAsync(CancellationToken cancel) =>
        [.. (await Read(db.Payments.Where(p => p.Status == PaymentStatus.Disputed)).ToListAsync(cancel)).OrderBy(d => d.At)
            .Select(d => new SuspenseItem(d.TradeNo, $"/office/vouchers/{d.Voucher}", d.Received, d.At))];

    internal IQueryable<Dispute> Waiting() => Read(db.Payments.AsNoTracking().Where(p => p.Status == PaymentStatus.Disputed && p.Decision == null));

    private IQueryable<Dispute> Read(IQueryable<PaymentRow> rows)
    {
        var vouchers = db.Vouchers;
        return rows.Select(p => new Dispute(
            p.Id, vouchers.Where(v => v.PaymentId == p.Id && v.Kind == VoucherKind.Payment).Select(v => v.Number).First(), p.OrderId, p.OrderNo, p.TradeNo,
            p.Channel, p.Amount, p.Received, p.SettledAt ?? p.CreatedAt, p.Status == PaymentStatus.Disputed, p.Decision, p.DecisionReason, p.DecidedBy,
            p.DecidedAt));
    }
}
