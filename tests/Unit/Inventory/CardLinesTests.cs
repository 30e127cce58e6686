using System.Text;
using HaoSuan.Inventory;
using HaoSuan.Platform.Sheets;
using MiniExcelLibs;
using Xunit;

namespace HaoSuan.Tests.Unit.Inventory;

public sealed class CardLinesTests
{
    private const string First = "89860112345678900001";
    private const string Second = "8986011234567890000A";

    [Fact]
    public void Scanned_cards_stand_one_on_a_line_or_beside_each_other() =>
        Assert.Equal([new(1, First), new(3, Second)], CardLines.Of($"{First}\r\n\n {Second.ToLowerInvariant()},").Value);

    [Fact]
    public void A_card_that_was_scanned_twice_is_one_where_cards_are_counted_and_a_fault_where_they_are_booked()
    {
        var twice = $"{First}\n{Second}\n{First}";

        Assert.Equal([new(1, First), new(2, Second)], CardLines.Of(twice, twiceIsOne: true).Value);
        Assert.Equal("inventory.line_card_twice", Assert.Single(CardLines.Of(twice).Refusals).Code);
    }

    [Fact]
    public void The_column_is_the_one_whose_heading_names_the_card()
    {
        var csv = Encoding.UTF8.GetBytes($"序号,卡串号,备注\n1,{First},好\n2,{Second},\n");

        Assert.Equal([new(2, First), new(3, Second)], Read(csv).Value);
    }

    [Fact]
    public void Without_headings_it_is_the_first_one() => Assert.Equal([new(1, First)], Read(Encoding.UTF8.GetBytes($"{First}\t一号仓")).Value);

    [Fact]
    public void A_workbook_is_read_and_a_number_that_a_spreadsheet_has_rounded_is_refused_by_its_line()
    {
        using MemoryStream book = new();
        book.SaveAs(new[] { new { ICCID = (object)First }, new { ICCID = (object)8.9860112345678901e19 } });

        var refused = Read(book.ToArray()).Refusals;

        Assert.Equal(("inventory.line_no_iccid", 3), (Assert.Single(refused).Code, (int)refused[0].Arguments[0]));
    }

    [Fact]
    public void Chinese_encodings_are_told_apart() =>
        Assert.Equal(First, Read(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes($"卡号;仓库\n{First};广州仓\n")).Value[0].Iccid);

    [Fact]
    public void A_thousand_bad_lines_are_told_by_the_first_ones_and_a_number()
    {
        var refused = CardLines.Of(string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"{i}"))).Refusals;

        Assert.Equal(("inventory.more_faults", 950), (refused[^1].Code, (int)refused[^1].Arguments[0]));
    }

    private static Result<IReadOnlyList<CardLine>> Read(byte[] file) => CardLines.Of(SheetLines.Read(file).Value);
}
