using System.Globalization;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>Rows of the fact log, as Settling reads them.</summary>
internal static class FactReading
{
    /// <summary>In the sequence in which they happened; at one instant by source, so that it does not matter when they were learned.</summary>
    public static IReadOnlyList<Fact> Facts(IEnumerable<FactRow> rows)
    {
        FactRow[] sorted = [.. rows];
        Array.Sort(sorted, Compare);
        return Array.ConvertAll(sorted, Fact);
    }

    public static History History(OrderRow order, IEnumerable<FactRow> rows) => Settling.History.Of(order.OrderedAt, Facts(rows)).Value;

    public static RecordedFact Recorded(FactRow row) => new(
        row.Id, row.Kind, row.At, row.RecordedAt, row.Amount, row.ReadAttributes(), row.OfFact, row.Source, row.SourceId);

    private static int Compare(FactRow a, FactRow b)
    {
        var c = a.At.CompareTo(b.At);
        if (c == 0) c = string.CompareOrdinal(a.Source, b.Source);
        return c != 0 ? c : string.CompareOrdinal(a.SourceId, b.SourceId);
    }

    public static Fact Fact(FactRow row) => new(Text(row.Id), row.Kind, row.At)
    {
        RecordedAt = row.RecordedAt,
        Amount = row.Amount,
        Attributes = row.Attributes == "{}" ? [] : [.. row.ReadAttributes().Select(a => new Settling.Attribute(a.Key, Value(a.Value)))],
        Of = row.OfFact is { } of ? Text(of) : null,
    };

    // Tellers write text; a scheme's {"month":2} means the number.
    private static Scalar Value(string text) =>
        text is "true" or "false" || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text)
            ? Scalar.Literal(text)
            : Scalar.Of(text);

    private static string Text(FactId id) => id.Value.ToString("D", CultureInfo.InvariantCulture);
}
