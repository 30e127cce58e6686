namespace HaoSuan.Distributors;

/// <summary>The criminal threshold of pyramid selling (追诉标准(二) §78): at least three levels and at least thirty persons.</summary>
internal static class Threshold
{
    public const int Levels = 3;
    public const int Persons = 30;

    /// <summary>Four fifths: from here on the office is warned.</summary>
    private const int Many = 24;

    public static ThresholdState Of(int levels, int persons) => (levels, persons) switch
    {
        (>= Levels, >= Persons) => ThresholdState.Reached,
        (>= Levels, >= Many) or (Levels - 1, >= Persons) => ThresholdState.Near,
        _ => ThresholdState.Clear,
    };

    /// <summary>Of each branch, from its top; those who have left count no more. The nearest to the threshold first.</summary>
    public static IReadOnlyList<RootFigures> Of(IReadOnlyList<Distributor> all)
    {
        var branches = Branches.Of(all);
        return [.. branches.Where(b => b.Level == 1).Select(Figures)
            .OrderByDescending(r => r.State).ThenByDescending(r => r.Levels).ThenByDescending(r => r.Persons)];

        RootFigures Figures(Branch root)
        {
            var there = branches.Under(root.Distributor.Id).Where(b => b.Distributor.Active).ToList();
            var levels = there.Select(b => b.Level).DefaultIfEmpty().Max();
            return new(root.Distributor, levels, there.Count, Of(levels, there.Count));
        }
    }
}
