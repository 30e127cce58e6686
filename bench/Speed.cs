using System.Globalization;

namespace HaoSuan.Bench;

/// <summary>How many a second, and how long one took: the middle one and the slowest but one in a hundred.</summary>
internal sealed record Speed(double Rate, double Median, double Slow)
{
    public static Speed Of(IEnumerable<double> milliseconds, double seconds)
    {
        var sorted = milliseconds.Order().ToList();
        return new(sorted.Count / seconds, sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate:N0}/s, p50 {Median:F1} ms, p99 {Slow:F1} ms");
}
