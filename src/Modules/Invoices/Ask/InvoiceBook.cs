namespace HaoSuan.Invoices;

/// <summary>What stands in the table of invoices, compared with what was paid.</summary>
public sealed class InvoiceBook(Db db, Vault vault)
{
    /// <summary>What may still be invoiced of a sale, by item.</summary>
    public async Task<IReadOnlyList<InvoiceAmount>> DueAsync(Sale sale, CancellationToken cancel = default) =>
        Balance.Due(sale.Kept, LinesOf((await OfSaleAsync(sale.Key, cancel)).Where(i => IsInvoiced(i.State, i.RedOf is not null))));

    /// <summary>The same of one whose invoices have been read.</summary>
    public static IReadOnlyList<InvoiceAmount> Due(Sale sale, IEnumerable<InvoiceView> invoices) =>
        Balance.Due(sale.Kept, invoices.Where(i => IsInvoiced(i.State, i.IsRed)).SelectMany(i => i.Lines));

    /// <summary>Blue and red ones in their order.</summary>
    internal Task<List<InvoiceRow>> OfSaleAsync(SaleKey sale, CancellationToken cancel) =>
        db.Invoices.Where(i => i.Source == sale.Source && i.SaleId == sale.Id).OrderBy(i => i.Step).ToListAsync(cancel);

    /// <summary>The person's or company's title in clear. That it was read is audited where it is a person's.</summary>
    internal async Task<string> TitleAsync(InvoiceRow invoice, string purpose, CancellationToken cancel) =>
        invoice.TitleId is { } id ? await vault.RevealAsync(id, purpose, cancel) : invoice.Title!;        // one of both is there

    internal static IEnumerable<InvoiceLine> LinesOf(IEnumerable<InvoiceRow> invoices) => invoices.SelectMany(i => i.ReadLines());

    /// <summary>Whether its amounts count: they stand on paper, or will.</summary>
    internal static bool IsLive(InvoiceRow invoice) => IsLive(invoice.State);

    // A red one that may still be refused, declined or lapse gives nothing free: the blue one stands until it is issued.
    private static bool IsInvoiced(InvoiceState state, bool isRed) => isRed ? state == InvoiceState.Issued : IsLive(state);

    private static bool IsLive(InvoiceState state) => state is not (InvoiceState.Declined or InvoiceState.Lapsed);
}
