using System.IO.Compression;
using System.Text;

namespace HaoSuan.Tests.Unit.Reconciling;

/// <summary>A small workbook, part by part, as spreadsheet programs write them.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public const string Row = """
        <row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>120.00000000000001</v></c><c r="C2" s="1"><v>46086.375</v></c></row>
        """;

    public static readonly IReadOnlyList<(string Name, byte[] Content)> Parts = Make(Row);

    public static byte[] Of(string rows, bool from1904 = false, string header = "") => Zip(Make(rows, from1904, header));

    public static byte[] With(int part, byte[] content) =>
        Zip([.. Parts.Select((p, i) => i == part ? (p.Name, content) : p)]);

    private static List<(string Name, byte[] Content)> Make(string rows, bool from1904 = false, string header = "") =>
    [
        Part("_rels/.rels", $"""
            <Relationships xmlns="{Package}"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>
            """),
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><workbookPr date1904="{(from1904 ? 1 : 0)}"/><sheets>
            <sheet name="封面" sheetId="1" r:id="rId1"/>
            <sheet name="隐藏" sheetId="3" state="hidden" r:id="rId2"/><sheet name="明细" sheetId="2" r:id="rId2"/>
            </sheets></workbook>
            """),
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{Relations}/worksheet" Target="worksheets/sheet2.xml"/>
            <Relationship Id="rId3" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>
            """),
        Part("xl/sharedStrings.xml", $"""
            <sst xmlns="{Main}"><si><t>订单号</t></si><si><r><t>佣</t></r><r><t>金</t></r><rPh sb="0" eb="1"><t>yong</t></rPh></si><si><t>A1</t></si></sst>
            """),
        Part("xl/worksheets/sheet1.xml", $"""
            <worksheet xmlns="{Main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>结算说明</t></is></c></row></sheetData></worksheet>
            """),
        Part("xl/worksheets/sheet2.xml", $"""
            <worksheet xmlns="{Main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
            <c r="C1" t="inlineStr"><is><t>激活时间</t></is></c><c r="D1" t="inlineStr"><is><t>手机号</t></is></c>
            <c r="E1" t="inlineStr"><is><t>ICCID</t></is></c>{header}</row>{rows}</sheetData></worksheet>
            """),
    ];

    private static (string Name, byte[] Content) Part(string name, string xml) => (name, Encoding.UTF8.GetBytes(xml));

    private static byte[] Zip(IReadOnlyList<(string Name, byte[] Content)> parts)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }
}
