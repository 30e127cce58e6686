using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using CsvHelper;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Platform.Sheets;

/// <summary>A file of accounts, read: its entries, how it was read, and what proves which file it was.</summary>
public sealed record SheetRows(string Hash, string? SheetName, Layout Layout, IReadOnlyList<Entry> Entries)
{
    /// <summary>The cells of each entry as the file has them, one JSON array each; empty unless asked for.</summary>
    public IReadOnlyList<string> Raw { get; init; } = [];
}

/// <summary>Reads csv (UTF-8, GB18030, UTF-16) and xlsx. Whatever the bytes are, it gives rows or says what is wrong where.</summary>
public static class Sheet
{
    private static readonly JsonSerializerOptions RawCells = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Without a template the columns are told from the words of the header: look at <see cref="SheetRows.Layout"/>
    /// before anything is booked.</summary>
    public static Result<SheetRows> Read(byte[] bytes, SheetTemplate? template = null, Side side = Side.Theirs, bool keepRaw = false)
    {
        try
        {
            if (bytes is [0xD0, 0xCF, 0x11, 0xE0, ..]) return new Refusal("sheets.old_workbook");
            var tables = TablesOf(bytes);
            using var owner = tables.Owner;
            var found = Find(tables.All, template, side);
            if (!found.TryGet(out var table, out var refusals)) return refusals.ToList();
            return Read(table, side, keepRaw).TryGet(out var rows, out refusals)
                ? rows with { Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) }
                : refusals.ToList();
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

    public static async Task<Result<SheetRows>> Read(Stream stream, SheetTemplate? template = null, Side side = Side.Theirs,
        bool keepRaw = false, CancellationToken cancel = default)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes, cancel);
        return Read(bytes.ToArray(), template, side, keepRaw);
    }

    /// <summary>One table that the file can be taken for: a sheet of a workbook, or text in one encoding with one delimiter.</summary>
    private sealed record Table(string? Name, bool From1904, IEnumerable<TableRow> Rows)
    {
        public Layout? Layout { get; init; }
    }

    private static (IDisposable? Owner, IReadOnlyList<Table> All) TablesOf(byte[] bytes)
    {
        if (bytes is not [(byte)'P', (byte)'K', 3, 4, ..])
        {
            return (null, [.. from encoding in CsvTable.EncodingsOf(bytes)
                              from delimiter in CsvTable.Delimiters
                              select new Table(null, false, CsvTable.Read(bytes, encoding.Skip, encoding.Encoding, delimiter))]);
        }
        XlsxTable workbook = new(bytes);
        return (workbook, [.. workbook.Sheets.Select(sheet => new Table(sheet.Name, workbook.From1904, workbook.Read(sheet.Part)))]);
    }

    /// <summary>The table that has the columns. A workbook may have only one such sheet, unless the template names it.</summary>
    private static Result<Table> Find(IReadOnlyList<Table> tables, SheetTemplate? template, Side side)
    {
        List<Table> found = [];
        IReadOnlyList<Refusal> first = [new Refusal("sheets.no_header")];
        var named = tables.Where(t => template?.Sheet is not { } name || t.Name is null || t.Name == name).ToList();
        if (named.Count == 0) return new Refusal("sheets.no_such_sheet", template?.Sheet ?? "");
        foreach (var table in named)
        {
            var layout = LayOut(table, template, side);
            if (layout.TryGet(out var fits, out var refusals)) found.Add(table with { Layout = fits });
            else if (table == named[0] || (SaysLittle(first) && !SaysLittle(refusals))) first = refusals;
            if (found.Count > 0 && table.Name is null) break;
        }
        return found.Count switch
        {
            0 => first.ToList(),
            1 => found[0],
            _ => new Refusal("sheets.several_sheets", string.Join(", ", found.Select(t => t.Name))),
        };
    }

    private static bool SaysLittle(IReadOnlyList<Refusal> refusals) =>
        refusals[0].Code is "sheets.no_header" or "sheets.template_fits_no_row" or "sheets.not_text";

    private static Result<Layout> LayOut(Table table, SheetTemplate? template, Side side)
    {
        try
        {
            var firstRows = table.Rows.Take(Layout.HeaderWithin).Select(row => row.Cells.ToArray()).ToList();
            return template is null || template.Columns.Count == 0 ? Layout.Propose(firstRows, side) : Layout.Of(template, firstRows);
        }
        catch (DecoderFallbackException)
        {
            return new Refusal("sheets.not_text");
        }
    }

    private static Result<SheetRows> Read(Table table, Side side, bool keepRaw)
    {
        RowReader reader = new(table.Layout!, side, table.From1904);
        List<string> raw = [];
        foreach (var row in table.Rows)
        {
            if (row.Fault is { } fault && row.Number > table.Layout!.HeaderRow) reader.Fault(fault.Code, row.Number, fault.Column);
            var before = reader.Count;
            reader.Read(row.Number, row.Cells);
            if (keepRaw && reader.Count > before) raw.Add(JsonSerializer.Serialize(row.Cells, RawCells));
        }
        return reader.Finish().TryGet(out var entries, out var refusals)
            ? new SheetRows("", table.Name, table.Layout!, entries) { Raw = raw }
            : refusals.ToList();
    }
}
