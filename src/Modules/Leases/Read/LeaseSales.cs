using HaoSuan.Invoices;
using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>
/// Leases as something that is paid for: its months and what comes beside them, and the device where it was bought or is lost. A deposit is none until
/// it pays for a bill, and damage is a compensation, which is not invoiced.
/// </summary>
internal sealed class LeaseSales(Db db, Vault vault, LeaseList leases) : ISales
{
    private const int Most = 20;

    public string Source => "lease";

    public async Task<Sale?> FindAsync(Guid id, CancellationToken cancel) =>
        await leases.FindAsync(new LeaseId(id), cancel) is { } lease ? SaleOf(lease) : null;

    public async Task<Sale?> FindByNoAsync(string no, CancellationToken cancel) =>
        await db.Leases.Where(l => l.LeaseNo == no).Select(l => (LeaseId?)l.Id).FirstOrDefaultAsync(cancel) is { } id
            ? await FindAsync(id.Value, cancel)
            : null;

    public async Task<Sale?> PaidByAsync(PaymentFor purpose, OrderId paidAs, CancellationToken cancel) =>
        purpose == PaymentFor.Lease && await leases.OfBillAsync(new(paidAs.Value), cancel) is { } id ? await FindAsync(id.Value, cancel) : null;

    public async Task<IReadOnlyList<Sale>> OfPhoneAsync(byte[] phoneHash, CancellationToken cancel)
    {
        var phones = await vault.FindAsync(SecretKind.Phone, phoneHash, cancel);
        var found = await db.Leases.Where(l => phones.Contains(l.PhoneId)).OrderByDescending(l => l.PlacedAt).Select(l => l.Id).Take(Most).ToListAsync(cancel);
        List<Sale> sales = [];
        foreach (var id in found) sales.Add(SaleOf((await leases.FindAsync(id, cancel))!));
        return sales;
    }

    private Sale SaleOf(LeaseDetail detail) => new(
        new(Source, detail.Lease.Id.Value), detail.Lease.LeaseNo, detail.Lease.Model, detail.Lease.PlacedAt,
        [.. detail.Bills.Select(b => Earned(b, detail)).OfType<InvoiceAmount>().GroupBy(a => a.Item)
            .Select(g => new InvoiceAmount(g.Key, g.Aggregate(Money.Zero, (sum, a) => sum + a.Gross)))],
        [.. detail.Bills.Select(b => b.Id.Payable)], detail.Held, $"/office/leases/{detail.Lease.Id.Value}");

    /// <summary>What of a bill was paid for something that is invoiced; null where nothing was.</summary>
    private static InvoiceAmount? Earned(LeaseBill bill, LeaseDetail detail)
    {
        // What finance has taken off goes back where it was paid.
        var kept = Money.Min(bill.Paid, bill.Amount - bill.Corrected);
        return bill.Kind switch
        {
            // Its rent is earned as the device is handed over.
            LeaseBillKind.First => bill.State == LeaseBillState.Settled && detail.Lease.ContractDay is not null
                ? new(InvoiceItem.LeaseFee, detail.Terms.MonthlyFee)
                : null,
            LeaseBillKind.Monthly or LeaseBillKind.LateFee or LeaseBillKind.EarlyEnd => kept.IsZero ? null : new(InvoiceItem.LeaseFee, kept),
            LeaseBillKind.BuyOut or LeaseBillKind.Lost => kept.IsZero ? null : new(InvoiceItem.DeviceSale, kept),
            LeaseBillKind.Damage => null,
        };
    }
}
