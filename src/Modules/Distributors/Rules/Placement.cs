namespace HaoSuan.Distributors;

/// <summary>A step of a <see cref="Placement"/>: from that instant on another one is the parent, or none.</summary>
/// <param name="Number">Of two steps from the same instant the later one holds.</param>
internal sealed record PlacementStep(Instant From, int Number, DistributorId? Parent);

/// <summary>Under whom a distributor stands, over time: under whom it joined, and its moves (转移) since.</summary>
internal sealed record Placement(DistributorId Id, DistributorId? JoinedUnder, IReadOnlyList<PlacementStep> Moves)
{
    public DistributorId? ParentAt(Instant at) =>
        Moves.Where(m => m.From <= at).MaxBy(m => (m.From.Microseconds, m.Number)) is { } last ? last.Parent : JoinedUnder;

    public Placement With(DistributorId? parent, Instant from) => this with { Moves = [.. Moves, new(from, Moves.Count + 1, parent)] };

    /// <summary>The instants from which on another parent may be the one, from <paramref name="from"/>.</summary>
    public IEnumerable<Instant> Changes(Instant from) => Moves.Select(m => m.From).Where(i => i > from).Prepend(from);

    /// <summary>Everybody who is the parent at some time from <paramref name="from"/> on.</summary>
    public IEnumerable<DistributorId> ParentsFrom(Instant from) => Changes(from).Select(ParentAt).OfType<DistributorId>().Distinct();
}

/// <summary>What the tree must be at any time: no circles, and not more levels than are allowed.</summary>
internal static class Shape
{
    /// <summary>Levels that a search upwards looks at: more than any tree has, so that a circle is seen and left.</summary>
    private const int Farthest = Levels.Most + 2;

    /// <summary>What is wrong with the branches that one stands in, at any instant from <paramref name="from"/> on; null where nothing is.</summary>
    public static Refusal? Fault(IReadOnlyDictionary<DistributorId, Placement> all, DistributorId one, Instant from, int levels)
    {
        foreach (var at in all.Values.SelectMany(p => p.Changes(from)).Distinct().Order())
        {
            if (Upward(all, one, at).Skip(1).Contains(one)) return new("distributors.circle");
            if (all.Keys.Any(id => Upward(all, id, at).ToList() is var chain && chain.Count > levels && chain.Contains(one)))
                return new("distributors.too_deep", levels);
        }
        return null;
    }

    /// <summary>The one itself, its parent, and so on up to the top.</summary>
    private static IEnumerable<DistributorId> Upward(IReadOnlyDictionary<DistributorId, Placement> all, DistributorId one, Instant at)
    {
        var next = (DistributorId?)one;
        for (var level = 0; next is { } id && level < Farthest; level++)
        {
            yield return id;
            next = all.GetValueOrDefault(id)?.ParentAt(at);
        }
    }
}

/// <summary>How many levels of distributors there may be (层级). Paying for sales further down is what 禁止传销条例 §7(三) forbids.</summary>
internal static class Levels
{
    public const int Usual = 2;

    /// <summary>The criminal threshold is three levels and thirty persons (追诉标准(二) §78): no operator gets beyond.</summary>
    public const int Most = 3;

    public static string Name(int level) => level switch { 1 => "一级", 2 => "二级", _ => "三级" };
}
