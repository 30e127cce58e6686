using HaoSuan.Tests.Support;
using HaoSuan.Ui;
using Microsoft.AspNetCore.Http.HttpResults;
using MiniExcelLibs;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class PaperTests
{
    private static readonly IReadOnlyList<(int Number, Money Amount)> Lines = [.. Enumerable.Range(1, 120).Select(i => (i, new Money(i * 100)))];

    private static readonly Paper Long = new("2026 年 9 月对账单", "王五数码",
        [("期初余额", new Money(-12_345_67)), ("账期", new Month(2026, 9))],
        [
            PaperTable.Of("佣金明细", Lines, "没有",
            [
                ("入账时间", _ => new Instant(1_788_000_000_000_000), null), ("订单号", l => $"HS{l.Number:000}", null),
                ("摘要", l => l.Number == 7 ? string.Concat(Enumerable.Repeat("广电祥龙卡首充五十元", 12)) : "激活 · 销售佣金", null),
                ("金额", l => l.Amount, Lines.Aggregate(Money.Zero, (sum, l) => sum + l.Amount)),
            ]),
            PaperTable.Of("提现", new List<int>(), "本期没有提现到账", [("提现单号", i => i, null)]),
        ]);

    [Fact]
    public async Task A_table_goes_over_pages_with_its_head_and_each_page_has_its_number()
    {
        var pages = await PdfText.OfAsync(PaperPdf.Of(Long, Zone.Shanghai)!);

        Assert.True(pages.Count > 2);
        Assert.Contains("期初余额", pages[0], StringComparison.Ordinal);
        Assert.Contains("-￥12,345.67", pages[0], StringComparison.Ordinal);
        Assert.All(pages.SkipLast(1), p => Assert.Contains("入账时间", p, StringComparison.Ordinal));
        Assert.All(pages.Index(), p => Assert.Contains(
            $"第{p.Index + 1}/{pages.Count}页", p.Item.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 120), pages.SelectMany(p => p.Split('\n')).Where(l => l.Contains("HS", StringComparison.Ordinal))
            .Select(l => int.Parse(l.AsSpan(l.IndexOf("HS", StringComparison.Ordinal) + 2, 3))));
        Assert.Contains("￥7,260.00", pages[^1], StringComparison.Ordinal);
        Assert.Contains("本期没有提现到账", pages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_for_its_column_is_broken_and_not_cut()
    {
        var text = string.Concat(await PdfText.OfAsync(PaperPdf.Of(Long, Zone.Shanghai)!)).Replace(" ", "", StringComparison.Ordinal);

        Assert.Equal(12 * 10, text.Split("HS007")[1].Split("HS008")[0].Count("广电祥龙卡首充五十元".Contains)
            + text.Split("HS006")[1].Split("HS007")[0].Count("广电祥龙卡首充五十元".Contains));
    }

    [Fact]
    public void The_same_paper_is_the_same_pdf() => Assert.Equal(PaperPdf.Of(Long, Zone.Shanghai), PaperPdf.Of(Long, Zone.Shanghai));

    [Fact]
    public async Task Without_the_font_there_is_no_pdf_and_the_page_says_what_to_install()
    {
        string[] nothing = [AppContext.BaseDirectory, "/nowhere"];

        var answer = Assert.IsType<RazorComponentResult<NoFontPage>>(PaperFile.Of("pdf", Long, Zone.Shanghai, "statement", nothing));

        Assert.Equal(503, answer.StatusCode);
        Assert.Contains("apt-get install fonts-noto-cjk", await Rendered.HtmlAsync<NoFontPage>(new { }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_workbook_has_numbers_where_the_paper_has_amounts()
    {
        using var workbook = new MemoryStream(PaperWorkbook.Of(Long, Zone.Shanghai));

        Assert.Equal(["汇总", "佣金明细", "提现"], workbook.GetSheetNames());
        var rows = workbook.Query(useHeaderRow: true, sheetName: "佣金明细").Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(("HS001", 1d, 7260d), (rows[0]["订单号"], rows[0]["金额"], rows[^1]["金额"]));
        Assert.Equal("本期没有提现到账", workbook.Query(useHeaderRow: true, sheetName: "提现").Cast<IDictionary<string, object?>>().Single()["提现单号"]);
    }
}
