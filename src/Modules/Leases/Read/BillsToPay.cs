using System.Globalization;
using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>What of a lease's bills can be paid.</summary>
public sealed class BillsToPay(Db db, PaymentRecords payments)
{
    public async Task<IReadOnlyList<BillToPay>> AllAsync(LeaseId id, CancellationToken cancel = default)
    {
        var bills = await db.LeaseBills.AsNoTracking().Where(b => b.LeaseId == id && b.State == LeaseBillState.Open)
            .Join(db.Leases, b => b.LeaseId, l => l.Id, (b, l) => new { Bill = b, l.LeaseNo, Deposit = l.Deposit.Minor })
            .OrderBy(b => b.Bill.Number).ToListAsync(cancel);
        // The deposit is taken for the price of the device at the moment in which it is bought.
        return bills.ConvertAll(b => new BillToPay(
            b.Bill.Id.Payable, b.Bill.Number, string.Create(CultureInfo.InvariantCulture, $"{b.LeaseNo}B{b.Bill.Number}"),
            b.Bill.Kind == LeaseBillKind.BuyOut ? b.Bill.Left - new Money(b.Deposit) : b.Bill.Left));
    }

    /// <summary>Null where there is no such bill, or nothing of it is open.</summary>
    public async Task<BillToPay?> FindAsync(LeaseId id, int number, CancellationToken cancel = default) =>
        (await AllAsync(id, cancel)).FirstOrDefault(b => b.Number == number);

    /// <summary>Whether money of the consumer may be on its way for one of them.</summary>
    public async Task<bool> AreBeingPaidAsync(LeaseId id, CancellationToken cancel = default) =>
        await payments.AreBeingPaidAsync([.. (await AllAsync(id, cancel)).Select(b => b.Id)], cancel);
}
