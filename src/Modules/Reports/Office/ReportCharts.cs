namespace HaoSuan.Reports;

/// <summary>The report's charts, as options of ECharts. A chart counts in yuan; the tables beside it have the fen.</summary>
internal static class ReportCharts
{
    private const int MostProducts = 12;

    public static object Trend(IReadOnlyList<MonthSummary> months) => new
    {
        legend = new { },
        xAxis = new { type = "category", data = months.Select(m => $"{m.Month}") },
        yAxis = new { type = "value" },
        series = new object[]
        {
            new { type = "bar", name = "收入", data = months.Select(m => Yuan(m.Income)) },
            new { type = "bar", name = "支出", data = months.Select(m => Yuan(m.Expenses)) },
            new { type = "line", name = "毛利", data = months.Select(m => Yuan(m.Margin)) },
        },
    };

    public static object Roles(MonthFigures f)
    {
        (string Name, Money Amount)[] roles = [("销售", f.Sale), ("级差", f.Spread), ("平级", f.Peer), ("奖励", f.Bonus), ("违约金", -f.Penalty)];
        return new
        {
            xAxis = new { type = "category", data = roles.Select(r => r.Name), axisLabel = new { interval = 0 } },
            yAxis = new { type = "value" },
            series = new[] { new { type = "bar", name = "佣金", data = roles.Select(r => Yuan(r.Amount)) } },
        };
    }

    public static object Margins(IReadOnlyList<MarginRow> rows)
    {
        var shown = rows.Take(MostProducts).Reverse().ToList();
        return new
        {
            xAxis = new { type = "value", splitNumber = 3 },
            yAxis = new { type = "category", data = shown.Select(r => r.Name) },
            series = new[] { new { type = "bar", name = "毛利", data = shown.Select(r => Yuan(r.Margin)) } },
        };
    }

    private static decimal Yuan(Money amount) => amount.Minor / 100m;
}
