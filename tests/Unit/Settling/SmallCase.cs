using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>One order of D1 over D2, with whatever of the case file a test wants to say; its lines as short texts.</summary>
internal sealed record SmallCase
{
    public string When { get; init; } = """[{"fact":"activated"}]""";
    public string Release { get; init; } = """{"mode":"at_once"}""";
    public string Stage { get; init; } = "";
    public string Upstream { get; init; } = "\"12.00\"";
    public string Clawback { get; init; } = "[]";
    public string Scheme { get; init; } = "";
    public string Chain { get; init; } = Seats("\"10.00\"", "\"8.00\"");
    public string Order { get; init; } = "";
    public string Bonuses { get; init; } = "[]";
    public required string[] Facts { get; init; }

    public static string Seats(params string[] rates) =>
        "[" + string.Join(",", rates.Select((rate, i) => $$$"""{"distributor":"D{{{i + 1}}}","rates":{"s":{{{rate}}}}}""")) + "]";

    /// <summary>A fact by its id, kind and local time, and whatever else it has: "b topped_up 03-02T09:00 amount=5.00".</summary>
    private static string Fact(string text)
    {
        var words = text.Split(' ');
        var more = words.Skip(3).Select(word => word.Split('=')).Select(pair => $"\"{pair[0]}\":{Value(pair[0], pair[1])}");
        return "{" + string.Join(",", [$"\"id\":\"{words[0]}\"", $"\"fact\":\"{words[1]}\"", $"\"at\":\"{At(words[2])}\"", .. more]) + "}";
    }

    private static string Value(string key, string value) =>
        key == "recorded_at" ? $"\"{At(value)}\"" : key == "month" ? value : $"\"{value}\"";

    /// <summary>A local time of 2026 in Shanghai: "03-02" or "03-02T09:00".</summary>
    public static string At(string local) => $"2026-{(local.Contains('T', StringComparison.Ordinal) ? local : local + "T00:00")}:00+08:00";

    private string Json(string[] asOf) => $$"""
        {"format":"haosuan-case/1","currency":"CNY",
         "schemes":[{"product":"P","version":1,{{Scheme}}"clawback":{{Clawback}},
           "stages":[{"key":"s",{{Stage}}"upstream":{{Upstream}},"when":{{When}},"release":{{Release}}}]}],
         "orders":[{"id":"O","product":"P","scheme_version":1,"ordered_at":"{{At("03-01T10:00")}}",{{Order}}
           "chain":{{Chain}},"facts":[{{string.Join(",", Facts.Select(Fact))}}]}],
         "bonuses":{{Bonuses}},"as_of":[{{string.Join(",", asOf.Select(at => $"\"{At(at)}\""))}}]}
        """;

    public IReadOnlyList<Settlement> Settle(params string[] asOf)
    {
        var isRead = Case.TryRead(Encoding.UTF8.GetBytes(Json(asOf)), out var read, out var faults);
        return isRead ? CaseResult.Of(read!, out _) : throw new InvalidOperationException(string.Join('\n', faults));
    }

    /// <summary>"role distributor amount state earned release" of every line.</summary>
    public string[] Lines(string asOf) => [.. Settle(asOf)[0].Lines.Select(Text)];

    /// <summary>The instant at which the stage is earned, "" where it is not.</summary>
    public string Earned(string asOf) =>
        Settle(asOf)[0].Lines.Where(l => l.Key.Role == Role.Sale).Select(l => Short(l.EarnedAt)).FirstOrDefault("");

    /// <summary>The release instant, "" where it is not known.</summary>
    public string Released(string asOf) =>
        Settle(asOf)[0].Lines.First(l => l.Key.Role == Role.Sale) is { ReleasesAt: { } releases } ? Short(releases) : "";

    private static string Text(Line line)
    {
        var instance = line.Key.Instance.Length > 0 ? $"[{line.Key.Instance}]" : "";
        return $"{line.Key.Role.Name()}{instance} {line.Key.Distributor} {line.Amount} {line.Key.State.Name()}";
    }

    private static string Short(Instant instant) => Zone.Shanghai.Format(instant)[5..16];
}
