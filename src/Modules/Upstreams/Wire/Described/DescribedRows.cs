using System.Globalization;
using System.Text.Json;

namespace HaoSuan.Upstreams.Wire;

/// <summary>Reads what a described platform says.</summary>
internal static class DescribedRows
{
    extension(JsonElement element)
    {
        /// <summary>What stands at "data.order_id"; at "" the element itself.</summary>
        public JsonElement Find(string path) =>
            path.Length == 0 ? element : path.Split('.').Aggregate(element, (found, name) => found.At(name));

        public string? TextAt(string? path) => path is not null && element.Find(path).Said() is { Length: > 0 } said ? said : null;

        private string? Said() => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

        public bool Satisfies(IReadOnlyDictionary<string, IReadOnlyList<string>> conditions) =>
            conditions.All(c => element.TextAt(c.Key) is { } said && c.Value.Contains(said));

        /// <summary>Its fields as they are signed. What is nested in it no signature covers, so that it says nothing.</summary>
        public Dictionary<string, string> Fields() => element.ValueKind != JsonValueKind.Object ? []
            : element.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => p.Last().Value.Said() ?? "", StringComparer.Ordinal);
    }

    /// <summary>Null where it lacks what every report has.</summary>
    public static Snapshot? Read(JsonElement row, ReportRule rule, TimeKind times)
    {
        if (row.TextAt(rule.OrderNo) is not { } orderNo || row.TextAt(rule.UpstreamOrderNo) is not { } upstreamNo
            || row.TextAt(rule.Status) is not { } word)
        {
            return null;
        }
        var status = rule.Statuses.GetValueOrDefault(word);
        var settled = row.TextAt(rule.Settlement);
        var settlement = settled is null ? ReportRule.Nothing : rule.Settlements.GetValueOrDefault(settled);
        var topUps = Histories.TopUps(List(row, rule.TopUps));
        if (topUps.Count == 0 && Reading.Yuan(row.TextAt(rule.FirstTopUp)) is { } first) topUps = [new(1, first, null)];
        return new(orderNo, upstreamNo)
        {
            Status = Told(status),
            StrangeStatus = status is null ? word : settlement is null ? $"{rule.Settlement}={settled}" : null,
            StatusAt = At(rule.StatusAt),
            ShippedAt = At(rule.ShippedAt),
            ActivatedAt = At(rule.ActivatedAt),
            Settlement = Told(settlement),
            SettlementAt = At(rule.SettlementAt),
            Phone = row.TextAt(rule.Phone),
            Iccid = row.TextAt(rule.Iccid),
            Courier = row.TextAt(rule.Courier),
            TrackingNo = row.TextAt(rule.TrackingNo),
            Remark = row.TextAt(rule.Remark),
            TopUps = topUps,
            Stops = Histories.Stops(List(row, rule.Stops)),
            Months = Histories.Months(List(row, rule.Months)),
        };

        Instant? At(string? path) => Time(row.TextAt(path), times);
    }

    private static string? Told(string? fact) => fact == ReportRule.Nothing ? null : fact;

    // In a form a list is a field with JSON in it.
    private static JsonElement List(JsonElement row, string? path) => path is null ? default
        : row.Find(path) is { ValueKind: JsonValueKind.String } text ? Reading.Parse(text.GetString()) : row.Find(path);

    private static Instant? Time(string? text, TimeKind times) => times switch
    {
        TimeKind.Local => Reading.Local(text),
        TimeKind.UnixSeconds => Number(text) is > 0 and < 100_000_000_000 and var seconds ? new(seconds * Instant.MicrosecondsPerSecond) : null,
        TimeKind.UnixMilliseconds => Number(text) is > 0 and < 100_000_000_000_000 and var milliseconds ? new(milliseconds * 1000) : null,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
