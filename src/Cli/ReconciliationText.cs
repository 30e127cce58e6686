using System.Globalization;
using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Cli;

/// <summary>A reconciliation for the eye: how the sheet was read, the classes, the tie-out.</summary>
public static class ReconciliationText
{
    private const int NameWidth = 22;

    public static string Of(Reconciliation reconciliation, Layout layout, CultureInfo culture)
    {
        StringBuilder text = new();
        text.AppendLine(Word("text.columns", culture, Columns(layout, culture)));
        text.AppendLine(Word("text.counted", culture, reconciliation.Lines.Count, reconciliation.Rows.Count));
        text.AppendLine();
        foreach (var difference in Enum.GetValues<Difference>())
        {
            var sum = reconciliation[difference];
            var name = SheetTexts.Word($"class.{difference}", culture);
            text.AppendLine(CultureInfo.InvariantCulture, $"{Padded(name)}{sum.Count,12}{sum.Effect,20}");
        }
        text.AppendLine();
        text.Append(Word("text.tie_out", culture, reconciliation.SheetTotal, reconciliation.ExpectedTotal, reconciliation.EffectTotal));
        return text.ToString();
    }

    private static string Columns(Layout layout, CultureInfo culture) =>
        string.Join(", ", from field in Enum.GetValues<Field>()
                          where layout.Has(field)
                          let column = layout.ColumnOf(field)
                          select $"{SheetTexts.Word($"field.{field}", culture)} = {layout.HeaderOf(column)} ({ColumnLetters.Of(column)})");

    private static string Word(string key, CultureInfo culture, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, SheetTexts.Word(key, culture), arguments);

    /// <summary>A Chinese character is as wide as two letters.</summary>
    private static string Padded(string text) => text + new string(' ', Math.Max(1, NameWidth - text.Sum(c => c > '\u2E80' ? 2 : 1)));
}
