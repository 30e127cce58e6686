namespace HaoSuan.Invoices;

/// <summary>The office deals with an invoice that its issuer has refused: once what was wrong is mended it goes there again, or it is called off.</summary>
public sealed class MendInvoice(Db db, Outbox outbox, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> AgainAsync(InvoiceId id, CancellationToken cancel = default) => OnAsync(id, "invoice.again", invoice =>
    {
        (invoice.State, invoice.IssuingAt, invoice.Fault) = (InvoiceState.Issuing, time.Now, null);
        // What was wrong may have been the seller; a red one keeps the blue one's.
        if (invoice.RedOf is null) (invoice.SellerName, invoice.SellerTaxNumber) = (null, null);
        outbox.Publish(new InvoiceAsked(id));
    }, cancel);

    public Task<Result<Done>> DeclineAsync(InvoiceId id, CancellationToken cancel = default) =>
        OnAsync(id, "invoice.declined", invoice => invoice.State = InvoiceState.Declined, cancel);

    private Task<Result<Done>> OnAsync(InvoiceId id, string action, Action<InvoiceRow> change, CancellationToken cancel) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var invoice = await db.Invoices.Where(i => i.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (invoice is not { State: InvoiceState.Refused }) return new Refusal("invoices.not_refused");
            change(invoice);
            audit.Record(action, $"invoice:{id.Value}", invoice.SaleNo);
            return default(Done);
        }, cancel);
}
