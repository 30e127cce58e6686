using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>What an operator allows and charges. The defaults allow everything that the balance covers, from 10 yuan on, without a fee.</summary>
/// <param name="Least">The least gross amount of a payout.</param>
/// <param name="Most">The most that one payout may be; zero: no limit.</param>
/// <param name="MostPerMonth">The most of a calendar month, this payout included; zero: no limit.</param>
/// <param name="Deposit">What must stay in the account (保证金).</param>
/// <param name="FeeRate">The fee's rate of the gross amount …</param>
/// <param name="FeeLeast">… which is at least this …</param>
/// <param name="FeeMost">… and at most this; zero: no limit.</param>
/// <param name="Tax">How tax is withheld where a distributor has no profile of its own; null: not at all.</param>
public sealed record PayoutPolicy(
    Money Least, Money Most, Money MostPerMonth, Money Deposit, Bps FeeRate, Money FeeLeast, Money FeeMost, TaxMethod? Tax)
{
    public static readonly PayoutPolicy Default = new(new(10_00), default, default, default, default, default, default, TaxMethod.Cumulative);

    public Money FeeOf(Money amount)
    {
        var fee = Money.Max(FeeRate.Of(amount), FeeLeast);
        return FeeMost > Money.Zero ? Money.Min(fee, FeeMost) : fee;
    }

    /// <summary>What stands against a payout of the amount: every reason, not only the first.</summary>
    public List<Refusal> Check(Money amount, Money available, Money paidThisMonth)
    {
        List<Refusal> refusals = [];
        if (amount < Least) refusals.Add(new("payouts.below_least", Least));
        if (Most > Money.Zero && amount > Most) refusals.Add(new("payouts.above_most", Most));
        if (MostPerMonth > Money.Zero && paidThisMonth + amount > MostPerMonth)
        {
            refusals.Add(new("payouts.above_month", MostPerMonth, Money.Max(MostPerMonth - paidThisMonth, Money.Zero)));
        }
        if (amount > available - Deposit)
        {
            refusals.Add(available < Money.Zero
                ? new("payouts.debt", -available)
                : new("payouts.above_available", Money.Max(available - Deposit, Money.Zero)));
        }
        return [.. refusals.Select(r => r.On("amount"))];
    }
}
