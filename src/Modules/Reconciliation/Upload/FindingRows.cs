using HaoSuan.Settling.Reconciling;
using Comparison = HaoSuan.Settling.Reconciling.Reconciliation;

namespace HaoSuan.Reconciliation;

/// <summary>The findings of a comparison as rows: by class, then by name.</summary>
internal static class FindingRows
{
    private const int LongestReference = 80;

    public static IEnumerable<DifferenceRow> Of(SheetId sheet, Expected expected, Comparison comparison) =>
        Enum.GetValues<Difference>().SelectMany(comparison.Of)
            .Select((finding, i) => RowOf(sheet, i + 1, expected, comparison, finding));

    private static DifferenceRow RowOf(SheetId sheet, int number, Expected expected, Comparison comparison, Finding finding)
    {
        var line = finding.Line >= 0 ? expected.Lines[finding.Line] : null;
        Entry? row = finding.Row >= 0 ? comparison.Rows[finding.Row] : null;
        var disputed = line is not null && Outcome.AccountsForLine(finding.Difference) && finding.Difference != Difference.Matched
            ? expected.Disputes[line.Line.Key].FirstOrDefault()
            : null;
        var paid = row?.Amount ?? Money.Zero;
        return new()
        {
            SheetId = sheet,
            Number = number,
            Class = finding.Difference,
            OrderId = line?.Line.Key.OrderId,
            OrderNo = line?.Entry.OrderText,
            Stage = line?.Line.Key.Stage ?? row?.Stage ?? "",
            Instance = line?.Line.Key.Instance ?? "",
            RowNumber = row?.Row,
            Reference = Short(comparison.NameOf(finding)),
            Expected = paid - finding.Effect,
            Sheet = paid,
            Effect = finding.Effect,
            SheetStatus = row?.Status is { } status ? Short(status) : null,
            Period = row?.Period,
            EarnedOn = line?.Line.EarnedOn,
            Status = disputed is null ? DifferenceStatus.Open : DifferenceStatus.Disputed,
            Owner = disputed?.Owner,
            Due = disputed?.Due,
        };
    }

    private static string Short(string text) => text.Length <= LongestReference ? text : text[..LongestReference];
}
