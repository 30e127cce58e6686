namespace HaoSuan.Invoices;

/// <summary>
/// An invoice is asked for: over everything that was paid for a sale, is kept, and stands on no invoice yet. It goes to the issuer by itself. Asked for
/// twice at once, one of both finds nothing left.
/// </summary>
public sealed class AskInvoice(
    Db db, Sales sales, InvoiceBook book, InvoiceRates rates, Issuers issuers, Vault vault, Outbox outbox, Audit audit, Actor actor, TimeProvider time)
{
    public Task<Result<InvoiceId>> RunAsync(SaleKey key, InvoiceForm typed, CancellationToken cancel = default) =>
        db.InTransaction<Result<InvoiceId>>(async () =>
        {
            if (!BuyerForm.Read(typed).TryGet(out var form, out var refusals)) return refusals.ToList();
            if (await sales.FindAsync(key, cancel) is not { } sale) return new Refusal("invoices.sale_unknown");
            if (await rates.SellerAsync(cancel) is null) return new Refusal("invoices.not_set_up");
            var due = await book.DueAsync(sale, cancel);
            if (due.Count == 0) return new Refusal("invoices.nothing_due");
            var known = await rates.OfTodayAsync(cancel);
            if (due.Any(d => !known.ContainsKey(d.Item))) return new Refusal("invoices.not_set_up");
            List<InvoiceLine> lines = [.. due.Select(d => Taxing.Line(d.Gross, known[d.Item]))];
            var row = new InvoiceRow
            {
                Id = NewId.Of<InvoiceId>(time),
                Source = key.Source,
                SaleId = key.Id,
                SaleNo = sale.No,
                Step = (await book.OfSaleAsync(key, cancel)).Count + 1,
                Issuer = issuers.Present.Name,
                Kind = form.Kind,
                State = InvoiceState.Issuing,
                Title = form.IsCompany ? form.Title : null,
                TitleId = form.IsCompany ? null : await vault.KeepAsync(SecretKind.Name, form.Title, cancel),
                TaxNumber = form.TaxNumber,
                Lines = LinesText.Write(lines),
                Net = Taxing.Sum(lines.Select(l => l.Net)),
                Tax = Taxing.Sum(lines.Select(l => l.Tax)),
                Delivery = form.Delivery,
                RecipientId = await vault.KeepAsync(form.Delivery == InvoiceDelivery.Mail ? SecretKind.Email : SecretKind.Message, form.To, cancel),
                AskedAt = time.Now,
                AskedBy = actor.Name,
                IssuingAt = time.Now,
            };
            db.Add(row);
            outbox.Publish(new InvoiceAsked(row.Id));
            audit.Record("invoice.asked", $"invoice:{row.Id.Value}", sale.No);
            await db.SaveOrRunAgainAsync(cancel);
            return row.Id;
        }, cancel);
}
