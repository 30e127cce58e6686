using System.IO.Compression;
using System.Text;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>A channel's file as lines: UTF-8 text of WeChat Pay, a zip of GB18030 texts of Alipay.</summary>
internal static class ReadBill
{
    /// <summary>More than any bill has, and less than a small file could be blown up to.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    private static readonly Encoding Gb18030 = FindGb18030();

    public static Result<BillLine[]> Of(string channel, BillKind kind, byte[] file)
    {
        try
        {
            return Lines(channel, kind, file).ToArray();
        }
        catch (BillFaultException fault)
        {
            return fault.Refusal;
        }
        catch (InvalidDataException)
        {
            return new Refusal("payments.bill_no_zip");
        }
    }

    private static IReadOnlyList<BillLine> Lines(string channel, BillKind kind, byte[] file)
    {
        if (channel == "wechat")
        {
            var text = Encoding.UTF8.GetString(file);
            return kind == BillKind.Trades ? WeChatBill.Trades(text) : WeChatBill.Funds(text);
        }
        var texts = Unzip(file);
        var details = Find(texts, totals: false);
        return kind == BillKind.Trades ? AlipayBill.Trades(details, Find(texts, totals: true)) : AlipayBill.Funds(details);
    }

    private static string Find(List<(string Name, string Text)> texts, bool totals) =>
        texts.Find(t => t.Name.Contains("汇总", StringComparison.Ordinal) == totals).Text ?? throw new BillFaultException(new("payments.bill_no_zip"));

    private static List<(string Name, string Text)> Unzip(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read, leaveOpen: false, Gb18030);
        if (zip.Entries.Sum(e => e.Length) > MostBytes) throw new BillFaultException(new("payments.bill_no_zip"));
        List<(string, string)> texts = [];
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
        {
            using var reader = new StreamReader(entry.Open(), Gb18030);
            texts.Add((entry.Name, reader.ReadToEnd()));
        }
        return texts;
    }

    private static Encoding FindGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }
}
