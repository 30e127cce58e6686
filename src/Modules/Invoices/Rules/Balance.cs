namespace HaoSuan.Invoices;

/// <summary>What stands on invoices, compared with what was paid and kept.</summary>
internal static class Balance
{
    /// <summary>What may still be invoiced, by item.</summary>
    public static IReadOnlyList<InvoiceAmount> Due(IEnumerable<InvoiceAmount> kept, IEnumerable<InvoiceLine> invoiced) =>
        [.. Differences(kept, invoiced).Where(d => d.Gross > Money.Zero)];

    /// <summary>What stands on invoices although it is not kept, by item: a red letter has to take it back.</summary>
    public static IReadOnlyDictionary<InvoiceItem, Money> Excess(IEnumerable<InvoiceAmount> kept, IEnumerable<InvoiceLine> invoiced) =>
        Differences(kept, invoiced).Where(d => d.Gross < Money.Zero).ToDictionary(d => d.Item, d => -d.Gross);

    /// <summary>What of a blue invoice its red ones have left, line by line.</summary>
    public static IReadOnlyList<InvoiceLine> Left(IReadOnlyList<InvoiceLine> blue, IReadOnlyCollection<InvoiceLine> red) =>
        [.. blue.Select(b => b with
        {
            Net = b.Net + Taxing.Sum(red.Where(r => r.Item == b.Item).Select(r => r.Net)),
            Tax = b.Tax + Taxing.Sum(red.Where(r => r.Item == b.Item).Select(r => r.Tax)),
        })];

    /// <summary>
    /// The lines of a red letter that takes back so much of what is left, as far as it goes; none where that is nothing. Whoever takes the last of a
    /// line takes its last fen of tax too.
    /// </summary>
    public static IReadOnlyList<InvoiceLine> Red(IReadOnlyList<InvoiceLine> left, IReadOnlyDictionary<InvoiceItem, Money> excess) =>
        [.. left.Select(line => Part(line, Money.Min(line.Gross, excess.GetValueOrDefault(line.Item)))).Where(line => !line.Gross.IsZero)];

    public static IReadOnlyDictionary<InvoiceItem, Money> AllOf(IEnumerable<InvoiceLine> left) => left.ToDictionary(l => l.Item, l => l.Gross);

    /// <summary>An amount spread over items as they weigh: their sum is the amount.</summary>
    public static IReadOnlyList<InvoiceAmount> Spread(Money amount, IReadOnlyList<InvoiceAmount> weights)
    {
        var all = Taxing.Sum(weights.Select(w => w.Gross));
        List<InvoiceAmount> parts = [];
        var (before, given) = (Money.Zero, Money.Zero);
        foreach (var weight in weights.Where(w => w.Gross > Money.Zero))
        {
            before += weight.Gross;
            var until = amount.Fraction(before.Minor, all.Minor);
            parts.Add(new(weight.Item, until - given));
            given = until;
        }
        return parts;
    }

    private static InvoiceLine Part(InvoiceLine line, Money gross)
    {
        var near = Taxing.NetOf(gross, line.Rate);
        var net = Money.Max(gross - line.Tax, Money.Min(near, line.Net));
        return line with { Net = -net, Tax = -(gross - net) };
    }

    private static IEnumerable<InvoiceAmount> Differences(IEnumerable<InvoiceAmount> kept, IEnumerable<InvoiceLine> invoiced) =>
        kept.Concat(invoiced.Select(i => new InvoiceAmount(i.Item, -i.Gross)))
            .GroupBy(a => a.Item).OrderBy(g => g.Key).Select(g => new InvoiceAmount(g.Key, Taxing.Sum(g.Select(a => a.Gross))));
}
