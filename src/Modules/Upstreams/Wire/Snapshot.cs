using HaoSuan.Settling;

namespace HaoSuan.Upstreams.Wire;

internal sealed record TopUp(int No, Money Amount, Instant? At);

/// <param name="Kind">arrears, single, double or office.</param>
internal sealed record Stop(string Kind, Instant From, Instant? Until);

internal sealed record ServiceMonth(int Month, bool InService, Instant At);

/// <summary>
/// Everything that an upstream says of an order at one moment. Both protocols push and answer the whole state, never what
/// changed; here it becomes the things that happened, each under an id that stays the same in every later snapshot.
/// </summary>
internal sealed record Snapshot(string OrderNo, string UpstreamOrderNo)
{
    /// <summary>The fact that the status stands for; null where it tells nothing more.</summary>
    public string? Status { get; init; }

    /// <summary>The upstream's own word, where we have none for it.</summary>
    public string? StrangeStatus { get; init; }

    public Instant? StatusAt { get; init; }
    public Instant? ShippedAt { get; init; }
    public Instant? ActivatedAt { get; init; }
    public string? Settlement { get; init; }
    public Instant? SettlementAt { get; init; }
    public string? Phone { get; init; }
    public string? Iccid { get; init; }
    public string? Courier { get; init; }
    public string? TrackingNo { get; init; }
    public string? Remark { get; init; }
    public IReadOnlyList<TopUp> TopUps { get; init; } = [];
    public IReadOnlyList<Stop> Stops { get; init; } = [];
    public IReadOnlyList<ServiceMonth> Months { get; init; } = [];

    public IEnumerable<UpstreamReport> Reports(Instant now)
    {
        if (ShippedAt is not null && Status != "shipped") yield return Report("shipped", ShippedAt, now);
        if (ActivatedAt is not null && Status != FactKind.Activated) yield return Report(FactKind.Activated, ActivatedAt, now);
        if (Status is not null) yield return Report(Status, AtOf(Status), now);
        if (StrangeStatus is { } strange) yield return Report(UpstreamReport.Unrecognised, StatusAt, now, strange, ("status", strange));
        foreach (var paid in TopUps) yield return Report(FactKind.ToppedUp, paid.At, now, $"{paid.No}") with { Amount = paid.Amount };
        foreach (var stop in Stops.SelectMany(s => Stopped(s, now))) yield return stop;
        foreach (var month in Months)
        {
            var (kind, number) = (month.InService ? "in_service" : "out_of_service", $"{month.Month}");
            yield return Report(kind, month.At, now, number, ("month", number));
        }
        if (Settlement is not null) yield return Report(Settlement, SettlementAt, now);
    }

    private Instant? AtOf(string status) => status switch
    {
        "shipped" => ShippedAt ?? StatusAt,
        FactKind.Activated => ActivatedAt ?? StatusAt,
        _ => StatusAt,
    };

    private IEnumerable<UpstreamReport> Stopped(Stop stop, Instant now)
    {
        var key = $"{stop.From.Microseconds / Instant.MicrosecondsPerSecond}";
        yield return Report(FactKind.Suspended, stop.From, now, key, ("kind", stop.Kind));
        if (stop.Until is not null) yield return Report(FactKind.Resumed, stop.Until, now, key);
    }

    private UpstreamReport Report(string kind, Instant? at, Instant now, string key = "", params ReadOnlySpan<(string, string)> more)
    {
        var id = key.Length == 0 ? $"{UpstreamOrderNo}/{kind}" : $"{UpstreamOrderNo}/{kind}/{key}";
        return new(OrderNo, UpstreamOrderNo, kind, at ?? now, at is not null, id) { Attributes = Attributes(more) };
    }

    private Dictionary<string, string> Attributes(ReadOnlySpan<(string, string)> more)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("phone", Phone);
        Add("iccid", Iccid);
        Add("courier", Courier);
        Add("tracking_no", TrackingNo);
        Add("remark", Remark);
        foreach (var (name, value) in more) Add(name, value);
        return attributes;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) attributes[name] = value;
        }
    }
}
