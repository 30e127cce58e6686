using AngleSharp.Html.Dom;
using HaoSuan.Ui;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class TableTests
{
    private sealed record Sale(string No, Money Amount, int Count, Instant At);

    private static readonly Sale First = new("HS1", new(123450), 1200, new(1_772_672_400_000_000));
    private static readonly Sale Second = new("", new(-1), 0, new(1_772_672_400_000_000));

    private static readonly RenderFragment Columns = builder =>
    {
        builder.Column<Sale>("订单号", s => s.No);
        builder.Column<Sale>("佣金", s => s.Amount, total: new Money(123449));
        builder.Column<Sale>("数量", s => s.Count);
        builder.Column<Sale>("时间", s => s.At);
    };

    [Fact]
    public async Task Each_kind_of_value_is_written_in_its_own_way()
    {
        var rows = Rows(await TableAsync(First, Second));

        Assert.Equal(["HS1", "￥1,234.50", "1,200", "2026-03-05 09:00"], rows[0]);
        Assert.Equal(["—", "-￥0.01", "0", "2026-03-05 09:00"], rows[1]);
    }

    [Fact]
    public async Task Figures_stand_to_the_right_in_head_rows_and_total()
    {
        var table = await TableAsync(First);

        Assert.Equal(["佣金", "数量"], table.QuerySelectorAll("thead th.figure").Select(c => c.TextContent));
        Assert.Equal(["￥1,234.50", "1,200"], table.QuerySelectorAll("tbody td.figure").Select(c => c.TextContent.Trim()));
        Assert.Equal("￥1,234.49", table.QuerySelector("tfoot td.figure")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_card_on_a_phone_labels_each_value_with_its_column() =>
        Assert.Equal(["订单号", "佣金", "数量", "时间"],
            (await TableAsync(First)).QuerySelectorAll("tbody td").Select(c => c.GetAttribute("data-label")));

    [Fact]
    public async Task The_total_is_called_so_and_labelled_for_the_phone()
    {
        var foot = (await TableAsync(First)).QuerySelectorAll("tfoot td");

        Assert.Equal("合计", foot[0].TextContent);
        Assert.Equal("合计 佣金", foot[1].GetAttribute("data-label"));
    }

    [Fact]
    public async Task A_row_leads_where_it_should()
    {
        var page = await Rendered.PageAsync<Table<Sale>>(
            new { Items = new[] { First }, ChildContent = Columns, Href = (Func<Sale, string>)(s => $"/office/orders/{s.No}") });

        Assert.Equal("/office/orders/HS1", page.QuerySelector("tbody td:first-child a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_rows_it_says_what_to_do()
    {
        var page = await Rendered.PageAsync<Table<Sale>>(
            new { Items = Array.Empty<Sale>(), ChildContent = Columns, Empty = "还没有订单", EmptyHint = "先发推广链接。" });

        Assert.Null(page.QuerySelector("table"));
        Assert.Equal("还没有订单", page.QuerySelector(".empty-title")!.TextContent);
        Assert.Equal("先发推广链接。", page.QuerySelector(".empty-hint")!.TextContent);
    }

    private static Task<IHtmlDocument> TableAsync(params Sale[] sales) =>
        Rendered.PageAsync<Table<Sale>>(new { Items = sales, ChildContent = Columns });

    private static List<string[]> Rows(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("tbody tr").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray())];
}
