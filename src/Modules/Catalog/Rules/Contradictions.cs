using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>What a scheme can be read with, and yet cannot mean.</summary>
internal static class Contradictions
{
    public static IEnumerable<Refusal> In(Scheme scheme)
    {
        for (var i = 0; i < scheme.Stages.Length; i++)
        {
            // A penalty is booked under the stage "clawback".
            if (scheme.Stages[i].Key == "clawback") yield return new Refusal("catalog.stage_key_reserved").On($"stages[{i}].key");
        }
    }

    /// <summary>A bonus that counts by a stage which the product's scheme would no longer have.</summary>
    public static IEnumerable<Refusal> Between(Scheme scheme, IEnumerable<PublishedBonus> bonuses, Month month) =>
        from bonus in bonuses
        where !(bonus.Last < month) && bonus.Bonus.Products?.Contains(scheme.Product) == true && !HasStage(scheme, bonus.Bonus.Stage)
        select new Refusal("catalog.bonus_counts_stage", bonus.Bonus.Key, bonus.Bonus.Stage).On("stages");

    public static bool HasStage(Scheme scheme, string key) => scheme.Stages.Any(stage => stage.Key == key);
}
