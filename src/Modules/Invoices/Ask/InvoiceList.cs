using HaoSuan.Notifications;

namespace HaoSuan.Invoices;

/// <summary>Invoices as people look at them: personal data is masked, newest first.</summary>
public sealed class InvoiceList(Db db, Vault vault, Mails mails)
{
    public Task<IReadOnlyList<InvoiceView>> AllAsync(InvoiceFilter filter, int skip, int take, CancellationToken cancel = default) =>
        ViewsAsync(Filtered(filter).OrderByDescending(i => i.AskedAt).ThenByDescending(i => i.Id).Skip(skip).Take(take), cancel);

    public Task<int> CountAsync(InvoiceFilter filter, CancellationToken cancel = default) => Filtered(filter).CountAsync(cancel);

    public async Task<InvoiceView?> FindAsync(InvoiceId id, CancellationToken cancel = default) =>
        await ViewsAsync(db.Invoices.Where(i => i.Id == id), cancel) is [var invoice] ? invoice : null;

    /// <summary>Blue and red ones of a sale in their order.</summary>
    public Task<IReadOnlyList<InvoiceView>> OfSaleAsync(SaleKey sale, CancellationToken cancel = default) =>
        ViewsAsync(db.Invoices.Where(i => i.Source == sale.Source && i.SaleId == sale.Id).OrderBy(i => i.Step), cancel);

    /// <summary>A file of an issued invoice. That it was read is audited.</summary>
    /// <param name="id">The invoice.</param>
    /// <param name="format">pdf, xml or ofd.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<byte[]?> FileAsync(InvoiceId id, string format, CancellationToken cancel = default) =>
        await db.InvoiceDocuments.AsNoTracking().FirstOrDefaultAsync(d => d.InvoiceId == id && d.Format == format, cancel) is { } file
            ? Convert.FromBase64String(await vault.RevealAsync(file.SecretId, $"invoice {id.Value} downloaded", cancel))
            : null;

    private IQueryable<InvoiceRow> Filtered(InvoiceFilter filter)
    {
        var invoices = db.Invoices.AsQueryable();
        if (filter.State is { } state) invoices = invoices.Where(i => i.State == state);
        if (filter.ToPost)
            invoices = invoices.Where(i => i.Delivery == InvoiceDelivery.Post && i.State == InvoiceState.Issued && i.PostedAt == null && i.RedOf == null);
        return TypedText.Compact(filter.Text).ToUpperInvariant() is { Length: > 0 } text
            ? invoices.Where(i => i.SaleNo == text || i.Number == text)
            : invoices;
    }

    private async Task<IReadOnlyList<InvoiceView>> ViewsAsync(IQueryable<InvoiceRow> invoices, CancellationToken cancel)
    {
        var rows = await invoices.AsNoTracking().ToListAsync(cancel);
        var masked = await vault.MaskedAsync([.. rows.Select(r => r.TitleId).OfType<SecretId>(), .. rows.Select(r => r.RecipientId)], cancel);
        var sent = await mails.OfAsync([.. rows.Select(r => r.MailId).OfType<MailId>()], cancel);
        return rows.ConvertAll(r => new InvoiceView(
            r.Id, r.Sale, r.SaleNo, r.Step, r.RedOf, r.Kind, r.State, r.TitleId is { } title ? masked[title] : r.Title!, r.TaxNumber, r.ReadLines(), r.Net,
            r.Tax, r.Delivery, masked[r.RecipientId], r.Reason, r.Number, r.ConfirmationNo, r.AskedAt, r.ConfirmBy, r.IssuedAt, r.BookedAt, r.Fault, r.Parcel,
            r.MailId is { } mail ? sent.GetValueOrDefault(mail) : null));
    }
}
