using System.Globalization;
using System.Text;

namespace HaoSuan.Bench;

/// <summary>How the seconds of a run grow with its orders, both on logarithmic axes: whatever is linear is parallel to the dashed line.</summary>
internal static class Chart
{
    private const int Width = 650, Height = 400, Left = 70, Right = 40, Top = 30, Bottom = 55;

    public static void Write(string path, IReadOnlyList<(int Orders, double Seconds)> runs)
    {
        var (fewest, most) = (Decade(runs.Min(r => r.Orders), Math.Floor), Decade(runs.Max(r => r.Orders), Math.Ceiling));
        var (least, longest) = (Decade(runs.Min(r => r.Seconds), Math.Floor), Decade(runs.Max(r => r.Seconds), Math.Ceiling));
        double X(double orders) => Left + ((Width - Left - Right) * (Math.Log10(orders) - fewest) / (most - fewest));
        double Y(double seconds) => Height - Bottom - ((Height - Top - Bottom) * (Math.Log10(seconds) - least) / (longest - least));
        var (first, last) = (runs[0], runs[^1]);
        var linear = first.Seconds * last.Orders / first.Orders;
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12" fill="#333">""");
        Line(svg, $"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        for (var d = fewest; d <= most; d++)
        {
            Line(svg, $"""<line x1="{X(Math.Pow(10, d)):F1}" y1="{Top}" x2="{X(Math.Pow(10, d)):F1}" y2="{Height - Bottom}" stroke="#ddd"/>""");
            Line(svg, $"""<text x="{X(Math.Pow(10, d)):F1}" y="{Height - Bottom + 18}" text-anchor="middle">{Math.Pow(10, d):N0}</text>""");
        }
        for (var d = least; d <= longest; d++)
        {
            Line(svg, $"""<line x1="{Left}" y1="{Y(Math.Pow(10, d)):F1}" x2="{Width - Right}" y2="{Y(Math.Pow(10, d)):F1}" stroke="#ddd"/>""");
            Line(svg, $"""<text x="{Left - 8}" y="{Y(Math.Pow(10, d)) + 4:F1}" text-anchor="end">{Math.Pow(10, d):N0} s</text>""");
        }
        Line(svg, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 12}" text-anchor="middle">unsettled orders; dashed: linear</text>""");
        Line(svg, $"""<path d="M{X(first.Orders):F1} {Y(first.Seconds):F1} L{X(last.Orders):F1} {Y(linear):F1}" stroke="#888" stroke-dasharray="6 4"/>""");
        var points = string.Join(' ', runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{X(r.Orders):F1},{Y(r.Seconds):F1}")));
        Line(svg, $"""<polyline points="{points}" fill="none" stroke="#066fd1" stroke-width="2"/>""");
        foreach (var (orders, seconds) in runs)
        {
            Line(svg, $"""<circle cx="{X(orders):F1}" cy="{Y(seconds):F1}" r="4" fill="#066fd1"/>""");
            Line(svg, $"""<text x="{X(orders) - 8:F1}" y="{Y(seconds) - 8:F1}" text-anchor="end">{seconds:F1} s</text>""");
        }
        svg.AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private static double Decade(double value, Func<double, double> round) => round(Math.Log10(value));

    private static void Line(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
