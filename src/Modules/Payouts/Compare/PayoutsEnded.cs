using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>What was asked for by the month's end has ended, one way or the other.</summary>
internal sealed class PayoutsEnded(Db db) : ICheckClosing
{
    public static ClosingStep Step => new("payouts.close_ended", 50, "/office/payouts");

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var open = await db.Payouts.AsNoTracking().Where(p => p.IsOpen && p.RequestedAt < month.End).OrderBy(p => p.Number)
            .Select(p => new { p.Id, p.Number, p.Amount.Minor }).ToListAsync(cancel);
        var last = await db.Payouts.Where(p => p.EndedAt != null && p.RequestedAt < month.End).OrderByDescending(p => p.EndedAt)
            .Select(p => new { p.DecidedBy, p.EndedAt }).FirstOrDefaultAsync(cancel);
        return new(
            [.. open.Select(p => new ClosingBlocker(new Refusal("payouts.close_ended_open", p.Number, new Money(p.Minor)), $"/office/payouts/{p.Id.Value}"))],
            last?.DecidedBy, last?.EndedAt);
    }
}
