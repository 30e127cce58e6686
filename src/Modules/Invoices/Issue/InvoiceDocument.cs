using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace HaoSuan.Invoices;

/// <summary>An invoice as a document of ours: on paper, and as XML with the fields of a digital invoice (数电票).</summary>
internal sealed record InvoiceDocument(InvoiceToIssue Invoice, string Number, Instant At)
{
    /// <summary>Stands on every page and in the XML.</summary>
    public const string Disclaimer = "本凭据由商家系统自行开具，不是税务机关的发票原件，不能用于抵扣税款";

    private bool IsRed => Invoice.RedOf is not null;

    private string Title => (IsRed ? "红字" : "") + $"电子发票凭据（{InvoiceWords.Of(Invoice.Kind)}）";

    private Money Net => Taxing.Sum(Invoice.Lines.Select(l => l.Net));

    private Money Tax => Taxing.Sum(Invoice.Lines.Select(l => l.Tax));

    /// <summary>What stands at the foot; a red one names what it takes back.</summary>
    private string Remark => string.Join("；", new[]
    {
        Invoice.Remark,
        IsRed ? $"被红冲蓝字发票号码：{Invoice.RedOf} 红字发票信息确认单编号：{Invoice.ConfirmationNo}" : "",
        Disclaimer,
    }.Where(t => t.Length > 0));

    public Paper ToPaper() => new(Title, Disclaimer, [("发票号码", Number), ("开票日期", At), ("开票人", Invoice.Drawer)],
    [
        PaperTable.Of("购买方与销售方", new[] { ("购买方", Invoice.Buyer), ("销售方", Invoice.Seller) }, "",
            [("", p => p.Item1, null), ("名称", p => p.Item2.Name, null), ("统一社会信用代码 / 纳税人识别号", p => p.Item2.TaxNumber, null)]),
        PaperTable.Of("项目", Invoice.Lines, "",
        [
            ("项目名称", l => l.Name, null), ("税收分类编码", l => l.ClassCode, null), ("金额", l => l.Net, Net), ("税率", l => l.Rate.ToString(), null),
            ("税额", l => l.Tax, Tax),
        ]),
        PaperTable.Of("价税合计", new[] { Net + Tax }, "", [("大写", ChineseAmount.Of, null), ("小写", g => g, null)]),
        PaperTable.Of("备注", new[] { Remark }, "", [("", r => r, null)]),
    ]);

    public byte[] ToXml(Zone zone)
    {
        var day = zone.ToLocal(At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var (code, name) = Invoice.Kind == InvoiceKind.Special ? ("01", "增值税专用发票") : ("02", "普通发票");
        var root = new XElement("EInvoice",
            new XElement("Header",
                new XElement("EIid", Number),
                new XElement("InherentLabel",
                    new XElement("InIssuType", new XElement("LabelCode", IsRed ? "N" : "Y"), new XElement("LabelName", "是否蓝字发票标志")),
                    new XElement("GeneralOrSpecialVAT", new XElement("LabelCode", code), new XElement("LabelName", name)))),
            new XElement("EInvoiceData",
                Party("Seller", Invoice.Seller),
                Party("Buyer", Invoice.Buyer),
                new XElement("BasicInformation",
                    new XElement("TotalAmWithoutTax", $"{Net}"),
                    new XElement("TotalTaxAm", $"{Tax}"),
                    new XElement("TotalTax-includedAmount", $"{Net + Tax}"),
                    new XElement("TotalTax-includedAmountInChinese", ChineseAmount.Of(Net + Tax)),
                    new XElement("Drawer", Invoice.Drawer),
                    new XElement("RequestTime", day)),
                Invoice.Lines.Select(Line),
                IsRed ? new XElement("SpecificInformation", new XElement("RedEInvoice",
                    new XElement("OriginalInvoiceCode", Invoice.RedOf), new XElement("CreditNoteNumber", Invoice.ConfirmationNo))) : null,
                new XElement("AdditionalInformation", new XElement("Remark", Remark))),
            new XElement("TaxSupervisionInfo", new XElement("InvoiceNumber", Number), new XElement("IssueTime", day)));
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n");
    }

    private static XElement Party(string who, InvoiceParty party) => new(
        $"{who}Information", new XElement($"{who}IdNum", party.TaxNumber ?? ""), new XElement($"{who}Name", party.Name));

    private static XElement Line(InvoiceLine line) => new("IssuItemInformation",
        new XElement("ItemName", line.Name), new XElement("TaxClassificationCode", line.ClassCode), new XElement("Amount", $"{line.Net}"),
        new XElement("TaxRate", RateText(line.Rate)), new XElement("ComTaxAm", $"{line.Tax}"), new XElement("TotaltaxIncludedAmount", $"{line.Gross}"));

    /// <summary>0.06 of six per cent: what a part of ten thousand is in decimals.</summary>
    private static string RateText(Bps rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.Value / 10_000}.{rate.Value % 10_000:0000}");
}
