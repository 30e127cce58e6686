using System.IO.Compression;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class WorkbookTests
{
    [Fact]
    public void The_sheet_with_the_header_is_found_and_read()
    {
        var rows = Sheet.Read(Workbooks.Of(Workbooks.Row)).Value;

        Assert.Equal("明细", rows.SheetName);
        Assert.Equal(("A1", "120.00", new DateOnly(2026, 3, 5).DayNumber, 2),
            rows.Entries.Single() is var e ? (e.Reference, e.Amount.ToString(), e.Day, e.Row) : default);
    }

    [Theory]
    [InlineData("18676397250", "18676397250")]
    [InlineData("1.867639725E10", "18676397250")]
    [InlineData("1.8676397250E+10", "18676397250")]
    public void A_phone_stored_as_a_number_keeps_its_digits(string number, string phone) =>
        Assert.Equal(phone, Read($"<c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>{number}</v></c>").Value.Entries.Single().Phone.ToString());

    [Theory]
    [InlineData("<c r=\"E2\"><v>8.9865578093840249E+19</v></c>")]
    [InlineData("<c r=\"E2\"><v>89865578093840249697</v></c>")]
    [InlineData("<c r=\"E2\"><v>8986557809384024</v></c>")]
    [InlineData("<c r=\"E2\" t=\"inlineStr\"><is><t>8.98656E+19</t></is></c>")]
    public void A_number_with_more_digits_than_a_spreadsheet_keeps_is_refused_with_row_and_column(string cell)
    {
        var refusal = Read("<c r=\"B2\"><v>1</v></c>" + cell).Refusals.Single();

        Assert.Equal(("sheets.scientific", 2, "E"), (refusal.Code, (int)refusal.Arguments[0], (string)refusal.Arguments[1]));
    }

    [Theory]
    [InlineData("150.49999999999997", "150.50")]
    [InlineData("89.990000000000009", "89.99")]
    [InlineData("1.2E2", "120.00")]
    [InlineData("-5", "-5.00")]
    public void The_noise_behind_an_amount_is_read_over(string number, string amount) =>
        Assert.Equal(amount, Read($"<c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>{number}</v></c>").Value.Entries.Single().Amount.ToString());

    [Fact]
    public void Days_are_counted_from_1904_where_the_workbook_says_so() =>
        Assert.Equal(new DateOnly(2026, 3, 5).DayNumber + 1462, Sheet.Read(Workbooks.Of(Workbooks.Row, from1904: true)).Value.Entries.Single().Day);

    [Fact]
    public void A_formula_counts_by_its_value_and_without_one_is_refused()
    {
        Assert.Equal("7.00", Read("<c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><f>3+4</f><v>7</v></c>").Value.Entries.Single().Amount.ToString());
        Assert.Equal(("sheets.formula_without_value", "B"), Read("<c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><f>3+4</f></c>").Refusals.Single() is var r
            ? (r.Code, (string)r.Arguments[1]) : default);
    }

    [Fact]
    public void Rows_and_cells_that_are_left_out_of_the_file_are_empty()
    {
        var entry = Sheet.Read(Workbooks.Of("<row r=\"9\"><c r=\"B9\"><v>1</v></c><c r=\"D9\" t=\"str\"><v>18676397250</v></c></row>")).Value.Entries.Single();

        Assert.Equal((9, "18676397250"), (entry.Row, entry.Reference));
    }

    [Fact]
    public void Of_several_sheets_the_template_names_one()
    {
        var bytes = Workbooks.Of(Workbooks.Row);

        Assert.Equal("sheets.no_such_sheet", Sheet.Read(bytes, new() { Sheet = "别的" }).Refusals.Single().Code);
        Assert.Equal("sheets.no_header", Sheet.Read(bytes, new() { Sheet = "封面" }).Refusals.Single().Code);
        Assert.Single(Sheet.Read(bytes, new() { Sheet = "明细" }).Value.Entries);
    }

    [Fact]
    public void A_workbook_of_differences_keeps_long_numbers_as_text()
    {
        Entry[] lines = [Entry.Expect("202603000000000012345", new(12050), "89865578093840249697", "18676397250")];
        using MemoryStream stream = new();
        DifferenceWorkbook.Write(stream, Matching.Run(lines, []), System.Globalization.CultureInfo.GetCultureInfo("zh"));

        using ZipArchive zip = new(stream, ZipArchiveMode.Read);
        var workbook = Text(zip, "xl/workbook.xml");
        foreach (var name in (string[])["汇总", "一致", "金额不符", "漏结", "状态不符", "多结", "重复结算", "其他账期", "扣回", "待人工判断"])
            Assert.Contains($"name=\"{name}\"", workbook, StringComparison.Ordinal);
        var missing = Text(zip, "xl/worksheets/sheet4.xml");
        Assert.Matches("t=\"str\"[^>]*><x:v>89865578093840249697<", missing);
        Assert.Matches("<x:v>120.5</x:v>", missing);
    }

    private static Result<SheetRows> Read(string cells) =>
        Sheet.Read(Workbooks.Of($"<row r=\"2\">{(cells.Contains("A2", StringComparison.Ordinal) ? "" : "<c r=\"A2\" t=\"s\"><v>2</v></c>")}{cells}</row>"));

    private static string Text(ZipArchive zip, string name)
    {
        using StreamReader reader = new(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
