using MiniExcelLibs;

namespace HaoSuan.Ui;

/// <summary>A paper as a workbook: a sheet for its head, and one for each table. Amounts are numbers.</summary>
public static class PaperWorkbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static byte[] Of(Paper paper, Zone zone)
    {
        using var stream = new MemoryStream();
        Dictionary<string, object> sheets = new(StringComparer.Ordinal) { ["汇总"] = Head(paper, zone) };
        foreach (var table in paper.Tables) sheets[table.Name] = RowsOf(table, zone);
        stream.SaveAs(sheets);
        return stream.ToArray();
    }

    private static List<Dictionary<string, object?>> Head(Paper paper, Zone zone) =>
    [
        .. paper.Head.Prepend(("", paper.For)).Prepend(("", paper.Title))
            .Select(h => new Dictionary<string, object?> { ["项目"] = h.Item1, ["金额"] = Cell(h.Item2, zone) }),
    ];

    // A sheet takes its headers from its first row.
    private static List<Dictionary<string, object?>> RowsOf(PaperTable table, Zone zone)
    {
        if (table.Rows.Count == 0) return [new() { [table.Columns[0]] = table.Empty }];
        return [.. table.Rows.Concat(table.Totals is { } totals ? [totals] : [])
            .Select(row => table.Columns.Zip(row).ToDictionary(c => c.First, c => Cell(c.Second, zone), StringComparer.Ordinal))];
    }

    // A spreadsheet's number: exact with two decimals.
    private static object? Cell(object? value, Zone zone) => value switch
    {
        Money amount => amount.Minor / 100m,
        int or long => value,
        _ => PaperText.Of(value, zone),
    };
}
