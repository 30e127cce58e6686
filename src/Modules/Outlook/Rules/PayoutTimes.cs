using HaoSuan.Payouts;

namespace HaoSuan.Outlook;

/// <summary>When a distributor can withdraw: by what is available and by what is going to be released.</summary>
internal static class PayoutTimes
{
    public static PayoutExpectation Of(Money available, PayoutPolicy policy, IReadOnlyList<ForecastDay> days)
    {
        var free = available - policy.Deposit;
        if (free >= policy.Least && free > Money.Zero) return new(free, null, Money.Zero, false);
        return First(free, policy.Least, days, day => day.Certain) is var (certain, sum)
            ? new(Money.Zero, certain, sum, false)
            : First(free, policy.Least, days, day => day.Certain + day.Expected) is var (expected, hoped)
                ? new(Money.Zero, expected, hoped, true)
                : new(Money.Zero, null, Money.Zero, false);
    }

    private static (DateOnly Day, Money Sum)? First(Money free, Money least, IReadOnlyList<ForecastDay> days, Func<ForecastDay, Money> amount)
    {
        foreach (var day in days.OrderBy(d => d.Day))
        {
            free += amount(day);
            if (free >= least && free > Money.Zero) return (day.Day, free);
        }
        return null;
    }
}
