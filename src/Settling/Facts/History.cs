namespace HaoSuan.Settling;

/// <summary>
/// All facts of an order in the order in which they happened, the implicit "ordered" first among those of its instant. Facts
/// of one instant keep the order in which they were given, so give them in an order that does not depend on when they were learned.
/// </summary>
public sealed class History
{
    private readonly Fact[] _facts;
    private readonly Withdrawal[] _withdrawals;

    private History(Fact[] facts, Withdrawal[] withdrawals) => (_facts, _withdrawals) = (facts, withdrawals);

    public ReadOnlySpan<Fact> Facts => _facts;

    public bool HasVoids => _withdrawals.Length > 0;

    /// <summary>
    /// Refuses two facts with one id (<c>settling.duplicate_fact</c>), a void of no fact (<c>settling.void_of_nothing</c>)
    /// and voids that withdraw each other in a ring (<c>settling.void_ring</c>).
    /// </summary>
    public static Result<History> Of(Instant orderedAt, IEnumerable<Fact> facts)
    {
        Fact[] sorted = [new(FactKind.Ordered, FactKind.Ordered, orderedAt), .. facts];
        if (!IsSorted(sorted)) sorted = [.. sorted.OrderBy(f => f.At)];
        var positions = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!positions.TryAdd(sorted[i].Id, i)) return new Refusal("settling.duplicate_fact", sorted[i].Id);
        }
        if (!sorted.Any(f => f.Of is not null)) return new History(sorted, []);
        List<Withdrawal> withdrawals = [];
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Of is not { } target) continue;
            if (!positions.TryGetValue(target, out var of)) return new Refusal("settling.void_of_nothing", sorted[i].Id, target);
            withdrawals.Add(new(i, of));
        }
        return Decidable(withdrawals, sorted.Length) is { } order ? new History(sorted, order) : new Refusal("settling.void_ring");
    }

    private static bool IsSorted(Fact[] facts)
    {
        for (var i = 1; i < facts.Length; i++)
        {
            if (facts[i].At < facts[i - 1].At) return false;
        }
        return true;
    }

    /// <summary>The facts seen and not withdrawn at that instant, as they happened.</summary>
    public IReadOnlyList<Fact> KnownAt(Instant asOf)
    {
        var withdrawn = new bool[_facts.Length];
        MarkWithdrawn(asOf, withdrawn);
        return [.. _facts.Where((fact, i) => fact.SeenFrom <= asOf && !withdrawn[i])];
    }

    /// <summary>Marks the facts that are withdrawn at that instant; a withdrawn void withdraws nothing.</summary>
    public void MarkWithdrawn(Instant asOf, Span<bool> withdrawn)
    {
        withdrawn.Clear();
        foreach (var (by, of) in _withdrawals)
        {
            if (_facts[by].SeenFrom <= asOf && !withdrawn[by]) withdrawn[of] = true;
        }
    }

    /// <summary>The withdrawals in an order in which each comes after all that may withdraw it; null where there is none: a ring.</summary>
    private static Withdrawal[]? Decidable(List<Withdrawal> withdrawals, int facts)
    {
        if (withdrawals.Count == 0) return [];
        var open = new int[facts];      // how many undecided voids aim at each fact
        foreach (var (_, of) in withdrawals) open[of]++;
        var targets = withdrawals.ToDictionary(w => w.By, w => w.Of);
        var decided = new List<Withdrawal>(withdrawals.Where(w => open[w.By] == 0));
        for (var i = 0; i < decided.Count; i++)
        {
            var of = decided[i].Of;
            if (--open[of] == 0 && targets.TryGetValue(of, out var next)) decided.Add(new(of, next));
        }
        return decided.Count == withdrawals.Count ? [.. decided] : null;
    }

    /// <summary>The positions of a void and of the fact that it withdraws.</summary>
    private readonly record struct Withdrawal(int By, int Of);
}
