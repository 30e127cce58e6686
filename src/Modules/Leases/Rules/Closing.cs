namespace HaoSuan.Leases;

/// <summary>How a deposit is shared in the end: bills take it in their order, what is left goes back.</summary>
/// <param name="Taken">Of each bill.</param>
/// <param name="Back">To the consumer.</param>
/// <param name="Owed">What the bills still ask for.</param>
internal sealed record Closing(IReadOnlyList<Money> Taken, Money Back, Money Owed)
{
    public static Closing Of(Money deposit, IReadOnlyList<Money> open)
    {
        var (left, owed, taken) = (deposit, Money.Zero, new List<Money>());
        foreach (var bill in open)
        {
            taken.Add(Money.Min(left, bill));
            (left, owed) = (left - taken[^1], owed + bill - taken[^1]);
        }
        return new(taken, left, owed);
    }

    /// <summary>What a lease costs that ends in that month, counted from 1, for those that are missing to its shortest term.</summary>
    public static Money EarlyEnd(LeaseTerms terms, int month) => terms.MonthlyFee * Math.Max(0, terms.MinMonths - month);
}
