using System.Globalization;

namespace HaoSuan.Ui;

/// <summary>A paper's cells as text.</summary>
internal static class PaperText
{
    public static string Of(object? value, Zone zone) => value switch
    {
        null => "",
        Money amount => YuanText.Of(amount),
        Instant at => Moments.Text(at, zone),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        int or long => ((IFormattable)value).ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
