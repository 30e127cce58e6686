using System.Text.Json;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>Top-ups, stops and months of service as both upstreams list them.</summary>
internal static class Histories
{
    public static object[] TopUps(SandboxCard card) =>
        [.. card.TopUps.Select((t, i) => new { no = i + 1, amount = t.Amount.ToString(), at = Local(t.At) })];

    public static object[] Stops(SandboxCard card) =>
        [.. card.Stops.Select(s => new { kind = s.Kind, from = Local(s.From), until = s.Until is { } until ? Local(until) : "" })];

    public static object[] Months(SandboxCard card) =>
        [.. card.Months.Select(m => new { month = m.Key, in_service = m.Value.InService ? 1 : 0, at = Local(m.Value.At) })];

    public static string Write(object[] list) => list.Length == 0 ? "" : JsonSerializer.Serialize(list, Reading.Plain);

    private static string Local(Instant at) => Alipay.AlipayPlatform.Local(at);
}
