using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace HaoSuan.Platform.Sheets;

/// <summary>
/// A workbook, read cell by cell as it is stored. Libraries hand out what Excel would show, a date or a binary fraction, by
/// guessing from formats; reconciliation needs the digits that stand in the file.
/// </summary>
internal sealed class XlsxTable : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const int MostRows = 1_048_576;
    private const int MostColumns = 16_384;
    private const long MostCharacters = 2_000_000_000;
    private const long MostSharedCharacters = 400_000_000;
    private const double FirstInexact = 1e15;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public XlsxTable(byte[] bytes)
    {
        _zip = new(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        var workbook = ReadRelations("_rels/.rels", "").FirstOrDefault(r => r.Type == "officeDocument").Target ?? "xl/workbook.xml";
        var slash = workbook.LastIndexOf('/');
        var (folder, file) = (workbook[..Math.Max(0, slash)], workbook[(slash + 1)..]);
        foreach (var (id, type, target) in ReadRelations($"{folder}/_rels/{file}.rels", folder))
        {
            _parts[id] = target;
            if (type == "sharedStrings") ReadTexts(target);
        }
        ReadWorkbook(workbook);
    }

    /// <summary>The visible sheets, in the order of the tabs.</summary>
    public List<(string Name, string Part)> Sheets { get; } = [];

    /// <summary>Whether days are counted from 1904, as old Macs did.</summary>
    public bool From1904 { get; private set; }

    public void Dispose() => _zip.Dispose();

    public IEnumerable<TableRow> Read(string part)
    {
        using var xml = Open(part) ?? throw new InvalidDataException($"{part} is missing");
        var cells = new string?[32];
        var number = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row" || !IsMain(xml)) continue;
            number = Index(xml.GetAttribute("r"), number + 1, MostRows);
            Array.Clear(cells);
            var (count, fault) = xml.IsEmptyElement ? (0, null) : ReadRow(xml, ref cells);
            yield return new(number, new(cells, 0, count), fault);
        }
    }

    private (int Count, CellFault? Fault) ReadRow(XmlReader xml, ref string?[] cells)
    {
        var (count, column) = (0, -1);
        CellFault? fault = null;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c" || !IsMain(xml)) continue;
            column = ColumnOf(xml.GetAttribute("r"), column + 1);
            if (column >= cells.Length) Array.Resize(ref cells, Math.Min(MostColumns, Math.Max(column + 1, cells.Length * 2)));
            var (text, unfinished) = ReadCell(xml);
            if (unfinished) fault ??= new("sheets.formula_without_value", column);
            cells[column] = text;
            count = Math.Max(count, column + 1);
        }
        return (count, fault);
    }

    private (string? Text, bool Unfinished) ReadCell(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        if (xml.IsEmptyElement) return default;
        string? value = null;
        StringBuilder? inline = null;
        var formula = false;
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh") xml.Skip();
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "v") value = xml.ReadElementContentAsString();
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
                (inline ??= new()).Append(xml.ReadElementContentAsString());
            else
            {
                formula |= xml.NodeType == XmlNodeType.Element && xml.LocalName == "f";
                xml.Read();
            }
        }
        return (inline?.ToString() ?? TextOf(type, value), formula && value is null && inline is null);
    }

    private string? TextOf(string? type, string? value) => type switch
    {
        _ when value is null => null,
        "s" => _texts[Index(value, -1, _texts.Count - 1, least: 0)],
        "b" => value == "1" ? "TRUE" : "FALSE",
        null or "n" => NumberText(value),
        _ => value,
    };

    /// <summary>A spreadsheet keeps 15 digits: what is behind them is noise, and a whole number with more has lost some.</summary>
    private static string NumberText(string value)
    {
        var read = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!read || !double.IsFinite(number)) return value;
        return Math.Abs(number) >= FirstInexact
            ? number.ToString("0.##############E+0", CultureInfo.InvariantCulture)
            : Math.Round((decimal)number, 9).ToString("0.#########", CultureInfo.InvariantCulture);
    }

    private void ReadWorkbook(string part)
    {
        using var xml = Open(part) ?? throw new InvalidDataException("No workbook");
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") From1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet" || xml.GetAttribute("state") is "hidden" or "veryHidden") continue;
            var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
            if (id is not null && _parts.TryGetValue(id, out var target)) Sheets.Add((xml.GetAttribute("name") ?? "", target));
        }
    }

    private void ReadTexts(string part)
    {
        using var xml = Open(part, MostSharedCharacters);
        StringBuilder text = new();
        while (xml is not null && !xml.EOF)
        {
            var (element, name) = (xml.NodeType == XmlNodeType.Element, xml.LocalName);
            if (element && name == "rPh") xml.Skip();
            else if (element && name == "t") text.Append(xml.ReadElementContentAsString());
            else
            {
                if (name == "si" && (xml.NodeType == XmlNodeType.EndElement || xml.IsEmptyElement))
                {
                    _texts.Add(text.ToString());
                    text.Clear();
                }
                xml.Read();
            }
        }
    }

    private List<(string Id, string Type, string Target)> ReadRelations(string part, string folder)
    {
        List<(string, string, string)> relations = [];
        using var xml = Open(part.TrimStart('/'));
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship") continue;
            var (type, target) = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "");
            if (target.StartsWith('/')) target = target[1..];
            else if (folder.Length > 0) target = $"{folder}/{target}";
            relations.Add((xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], target));
        }
        return relations;
    }

    private XmlReader? Open(string part, long most = MostCharacters) => _zip.GetEntry(part) is { } entry
        ? XmlReader.Create(entry.Open(), new()
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = most,
        })
        : null;

    private static bool IsMain(XmlReader xml) => xml.NamespaceURI is Main or StrictMain;

    private static int Index(string? text, int otherwise, int most, int least = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : text is null && otherwise <= most ? otherwise
        : throw new InvalidDataException($"{text} is beyond the sheet");

    private static int ColumnOf(string? reference, int otherwise)
    {
        var column = reference is null ? otherwise : Settling.Reconciling.ColumnLetters.Find(reference.TrimEnd("0123456789".ToCharArray()));
        return column is >= 0 and < MostColumns ? column : throw new InvalidDataException($"{reference} is beyond the sheet");
    }
}
