using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace HaoSuan.Ui;

/// <summary>How a value is written in a table: each kind in its own way, nothing at all as a dash.</summary>
internal static class CellValue
{
    public static bool IsFigure(object? value) => value is Money or int or long or Bps;

    public static RenderFragment Show(object? value) => builder =>
    {
        switch (value)
        {
            case Money amount:
                builder.OpenComponent<Yuan>(0);
                builder.AddAttribute(1, nameof(Yuan.Amount), amount);
                builder.CloseComponent();
                break;
            case Instant at:
                builder.OpenComponent<When>(2);
                builder.AddAttribute(3, nameof(When.At), at);
                builder.CloseComponent();
                break;
            case DateOnly date:
                builder.AddMarkupContent(4, $"<span class=\"when\">{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</span>");
                break;
            case int or long:
                builder.AddContent(4, ((IFormattable)value).ToString("#,0", CultureInfo.InvariantCulture));
                break;
            case null or "":
                builder.AddMarkupContent(5, "<span class=\"none\" aria-label=\"无\">—</span>");
                break;
            default:
                builder.AddContent(4, value.ToString());
                break;
        }
    };
}
