namespace HaoSuan.Orders;

/// <summary>Where a fact comes from, in words (来源).</summary>
/// <param name="Kind">What everybody may know, like 上游回调: no name and no number from inside.</param>
/// <param name="Detail">What the office reads besides: which upstream, which row of which file, who has decided it and why.</param>
/// <param name="Href">Where the office can look at it.</param>
/// <param name="Policy">Who of the office may; null: everybody.</param>
public sealed record Origin(string Kind, string? Detail = null, string? Href = null, string? Policy = null)
{
    /// <summary>Of the implicit fact "ordered".</summary>
    public static readonly Origin Ordered = new("用户下单");
}

/// <summary>
/// The words for a source of facts, registered by the module that records them; it is asked for the facts of one order. A source
/// that nobody has words for is shown to the office as it is.
/// </summary>
/// <param name="Name">The source, or what stands before its colon.</param>
/// <param name="Ask">The origins of these facts, all of this source, in their sequence.</param>
public sealed record FactSource(
    string Name, Func<IServiceProvider, IReadOnlyList<RecordedFact>, OrderId, CancellationToken, Task<IReadOnlyList<Origin>>> Ask)
{
    /// <summary>A source whose facts tell by themselves where they come from.</summary>
    public static FactSource Of(string name, Func<RecordedFact, Origin> say) =>
        new(name, (_, facts, _, _) => Task.FromResult<IReadOnlyList<Origin>>([.. facts.Select(say)]));
}
