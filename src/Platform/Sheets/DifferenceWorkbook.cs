using System.Globalization;
using HaoSuan.Settling.Reconciling;
using MiniExcelLibs;

namespace HaoSuan.Platform.Sheets;

/// <summary>Writes a reconciliation as a workbook: one sheet for each class. Numbers of orders, cards and phones are text, so
/// that no spreadsheet program rounds them.</summary>
public static class DifferenceWorkbook
{
    private const int RowsOfSheet = 1_000_000;

    private static readonly (string Name, Func<Reconciliation, Finding, Entry?, Entry?, object?> Value)[] Columns =
    [
        ("order", (_, _, line, _) => line?.OrderText),
        ("reference", (_, _, _, row) => row?.Reference),
        ("iccid", (_, _, line, row) => Text(row?.Iccid) ?? Text(line?.Iccid)),
        ("phone", (_, _, line, row) => Text(row?.Phone) ?? Text(line?.Phone)),
        ("expected", (_, _, line, _) => Yuan(line?.Amount)),
        ("sheet", (_, _, _, row) => Yuan(row?.Amount)),
        ("effect", (_, finding, _, _) => Yuan(finding.Effect)),
        ("our_status", (_, _, line, _) => line?.Status),
        ("sheet_status", (_, _, _, row) => row?.Status),
        ("period", (_, _, line, row) => (row?.Period ?? line?.Period)?.ToString()),
        ("our_row", (_, _, line, _) => line?.Row),
        ("sheet_row", (_, _, _, row) => row?.Row),
    ];

    public static void Write(Stream stream, Reconciliation reconciliation, CultureInfo? culture = null)
    {
        Dictionary<string, object> sheets = new() { [SheetTexts.Word("out.summary", culture)] = Summary(reconciliation, culture) };
        foreach (var difference in Enum.GetValues<Difference>())
        {
            var name = SheetTexts.Word($"class.{difference}", culture);
            var parts = Math.Max(1, (reconciliation[difference].Count + RowsOfSheet - 1) / RowsOfSheet);
            for (var part = 0; part < parts; part++)
            {
                var findings = reconciliation.Of(difference).Skip(part * RowsOfSheet).Take(RowsOfSheet);
                sheets[part == 0 ? name : $"{name} ({part + 1})"] = RowsOf(reconciliation, findings, culture);
            }
        }
        stream.SaveAs(sheets);
    }

    private static List<Dictionary<string, object?>> Summary(Reconciliation reconciliation, CultureInfo? culture)
    {
        List<Dictionary<string, object?>> rows = [Line("out.expected_total", reconciliation.Lines.Count, reconciliation.ExpectedTotal)];
        foreach (var difference in Enum.GetValues<Difference>())
            rows.Add(Line($"class.{difference}", reconciliation[difference].Count, reconciliation[difference].Effect));
        rows.Add(Line("out.sheet_total", reconciliation.Rows.Count, reconciliation.SheetTotal));
        return rows;

        Dictionary<string, object?> Line(string name, int count, Money amount) => new()
        {
            [SheetTexts.Word("out.item", culture)] = SheetTexts.Word(name, culture),
            [SheetTexts.Word("out.count", culture)] = count,
            [SheetTexts.Word("out.amount", culture)] = Yuan(amount),
        };
    }

    /// <summary>Without findings the sheet has its headers and one empty row: the writer takes the headers from the first.</summary>
    private static IEnumerable<Dictionary<string, object?>> RowsOf(
        Reconciliation reconciliation, IEnumerable<Finding> findings, CultureInfo? culture)
    {
        var headers = Array.ConvertAll(Columns, column => SheetTexts.Word($"out.{column.Name}", culture));
        var any = false;
        foreach (var finding in findings)
        {
            any = true;
            Entry? line = finding.Line >= 0 ? reconciliation.Lines[finding.Line] : null;
            Entry? row = finding.Row >= 0 ? reconciliation.Rows[finding.Row] : null;
            yield return RowOf(headers, column => column(reconciliation, finding, line, row));
        }
        if (!any) yield return RowOf(headers, _ => null);
    }

    private static Dictionary<string, object?> RowOf(
        string[] headers, Func<Func<Reconciliation, Finding, Entry?, Entry?, object?>, object?> value)
    {
        Dictionary<string, object?> row = [];
        for (var i = 0; i < headers.Length; i++) row[headers[i]] = value(Columns[i].Value);
        return row;
    }

    private static string? Text(Code? code) => code is { IsNone: false } some ? some.ToString() : null;

    private static object? Yuan(Money? amount) => amount is { } money ? money.Minor / 100m : null;
}
