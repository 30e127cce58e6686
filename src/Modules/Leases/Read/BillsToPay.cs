using System.Globalization;

namespace HaoSuan.Leases;

/// <summary>What of a lease's bills can be paid.</summary>
public sealed class BillsToPay(Db db)
{
    /// <summary>Null where there is no such bill, or nothing of it is open.</summary>
    public async Task<BillToPay?> FindAsync(LeaseId id, int number, CancellationToken cancel = default)
    {
        var found = await db.LeaseBills.AsNoTracking().Where(b => b.LeaseId == id && b.Number == number && b.State == LeaseBillState.Open)
            .Join(db.Leases, b => b.LeaseId, l => l.Id, (b, l) => new { Bill = b, l.LeaseNo, Deposit = l.Deposit.Minor }).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        // The deposit is taken for the price of the device at the moment in which it is bought.
        var amount = found.Bill.Kind == LeaseBillKind.BuyOut ? found.Bill.Left - new Money(found.Deposit) : found.Bill.Left;
        return new(found.Bill.Id.Payable, string.Create(CultureInfo.InvariantCulture, $"{found.LeaseNo}B{number}"), amount);
    }
}
