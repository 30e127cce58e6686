using System.Globalization;
using System.Text;
using CsvHelper;
using HaoSuan.Platform.Sheets;

namespace HaoSuan.Payouts;

/// <summary>A line of a file for the bank.</summary>
internal sealed record BankOrder(string Reference, string Holder, string Account, Money Amount);

/// <summary>What a bank says of a line. A reference that is empty could not be read.</summary>
/// <param name="Note">The bank's number of the payment, or why there is none.</param>
internal sealed record BankResult(int Line, string Reference, bool Paid, string Note);

/// <summary>How a bank takes payments in one file (批量代发), and tells in another what became of them.</summary>
internal interface IBankFormat
{
    /// <summary>As it is kept.</summary>
    string Key { get; }

    string Name { get; }

    string Extension { get; }

    byte[] Write(IReadOnlyList<BankOrder> orders);

    Result<IReadOnlyList<BankResult>> Read(byte[] content);
}

internal static class BankFormats
{
    public static readonly IReadOnlyList<IBankFormat> All = [new CommaFormat(), new FixedFormat()];

    public static IBankFormat? Find(string? key) => All.FirstOrDefault(f => f.Key == key);
}

/// <summary>
/// A csv file in UTF-8 with amounts in yuan, as most corporate bank portals import and export it. Results: 付款编号, 结果 (成功 or 失败), 流水号或原因; the
/// columns are found by their headings, others may stand between them.
/// </summary>
internal sealed class CommaFormat : IBankFormat
{
    public string Key => "csv";
    public string Name => "通用表格（CSV，UTF-8，元）";
    public string Extension => "csv";

    public byte[] Write(IReadOnlyList<BankOrder> orders)
    {
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.Preamble);
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
        {
            Row(csv, "付款编号", "收款人", "收款账号", "金额", "附言");
            foreach (var order in orders) Row(csv, order.Reference, order.Holder, order.Account, order.Amount.ToString(), PayoutWords.Remark);
        }
        return file.ToArray();
    }

    public Result<IReadOnlyList<BankResult>> Read(byte[] content)
    {
        if (!SheetLines.Read(content).TryGet(out var lines, out var refusals)) return refusals.ToList();
        if (lines.FirstOrDefault(l => l.Cells.Contains("付款编号")) is not { } head) return new Refusal("payouts.result_heading", "付款编号");
        var columns = head.Cells.Select((name, index) => (name, index)).ToLookup(c => c.name, c => c.index);
        var (reference, result) = (columns["付款编号"].First(), columns["结果"].Append(-1).First());
        var note = columns["流水号或原因"].Concat(columns["流水号"]).Append(-1).First();
        if (result < 0) return new Refusal("payouts.result_heading", "结果");
        List<BankResult> results = [];
        foreach (var line in lines.Where(l => l.Number > head.Number && l.Cells.Any(c => c.Length > 0)))
        {
            var said = Cell(line, result);
            if (said is not ("成功" or "失败")) return new Refusal("payouts.result_word", line.Number, said);
            results.Add(new(line.Number, Cell(line, reference), said == "成功", Cell(line, note)));
        }
        return results;
    }

    private static string Cell(SheetLine line, int column) => column >= 0 && column < line.Cells.Count ? line.Cells[column] : "";

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.EndRecord();
    }
}

/// <summary>
/// Text in GB18030 whose columns are counted in bytes, amounts in fen, as host-to-host agency payment (代发) takes it: a head with the sums (H), one
/// line for each payment (D). Results repeat the order: R, sequence 6, reference 32, code 4 (0000: paid), number of the payment 32, words 60.
/// </summary>
internal sealed class FixedFormat : IBankFormat
{
    private const int Sequence = 6, Reference = 32, Account = 32, Holder = 100, Fen = 15, Remark = 20, Code = 4, Number = 32, Words = 60;
    private const string Good = "0000";

    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public string Key => "fixed";
    public string Name => "代发定长文本（TXT，GB18030，分）";
    public string Extension => "txt";

    public byte[] Write(IReadOnlyList<BankOrder> orders)
    {
        using var file = new MemoryStream();
        Put(file, "H", (Digits(orders.Count, Sequence), Sequence), (Digits(orders.Sum(o => o.Amount.Minor), Fen), Fen));
        foreach (var (index, order) in orders.Index())
        {
            Put(file, "D", (Digits(index + 1, Sequence), Sequence), (order.Reference, Reference), (order.Account, Account), (order.Holder, Holder),
                (Digits(order.Amount.Minor, Fen), Fen), (PayoutWords.Remark, Remark));
        }
        return file.ToArray();
    }

    public Result<IReadOnlyList<BankResult>> Read(byte[] content)
    {
        List<BankResult> results = [];
        var number = 0;
        foreach (var range in ((ReadOnlySpan<byte>)content).Split((byte)'\n'))
        {
            number++;
            var line = content.AsSpan(range).TrimEnd((byte)'\r');
            if (line.IsEmpty || line[0] != 'R') continue;
            if (line.Length < 1 + Sequence + Reference + Code) return new Refusal("payouts.result_short", number, line.Length);
            var at = 1 + Sequence;
            var (reference, code) = (Take(line, ref at, Reference), Take(line, ref at, Code));
            var (paidAs, words) = (Take(line, ref at, Number), Take(line, ref at, Words));
            results.Add(new(number, reference, code == Good, code == Good ? paidAs : words.Length > 0 ? words : code));
        }
        return results.Count > 0 ? results : new Refusal("payouts.result_heading", "R");
    }

    private static void Put(MemoryStream file, string kind, params ReadOnlySpan<(string Text, int Width)> fields)
    {
        file.Write(Gb.GetBytes(kind));
        foreach (var (text, width) in fields)
        {
            var bytes = Gb.GetBytes(text);
            if (bytes.Length > width) throw new InvalidOperationException($"A field of {width} bytes is too short for what it should hold.");
            file.Write(bytes);
            for (var i = bytes.Length; i < width; i++) file.WriteByte((byte)' ');
        }
        file.Write("\r\n"u8);
    }

    private static string Take(ReadOnlySpan<byte> line, ref int at, int width)
    {
        var from = Math.Min(at, line.Length);
        at += width;
        return Gb.GetString(line[from..Math.Min(at, line.Length)]).Trim();
    }

    private static string Digits(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
