using System.Text.RegularExpressions;
using HaoSuan.Settling;

namespace HaoSuan.Appeals;

/// <summary>
/// Which facts a decision may add or withdraw: what becomes of card and number, and what the upstream says of it. Payments and the
/// end of an order have their own ways, which move real money.
/// </summary>
internal static partial class FactRules
{
    private const int MostAttributes = 8;
    private const int LongestValue = 100;

    public static readonly IReadOnlyList<string> Kinds =
    [
        "activated", "topped_up", "billed", "in_service", "out_of_service", "suspended", "resumed", "cancelled", "delivered", "complained",
        "upstream_confirmed", "upstream_rejected", "upstream_recalled",
    ];

    /// <summary>Kinds that are nothing without their amount.</summary>
    private static readonly string[] WithAmount = ["topped_up", "billed"];

    /// <summary>Those that may be withdrawn: of these kinds, and not withdrawn yet.</summary>
    public static IReadOnlyList<Fact> Voidable(IReadOnlyList<Fact> facts) =>
        [.. facts.Where(f => Kinds.Contains(f.Kind) && facts.All(v => v.Of != f.Id))];

    public static IEnumerable<Refusal> Faults(FactChange change, Verdict verdict, Instant orderedAt, IReadOnlyList<Fact> facts, Instant now) => change switch
    {
        FactChange.Nothing => [],
        _ when verdict == Verdict.Rejected => [new Refusal("appeals.rejected_changes_nothing").On("change")],
        FactChange.Add add => AddFaults(add, orderedAt, now),
        FactChange.Void { Fact: var fact } when Voidable(facts).All(f => f.Id != $"{fact.Value:D}") => [new Refusal("appeals.fact_unknown").On("fact")],
        _ => [],
    };

    /// <summary>"stage=first", one in a line.</summary>
    public static Result<IReadOnlyDictionary<string, string>> ReadAttributes(string? text)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = line.Split('=', 2, StringSplitOptions.TrimEntries) is [var before, var after] ? (before, after) : (line, "");
            if (!AttributeName().IsMatch(name) || value.Length is 0 or > LongestValue || !attributes.TryAdd(name, value))
                return new Refusal("appeals.attribute_invalid", line).On("attributes");
        }
        return attributes.Count > MostAttributes ? new Refusal("appeals.too_many_attributes", MostAttributes).On("attributes") : attributes;
    }

    private static IEnumerable<Refusal> AddFaults(FactChange.Add add, Instant orderedAt, Instant now)
    {
        if (!Kinds.Contains(add.Kind)) yield return new Refusal("appeals.kind_unknown").On("kind");
        if (add.At > now || add.At < orderedAt) yield return new Refusal("appeals.at_out_of_range").On("at");
        if (add.Amount < Money.Zero) yield return new Refusal("appeals.amount_invalid").On("amount");
        else if (add.Amount.IsZero && WithAmount.Contains(add.Kind)) yield return new Refusal("appeals.amount_missing").On("amount");
        if (add.Kind == "upstream_confirmed" && !add.Attributes.ContainsKey("stage")) yield return new Refusal("appeals.stage_missing").On("attributes");
    }

    [GeneratedRegex("^[a-z][a-z_]{0,39}$")]
    private static partial Regex AttributeName();
}
