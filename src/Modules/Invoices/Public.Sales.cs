using HaoSuan.Payments;

namespace HaoSuan.Invoices;

/// <summary>What a sale is known by: whose module it is of, and its id there.</summary>
/// <param name="Source">Like <c>order</c>, as <see cref="ISales.Source"/> says.</param>
public readonly record struct SaleKey(string Source, Guid Id);

/// <summary>Something that a consumer has paid for.</summary>
/// <param name="No">Its number, as people know it.</param>
/// <param name="Kept">What was paid for each item and not given back, nor is on its way back: what may stand on invoices. A deposit is no part of it.</param>
/// <param name="PaidAs">What its payments say that they are for.</param>
/// <param name="Deposit">What is held as a security.</param>
/// <param name="OfficePage">Where the office looks at it.</param>
public sealed record Sale(
    SaleKey Key, string No, string Name, Instant At, IReadOnlyList<InvoiceAmount> Kept, IReadOnlyList<OrderId> PaidAs, Money Deposit, string OfficePage);

/// <summary>The sales of a module: what invoices can be asked for. One is registered in the module's door.</summary>
public interface ISales
{
    /// <summary>The word by which its sales are known.</summary>
    string Source { get; }

    Task<Sale?> FindAsync(Guid id, CancellationToken cancel);

    /// <summary>By the number that people know.</summary>
    Task<Sale?> FindByNoAsync(string no, CancellationToken cancel);

    /// <summary>The sale that a payment is for; null where it is of another module.</summary>
    Task<Sale?> PaidByAsync(PaymentFor purpose, OrderId paidAs, CancellationToken cancel);

    /// <summary>The latest sales of whoever has that phone, the newest first.</summary>
    /// <param name="phoneHash">By which the vault finds it.</param>
    /// <param name="cancel">Stops it.</param>
    Task<IReadOnlyList<Sale>> OfPhoneAsync(byte[] phoneHash, CancellationToken cancel);
}

/// <summary>A sale on a consumer's statement.</summary>
/// <param name="Moves">Payments and refunds, the oldest first.</param>
/// <param name="Due">What can still be invoiced.</param>
public sealed record StatementSale(Sale Sale, IReadOnlyList<Voucher> Moves, IReadOnlyList<InvoiceView> Invoices, IReadOnlyList<InvoiceAmount> Due)
{
    public Money ToInvoice => Due.Aggregate(Money.Zero, (sum, d) => sum + d.Gross);
}
