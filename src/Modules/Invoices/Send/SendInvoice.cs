using HaoSuan.Notifications;

namespace HaoSuan.Invoices;

/// <summary>An issued invoice goes to whoever has asked for it: by mail with its files, or by post with a tracking number.</summary>
public sealed class SendInvoice(Db db, Mails mails, Vault vault, Tenants tenants, TenantScope tenant, Audit audit, TimeProvider time)
{
    /// <summary>What its mails are known by.</summary>
    internal const string Kind = "invoices.issued";

    private const int LongestParcel = 40;

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["pdf"] = "application/pdf",
        ["xml"] = "application/xml",
        ["ofd"] = "application/ofd",
    };

    /// <summary>Null where there is no such file.</summary>
    public static string? MediaTypeOf(string format) => MediaTypes.GetValueOrDefault(format);

    /// <summary>Sends it again: where it did not arrive, or to another address.</summary>
    /// <param name="id">The invoice.</param>
    /// <param name="typed">The address; null: the same one.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> AgainAsync(InvoiceId id, string? typed, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await LockAsync(id, cancel) is not { State: InvoiceState.Issued, Delivery: InvoiceDelivery.Mail } invoice)
            return new Refusal("invoices.not_by_mail");
        if (typed is not null)
        {
            List<Refusal> faults = [];
            var email = BuyerForm.Mail(typed, faults);
            if (faults.Count > 0) return faults;
            invoice.RecipientId = await vault.KeepAsync(SecretKind.Email, email, cancel);
        }
        audit.Record("invoice.sent_again", $"invoice:{id.Value}", invoice.Number!);        // what is issued has one
        await QueueAsync(invoice, cancel);
        return default(Done);
    }, cancel);

    /// <summary>It is in the post.</summary>
    public Task<Result<Done>> PostedAsync(InvoiceId id, string? courier, string? trackingNo, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var (by, no) = ((courier ?? "").Trim(), TypedText.Compact(trackingNo));
            if (by.Length is 0 or > LongestParcel - 1) return new Refusal("invoices.courier").On("courier");
            if (no.Length is 0 or > LongestParcel) return new Refusal("invoices.tracking_no").On("trackingNo");
            if (await LockAsync(id, cancel) is not { State: InvoiceState.Issued, Delivery: InvoiceDelivery.Post, RedOf: null } invoice)
                return new Refusal("invoices.not_by_post");
            (invoice.Parcel, invoice.PostedAt) = ($"{by} {no}", invoice.PostedAt ?? time.Now);
            audit.Record("invoice.posted", $"invoice:{id.Value}", invoice.Parcel);
            return default(Done);
        }, cancel);

    /// <summary>Where it goes by post, in clear: audited.</summary>
    public async Task<string?> AddressAsync(InvoiceId id, CancellationToken cancel = default) =>
        await db.Invoices.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.Delivery == InvoiceDelivery.Post, cancel) is { } invoice
            ? await vault.RevealAsync(invoice.RecipientId, $"post invoice {id.Value}", cancel)
            : null;

    /// <summary>Queues its mail with the running transaction, where it goes by mail.</summary>
    internal async Task QueueAsync(InvoiceRow invoice, CancellationToken cancel)
    {
        if (invoice.Delivery != InvoiceDelivery.Mail) return;
        var files = await db.InvoiceDocuments.Where(d => d.InvoiceId == invoice.Id).OrderBy(d => d.Format).ToListAsync(cancel);
        var shop = (await tenants.FindAsync(tenant.Id, cancel))!.Name;
        var what = (invoice.RedOf is null ? "" : "红字") + InvoiceWords.Of(invoice.Kind);
        invoice.MailId = await mails.QueueAsync(new(
            Kind, invoice.RecipientId, $"{shop}：{what} {invoice.Number}",
            $"""
            您好：

            订单 {invoice.SaleNo} 的{what}已开具，发票号码 {invoice.Number}，价税合计 {YuanText.Of(invoice.Net + invoice.Tax)}，见附件。

            {shop}
            """,
            [.. files.Select(f => new MailAttachment($"{invoice.Number}.{f.Format}", MediaTypes[f.Format], f.SecretId))], invoice.MailId), cancel);
    }

    private Task<InvoiceRow?> LockAsync(InvoiceId id, CancellationToken cancel) =>
        db.Invoices.Where(i => i.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
}
