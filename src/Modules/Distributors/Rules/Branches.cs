namespace HaoSuan.Distributors;

internal static class Branches
{
    /// <summary>From the top down, each followed by those below it.</summary>
    public static IReadOnlyList<Branch> Of(IReadOnlyList<Distributor> all)
    {
        var children = all.ToLookup(d => d.ParentId);
        List<Branch> branches = [];
        foreach (var top in children[null]) Add(top, 1);
        return branches;

        (int Count, int Deepest) Add(Distributor one, int level)
        {
            var place = branches.Count;
            branches.Add(new(one, level, 0, level));
            var (below, deepest) = (0, level);
            foreach (var child in children[one.Id])
            {
                var (count, deep) = Add(child, level + 1);
                (below, deepest) = (below + count, Math.Max(deepest, deep));
            }
            branches[place] = branches[place] with { Below = below, Deepest = deepest };
            return (below + 1, deepest);
        }
    }

    /// <summary>The branch of one distributor, itself first.</summary>
    public static IReadOnlyList<Branch> Under(this IReadOnlyList<Branch> all, DistributorId top) =>
        all.SkipWhile(b => b.Distributor.Id != top) is var rest && rest.FirstOrDefault() is { } first ? [.. rest.Take(first.Below + 1)] : [];
}
