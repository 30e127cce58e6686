namespace HaoSuan.Ui;

/// <summary>
/// A statement or report (单据) as it is handed out: what stands at its head, and its tables. One content for the page
/// (<see cref="PaperTables"/>), the workbook (<see cref="PaperWorkbook"/>) and the PDF (<see cref="PaperPdf"/>), so that no two of them differ.
/// </summary>
/// <param name="Title">Like 2026 年 9 月对账单.</param>
/// <param name="For">Whose it is.</param>
/// <param name="Head">Names and values; values as in a <see cref="PaperTable"/>.</param>
public sealed record Paper(string Title, string For, IReadOnlyList<(string Label, object Value)> Head, IReadOnlyList<PaperTable> Tables);

/// <summary>A table of a paper: cells are money, moments, dates, months, numbers, text or nothing.</summary>
/// <param name="Name">Short: it also names the workbook's sheet.</param>
/// <param name="Columns">Their titles.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
/// <param name="Totals">The last line; null where nothing is summed up.</param>
/// <param name="Empty">What is said when there is no row.</param>
/// <param name="Links">On the page: where each row leads to.</param>
public sealed record PaperTable(
    string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, IReadOnlyList<object?>? Totals, string Empty,
    IReadOnlyList<string>? Links = null)
{
    /// <param name="name">As above.</param>
    /// <param name="items">One row each.</param>
    /// <param name="empty">As above.</param>
    /// <param name="columns">Title, cell, and the sum where there is one.</param>
    /// <param name="href">Where an item's row leads to.</param>
    public static PaperTable Of<T>(
        string name, IReadOnlyCollection<T> items, string empty, IReadOnlyList<(string Title, Func<T, object?> Cell, object? Total)> columns,
        Func<T, string>? href = null) => new(
            name,
            [.. columns.Select(c => c.Title)],
            [.. items.Select(item => (IReadOnlyList<object?>)[.. columns.Select(c => c.Cell(item))])],
            items.Count > 0 && columns.Any(c => c.Total is not null) ? [.. columns.Select((c, i) => i == 0 ? "合计" : c.Total)] : null,
            empty,
            href is null ? null : [.. items.Select(href)]);
}
