namespace HaoSuan.Payouts;

/// <summary>
/// What an operator allows and charges for one way of being paid, from a day on. Where nothing was set, everything is allowed that the balance
/// covers, from 10 yuan on, without a fee. An amount of zero is no limit.
/// </summary>
public sealed record PayoutPolicy
{
    public static readonly PayoutPolicy Default = new() { Least = new(10_00), OneOpen = true };

    private const int MostParts = 20;

    /// <summary>The least gross amount of a request.</summary>
    public Money Least { get; init; }

    /// <summary>The most that one payment may be.</summary>
    public Money Most { get; init; }

    /// <summary>A request above <see cref="Most"/> becomes several payouts; otherwise it is refused.</summary>
    public bool Splits { get; init; }

    /// <summary>The most of a calendar month by this way, what is open included.</summary>
    public Money MostPerMonth { get; init; }

    /// <summary>The fee's rate of the gross amount of a payment …</summary>
    public Bps FeeRate { get; init; }

    /// <summary>… which is at least this …</summary>
    public Money FeeLeast { get; init; }

    /// <summary>… and at most this.</summary>
    public Money FeeMost { get; init; }

    /// <summary>Days from one request to the next; zero: none.</summary>
    public int CoolDownDays { get; init; }

    /// <summary>What must stay in the account (保证金).</summary>
    public Money Deposit { get; init; }

    /// <summary>The next request waits for the end of this one.</summary>
    public bool OneOpen { get; init; }

    /// <summary>A request of this gross amount or more needs two persons of finance.</summary>
    public Money SecondFrom { get; init; }

    /// <summary>The most of one request; zero: no limit.</summary>
    public Money MostAtOnce => Splits ? Most * MostParts : Most;

    /// <summary>Never more than the amount.</summary>
    public Money FeeOf(Money amount)
    {
        var fee = Money.Max(FeeRate.Of(amount), FeeLeast);
        if (FeeMost > Money.Zero) fee = Money.Min(fee, FeeMost);
        return Money.Min(fee, amount);
    }

    /// <summary>The payments that a request becomes: as large as they may be, the rest last.</summary>
    public IReadOnlyList<Money> PartsOf(Money amount)
    {
        List<Money> parts = [];
        for (; Splits && Most > Money.Zero && amount > Most; amount -= Most) parts.Add(Most);
        return [.. parts, amount];
    }

    public bool NeedsSecond(Money amount) => SecondFrom > Money.Zero && amount >= SecondFrom;

    /// <summary>What can be asked for now.</summary>
    public Money MostNow(RequestFacts facts)
    {
        var most = facts.Available - Deposit;
        if (MostAtOnce > Money.Zero) most = Money.Min(most, MostAtOnce);
        if (MostPerMonth > Money.Zero) most = Money.Min(most, MostPerMonth - facts.OfMonth);
        return Money.Max(most, Money.Zero);
    }

    /// <summary>What stands against a request of the amount: every reason, not only the first.</summary>
    public List<Refusal> Check(Money amount, RequestFacts facts)
    {
        List<Refusal> refusals = [];
        if (OneOpen && facts.AnyOpen) refusals.Add(new("payouts.one_at_a_time"));
        if (CoolDownDays > 0 && facts.Last?.AddDays(CoolDownDays) is { } next && next > facts.Today)
            refusals.Add(new("payouts.cooling_down", CoolDownDays, next));
        if (amount < Least || amount <= Money.Zero) refusals.Add(new("payouts.below_least", Least));
        if (MostAtOnce > Money.Zero && amount > MostAtOnce) refusals.Add(new("payouts.above_most", MostAtOnce));
        else if (amount > Money.Zero && PartsOf(amount).Any(part => FeeOf(part) >= part)) refusals.Add(new("payouts.fee_takes_all"));
        if (MostPerMonth > Money.Zero && facts.OfMonth + amount > MostPerMonth)
        {
            refusals.Add(new("payouts.above_month", MostPerMonth, Money.Max(MostPerMonth - facts.OfMonth, Money.Zero)));
        }
        if (amount > facts.Available - Deposit)
        {
            refusals.Add(facts.Available < Money.Zero
                ? new("payouts.debt", -facts.Available)
                : new("payouts.above_available", Money.Max(facts.Available - Deposit, Money.Zero)));
        }
        return [.. refusals.Select(r => r.On("amount"))];
    }
}

/// <summary>What a request is judged by.</summary>
/// <param name="Available">The distributor's balance; negative: a debt.</param>
/// <param name="OfMonth">Paid this month by this way, or on its way.</param>
/// <param name="AnyOpen">Another request has not ended.</param>
/// <param name="Last">The day of the last request that was not turned down.</param>
public sealed record RequestFacts(Money Available, Money OfMonth, bool AnyOpen, DateOnly? Last, DateOnly Today);

/// <summary>A policy as it was set.</summary>
/// <param name="From">From this day on, until the next one's.</param>
public sealed record PolicyVersion(PayoutMethod Method, int Number, DateOnly From, PayoutPolicy Policy, Instant SetAt, string SetBy);

/// <summary>What a request would come to, before it is made.</summary>
/// <param name="Parts">Gross; several where the policy splits a large request.</param>
/// <param name="Tax">As it would be withheld if the request were approved now.</param>
/// <param name="Against">What stands against it.</param>
public sealed record PayoutPreview(Money Amount, IReadOnlyList<Money> Parts, Money Fee, Money Tax, IReadOnlyList<Refusal> Against)
{
    public Money Net => Amount - Fee - Tax;
}
