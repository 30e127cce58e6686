using System.Globalization;

namespace HaoSuan.Invoices;

/// <summary>
/// Our own documents: numbered without gaps, as PDF and XML, and saying of themselves that they are no tax bureau's originals. A number has the
/// twenty digits of a digital invoice, with a province that there is not.
/// </summary>
internal sealed class OwnIssuer(Db db, TenantScope tenant, TimeProvider time) : IInvoiceIssuer
{
    public const string OwnName = "own";

    private const string NoProvince = "000";

    public string Name => OwnName;

    public async Task<IssueAnswer> IssueAsync(InvoiceToIssue invoice, CancellationToken cancel)
    {
        if (!PaperPdf.IsPossible()) return new IssueAnswer.Refused("服务器没有中文字体，无法生成 PDF；请安装 fonts-noto-cjk 后重试。");
        var drawn = await db.InTransaction(() => DrawAsync(invoice.Id, cancel), cancel);
        var number = drawn.Series + NoProvince + drawn.Number.ToString("D15", CultureInfo.InvariantCulture);
        var document = new InvoiceDocument(invoice, number, drawn.DrawnAt);
        return new IssueAnswer.Issued(number, drawn.DrawnAt, [
            new("pdf", PaperPdf.Of(document.ToPaper(), tenant.Zone)!),        // possible, as was just asked
            new("xml", document.ToXml(tenant.Zone)),
        ]);
    }

    /// <summary>The invoice's number: drawn once. Others who draw wait until the transaction ends, so one that is drawn is used.</summary>
    private async Task<NumberRow> DrawAsync(InvoiceId id, CancellationToken cancel)
    {
        if (await db.InvoiceNumbers.AsNoTracking().FirstOrDefaultAsync(n => n.InvoiceId == id, cancel) is { } known) return known;
        var series = (tenant.Zone.DateOf(time.Now).Year % 100).ToString("00", CultureInfo.InvariantCulture);
        var number = (await db.Database.SqlQuery<long>(
            $"""
            insert into invoice_head (tenant_id, series, number) values ({db.CurrentTenant.Value}, {series}, 1)
            on conflict (tenant_id, series) do update set number = invoice_head.number + 1 returning number as "Value"
            """).ToListAsync(cancel)).Single();
        var row = new NumberRow { Series = series, Number = number, InvoiceId = id, DrawnAt = time.Now };
        db.Add(row);
        // The same invoice at the same time: one of both has drawn.
        await db.SaveOrRunAgainAsync(cancel);
        return row;
    }
}
