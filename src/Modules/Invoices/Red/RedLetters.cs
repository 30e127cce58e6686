using HaoSuan.Payments;

namespace HaoSuan.Invoices;

/// <summary>
/// Red letters (红字发票): what stands on blue invoices although it was given back is taken back, in part or whole. Where the buyer has booked the blue
/// one, he confirms first, within 72 hours.
/// </summary>
public sealed class RedLetters(Db db, Sales sales, InvoiceBook book, Outbox outbox, Audit audit, Actor actor, TimeProvider time)
    : IFollow<RefundSucceeded>, IFollow<InvoiceIssued>
{
    private const int LongestReason = 100;
    private const string Refunded = "销售退回";

    async Task IFollow<RefundSucceeded>.FollowAsync(RefundSucceeded happened, CancellationToken cancel)
    {
        if (await sales.PaidByAsync(happened.For, happened.OrderId, cancel) is { } sale) await ForRefundsAsync(sale.Key, cancel);
    }

    /// <summary>What was given back while it was with the issuer is taken back now.</summary>
    Task IFollow<InvoiceIssued>.FollowAsync(InvoiceIssued happened, CancellationToken cancel) =>
        ForRefundsAsync(new(happened.Source, happened.SaleId), cancel);

    /// <summary>Takes back what stands on issued invoices of a sale and is not kept; nothing where there is nothing of that kind.</summary>
    public Task ForRefundsAsync(SaleKey key, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await sales.FindAsync(key, cancel) is not { } sale) return;
        var all = await book.OfSaleAsync(key, cancel);
        var excess = new Dictionary<InvoiceItem, Money>(Balance.Excess(sale.Kept, InvoiceBook.LinesOf(all.Where(InvoiceBook.IsLive))));
        foreach (var blue in all.Where(i => i is { RedOf: null, State: InvoiceState.Issued }).Reverse().ToList())
        {
            var lines = Balance.Red(LeftOf(blue, all), excess);
            if (lines.Count == 0) continue;
            foreach (var line in lines) excess[line.Item] += line.Gross;
            all.Add(Raise(blue, lines, Refunded, all.Count + 1));
        }
        await db.SaveOrRunAgainAsync(cancel);
    }, cancel);

    /// <summary>The office takes back all that is left of an invoice, because something on it is wrong; then it can be asked for anew.</summary>
    public Task<Result<Done>> WholeAsync(InvoiceId id, string? reason, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var words = (reason ?? "").Trim();
        if (words.Length is 0 or > LongestReason) return new Refusal("invoices.reason", LongestReason).On("reason");
        if (await db.Invoices.FirstOrDefaultAsync(i => i.Id == id, cancel) is not { RedOf: null, State: InvoiceState.Issued } blue)
            return new Refusal("invoices.not_issued");
        var all = await book.OfSaleAsync(blue.Sale, cancel);
        var left = LeftOf(blue, all);
        var lines = Balance.Red(left, Balance.AllOf(left));
        if (lines.Count == 0) return new Refusal("invoices.all_red");
        Raise(blue, lines, words, all.Count + 1);
        await db.SaveOrRunAgainAsync(cancel);
        return default(Done);
    }, cancel);

    /// <summary>The buyer is known to have booked the invoice (入账): from now on it is taken back only as he confirms.</summary>
    public Task<Result<Done>> BookedAsync(InvoiceId id, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var invoice = await db.Invoices.Where(i => i.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        if (invoice is not { RedOf: null, State: InvoiceState.Issued }) return new Refusal("invoices.not_issued");
        if (invoice.TaxNumber is null) return new Refusal("invoices.person_books_nothing");
        invoice.BookedAt ??= time.Now;
        audit.Record("invoice.booked", $"invoice:{id.Value}", invoice.Number!);        // what is issued has one
        return default(Done);
    }, cancel);

    private static IReadOnlyList<InvoiceLine> LeftOf(InvoiceRow blue, IEnumerable<InvoiceRow> all) => Balance.Left(
        blue.ReadLines(), [.. InvoiceBook.LinesOf(all.Where(i => i.RedOf == blue.Id && InvoiceBook.IsLive(i)))]);

    private InvoiceRow Raise(InvoiceRow blue, IReadOnlyList<InvoiceLine> lines, string reason, int step)
    {
        var (isBooked, now) = (blue.BookedAt is not null, time.Now);
        var red = new InvoiceRow
        {
            Id = NewId.Of<InvoiceId>(time),
            Source = blue.Source,
            SaleId = blue.SaleId,
            SaleNo = blue.SaleNo,
            Step = step,
            RedOf = blue.Id,
            Issuer = blue.Issuer,
            Kind = blue.Kind,
            State = isBooked ? InvoiceState.Confirming : InvoiceState.Issuing,
            Title = blue.Title,
            TitleId = blue.TitleId,
            TaxNumber = blue.TaxNumber,
            SellerName = blue.SellerName,
            SellerTaxNumber = blue.SellerTaxNumber,
            Lines = LinesText.Write(lines),
            Net = Taxing.Sum(lines.Select(l => l.Net)),
            Tax = Taxing.Sum(lines.Select(l => l.Tax)),
            Delivery = blue.Delivery,
            RecipientId = blue.RecipientId,
            Reason = reason,
            ConfirmationNo = $"{blue.Number}-{step}",
            AskedAt = now,
            AskedBy = actor.Name,
            IssuingAt = isBooked ? null : now,
            ConfirmBy = isBooked ? now + InvoiceDates.ToConfirm : null,
        };
        db.Add(red);
        if (!isBooked) outbox.Publish(new InvoiceAsked(red.Id));
        audit.Record("invoice.red", $"invoice:{red.Id.Value}", $"{blue.Number} {red.Net + red.Tax}");
        return red;
    }
}
