using System.Globalization;

namespace HaoSuan.Invoices;

/// <summary>Who issues, and at which rates: what an accountant knows of the operator, and nobody else.</summary>
public sealed class InvoiceRates(Db db, Vault vault, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int HighestPercent = 13;
    private const int LongestName = 60;
    private const int LongestShortName = 20;
    private const int ClassCodeDigits = 19;

    private DateOnly Today => tenant.Zone.DateOf(time.Now);

    /// <summary>All rates, by item, the latest first.</summary>
    public async Task<IReadOnlyList<ItemRate>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.InvoiceRates.AsNoTracking().ToListAsync(cancel)).OrderBy(r => r.Item).ThenByDescending(r => r.FromDay).Select(r => r.ToRate())];

    /// <summary>The rates that hold today.</summary>
    public async Task<IReadOnlyDictionary<InvoiceItem, ItemRate>> OfTodayAsync(CancellationToken cancel = default) =>
        (await AllAsync(cancel)).Where(r => r.From <= Today).GroupBy(r => r.Item).ToDictionary(g => g.Key, g => g.First());

    public async Task<InvoiceSeller?> ShowSellerAsync(CancellationToken cancel = default) =>
        await SellerAsync(cancel) is { } seller
            ? new(seller.Name, seller.TaxNumber, (await vault.MaskedAsync([seller.DrawerId], cancel))[seller.DrawerId])
            : null;

    /// <summary>A rate from a day on. What is issued keeps its own, so no day before today can be given but for an item's first rate.</summary>
    public Task<Result<Done>> SetAsync(RateForm typed, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        List<Refusal> faults = [];
        if (!Enum.TryParse<InvoiceItem>(typed.Item, out var item) || !Enum.IsDefined(item)) faults.Add(new Refusal("invoices.item").On(nameof(typed.Item)));
        var isDay = DateOnly.TryParse(typed.From, CultureInfo.InvariantCulture, out var from);
        if (!isDay) faults.Add(new Refusal("invoices.from_day").On(nameof(typed.From)));
        var isRate = Currency.Cny.TryParse(TypedText.Compact(typed.Rate).TrimEnd('%'), out var percent) && percent.Minor is >= 0 and <= HighestPercent * 100;
        if (!isRate) faults.Add(new Refusal("invoices.rate", HighestPercent).On(nameof(typed.Rate)));
        var (code, shortName, name) = (TypedText.Compact(typed.ClassCode), (typed.ShortName ?? "").Trim().Trim('*'), (typed.Name ?? "").Trim());
        if (code.Length != ClassCodeDigits || !code.All(char.IsAsciiDigit)) faults.Add(new Refusal("invoices.class_code").On(nameof(typed.ClassCode)));
        if (!BuyerForm.IsPrintable(shortName, LongestShortName)) faults.Add(new Refusal("invoices.short_name", LongestShortName).On(nameof(typed.ShortName)));
        if (!BuyerForm.IsPrintable(name, LongestName)) faults.Add(new Refusal("invoices.item_name", LongestName).On(nameof(typed.Name)));
        if (faults.Count > 0) return faults;
        var known = await db.InvoiceRates.Where(r => r.Item == item).ToListAsync(cancel);
        if (from < Today && known.Count > 0) return new Refusal("invoices.from_past").On(nameof(typed.From));
        var rate = new Bps((int)percent.Minor);
        if (known.Find(r => r.FromDay == from) is { } same) (same.Rate, same.ClassCode, same.ShortName, same.Name) = (rate, code, shortName, name);
        else db.Add(new RateRow { Item = item, FromDay = from, Rate = rate, ClassCode = code, ShortName = shortName, Name = name });
        audit.Record("invoice_rate.set", $"invoice_rate:{item}", string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} {rate}"));
        await db.SaveOrRunAgainAsync(cancel);
        return default(Done);
    }, cancel);

    public Task<Result<Done>> SetSellerAsync(SellerForm typed, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        List<Refusal> faults = [];
        var (name, drawer) = ((typed.SellerName ?? "").Trim(), (typed.Drawer ?? "").Trim());
        var number = TypedText.Compact(typed.SellerTaxNumber).ToUpperInvariant();
        if (!BuyerForm.IsPrintable(name, 100)) faults.Add(new Refusal("invoices.seller_name").On(nameof(typed.SellerName)));
        if (!BuyerForm.IsTaxNumber(number)) faults.Add(new Refusal("invoices.tax_number").On(nameof(typed.SellerTaxNumber)));
        if (!BuyerForm.IsPrintable(drawer, 40)) faults.Add(new Refusal("invoices.drawer").On(nameof(typed.Drawer)));
        if (faults.Count > 0) return faults;
        var drawerId = await vault.KeepAsync(SecretKind.Name, drawer, cancel);
        if (await db.InvoiceSellers.FirstOrDefaultAsync(cancel) is { } known) (known.Name, known.TaxNumber, known.DrawerId) = (name, number, drawerId);
        else db.Add(new SellerRow { Name = name, TaxNumber = number, DrawerId = drawerId });
        audit.Record("invoice_seller.set", "invoice_seller", number);
        await db.SaveOrRunAgainAsync(cancel);
        return default(Done);
    }, cancel);

    internal Task<SellerRow?> SellerAsync(CancellationToken cancel) => db.InvoiceSellers.AsNoTracking().FirstOrDefaultAsync(cancel);
}
