using System.Text;
using System.Xml;
using CsvHelper;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Platform.Sheets;

/// <summary>A line of a file or of pasted text: its number, from 1, and its cells.</summary>
public sealed record SheetLine(int Number, IReadOnlyList<string> Cells);

/// <summary>Reads lists that have no template (numbers, cards): every line of a csv (UTF-8, GB18030, UTF-16) or of a workbook's first sheet.</summary>
public static class SheetLines
{
    private const int SampledBytes = 4096;

    public static Result<IReadOnlyList<SheetLine>> Read(byte[] bytes)
    {
        try
        {
            if (bytes is [0xD0, 0xCF, 0x11, 0xE0, ..]) return new Refusal("sheets.old_workbook");
            return bytes is [(byte)'P', (byte)'K', 3, 4, ..] ? OfWorkbook(bytes) : OfText(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new Refusal("sheets.not_text");
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or CsvFormatException or NotSupportedException
            or OverflowException or ArgumentException or FormatException or InvalidOperationException)
        {
            return new Refusal("sheets.broken", e.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Pasted lines, their cells apart by commas or tabs.</summary>
    public static IReadOnlyList<SheetLine> Of(string text) =>
        [.. text.Split('\n').Select((line, i) => new SheetLine(i + 1, [.. line.Split(',', '，', '\t').Select(Clean)]))];

    private static Result<IReadOnlyList<SheetLine>> OfWorkbook(byte[] bytes)
    {
        using XlsxTable workbook = new(bytes);
        return workbook.Sheets.Count == 0 ? new Refusal("sheets.broken", "xlsx") : Lines(workbook.Read(workbook.Sheets[0].Part));
    }

    private static Result<IReadOnlyList<SheetLine>> OfText(byte[] bytes)
    {
        var (encoding, skip) = CsvTable.EncodingsOf(bytes).First();
        var sample = new char[SampledBytes];
        // A character may be cut in two at the end of the sample: a decoder, unlike an encoding, waits for its rest.
        var length = encoding.GetDecoder().GetChars(bytes, skip, Math.Min(bytes.Length - skip, SampledBytes), sample, 0, flush: false);
        var delimiter = CsvTable.Delimiters.MaxBy(d => sample.AsSpan(0, length).Count(d));
        return Lines(CsvTable.Read(bytes, skip, encoding, delimiter));
    }

    private static Result<IReadOnlyList<SheetLine>> Lines(IEnumerable<TableRow> rows)
    {
        List<SheetLine> lines = [];
        List<Refusal> faults = [];
        foreach (var row in rows)
        {
            if (row.Fault is { Column: < 0 } unclosed) return new Refusal(unclosed.Code, row.Number);
            if (row.Fault is { } fault) faults.Add(new(fault.Code, row.Number, ColumnLetters.Of(fault.Column), ""));
            lines.Add(new(row.Number, [.. row.Cells.Select(c => Clean(c ?? ""))]));
        }
        if (faults.Count > 0) return faults;
        return lines;
    }

    private static string Clean(string cell) => cell.Trim().Trim('"', '\uFEFF').Trim();
}
