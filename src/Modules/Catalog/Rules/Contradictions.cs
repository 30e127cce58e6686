using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>What a scheme can be read with, and yet cannot mean.</summary>
internal static class Contradictions
{
    public static IEnumerable<Refusal> In(Scheme scheme)
    {
        foreach (var (i, stage) in scheme.Stages.Index())
        {
            // A penalty is booked under the stage "clawback".
            if (stage.Key == "clawback") yield return new Refusal("catalog.stage_key_reserved").On($"stages[{i}].key");
            foreach (var (j, quiet) in stage.When.Index())
            {
                if (quiet is Condition.Quiet never && IsNeverQuiet(never, stage))
                    yield return new Refusal("catalog.stage_never_earned").On($"stages[{i}].when[{j}].quiet");
            }
        }
        foreach (var (i, rule) in scheme.Clawbacks.Index())
        {
            if (scheme.Stages.FirstOrDefault(stage => TakesAllOf(rule, stage)) is { } stage)
                yield return new Refusal("catalog.stage_always_taken_back", stage.Name).On($"clawback[{i}].on");
        }
    }

    /// <summary>What must not happen is what opens the time, or must happen within it.</summary>
    private static bool IsNeverQuiet(Condition.Quiet quiet, Stage stage) => quiet.Where.Demands.IsEmpty && (quiet.Kinds.Contains(quiet.After)
        || stage.When.OfType<Condition.Happened>().Any(h =>
            quiet.Kinds.Contains(h.Kind) && h.Window.After == quiet.After && h.Window.Days <= quiet.ForDays));

    /// <summary>The rule fires, at the latest, at the very fact that the stage waits for, and keeps nothing.</summary>
    private static bool TakesAllOf(Clawback rule, Stage stage) =>
        rule.Keep == Keep.None && rule.Where.Demands.IsEmpty && rule.Window.Months is null && rule.Stages?.Contains(stage.Key) != false
        && stage.When.OfType<Condition.Happened>().Any(h => rule.On.Contains(h.Kind)
            && (rule.Window.After is null || (rule.Window.After == h.Window.After && !(h.Window.Days is null && rule.Window.Days is not null)
                && !(h.Window.Days > rule.Window.Days))));

    /// <summary>A bonus that counts by a stage which the product's scheme would no longer have.</summary>
    public static IEnumerable<Refusal> Between(Scheme scheme, IEnumerable<PublishedBonus> bonuses, Month month) =>
        from bonus in bonuses
        where !(bonus.Last < month) && bonus.Bonus.Products?.Contains(scheme.Product) == true && !HasStage(scheme, bonus.Bonus.Stage)
        select new Refusal("catalog.bonus_counts_stage", bonus.Bonus.Key, bonus.Bonus.Stage).On("stages");

    public static bool HasStage(Scheme scheme, string key) => scheme.Stages.Any(stage => stage.Key == key);
}
