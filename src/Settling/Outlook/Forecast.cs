using System.Collections.Immutable;

namespace HaoSuan.Settling.Outlook;

public enum Certainty
{
    /// <summary>已确定: earned; only time has to pass.</summary>
    Certain,

    /// <summary>预计: earned at an instant to come if nothing bad happens until then.</summary>
    Expected,

    /// <summary>待上游确认: not released before the upstream confirms it.</summary>
    AwaitsUpstream,
}

/// <summary>A line that is released at an instant to come, or (awaiting the upstream) at the earliest then.</summary>
/// <param name="Line">As the target will have it; its state is that of the instant of the forecast, pending.</param>
public readonly record struct ForecastLine(Line Line, Instant At, Certainty Certainty);

/// <summary>
/// What an order is going to release: its target at the end of time, if nothing more happens. What needs a fact that has not
/// happened yet is not in it, but for the upstream's confirmation.
/// </summary>
public sealed record Forecast(ImmutableArray<ForecastLine> Lines)
{
    /// <summary>Refuses as <see cref="Target.Of"/> does.</summary>
    public static Result<Forecast> Of(Order order, History history, Instant asOf, Zone zone)
    {
        var evaluator = new Evaluator(zone);
        if (evaluator.Evaluate(order, history, Instant.MaxValue, asOf) is { } refusal) return refusal;
        var stages = order.Scheme.Stages.ToDictionary(s => s.Key, StringComparer.Ordinal);
        var lines = ImmutableArray.CreateBuilder<ForecastLine>();
        foreach (var line in evaluator.Lines)
        {
            if (line.ReleasesAt <= asOf && line.EarnedAt <= asOf) continue;       // it is available
            var pending = line with { Key = line.Key with { State = State.Pending } };
            var earliest = line.ReleasesAt ?? stages[line.Key.Stage].Release.Of(line.EarnedAt, zone);
            lines.Add(new(pending, Instant.Max(earliest, line.EarnedAt), CertaintyOf(line, asOf)));
        }
        return new Forecast([.. lines.OrderBy(l => l.At)]);
    }

    private static Certainty CertaintyOf(Line line, Instant asOf) =>
        line.ReleasesAt is null ? Certainty.AwaitsUpstream : line.EarnedAt > asOf ? Certainty.Expected : Certainty.Certain;
}
