using CsCheck;
using HaoSuan.Payouts;
using Xunit;

namespace HaoSuan.Tests.Unit.Payouts;

/// <summary>The golden cases of withdrawals that are a matter of rules alone; those of requests at once and of ends stand with the engines.</summary>
public sealed class PayoutPolicyTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);
    private static readonly PayoutPolicy Default = PayoutPolicy.Default;

    /// <summary>At least 13, a fee of 6 % between 1 and 10, a deposit of 100.</summary>
    private static readonly PayoutPolicy Clamped = Default with
    {
        Least = new(13_00), FeeRate = new(600), FeeLeast = new(1_00), FeeMost = new(10_00),
    };

    [Fact]
    public void W01_six_percent_of_a_thousand_leave_940()
    {
        var policy = Default with { FeeRate = new(600) };
        Assert.Equal(new Money(940_00), new Money(1_000_00) - policy.FeeOf(new(1_000_00)));
    }

    [Fact]
    public void W02_a_small_payment_costs_the_least_fee()
    {
        Assert.Empty(Clamped.Check(new(13_00), Facts(13_00)));
        Assert.Equal(new Money(1_00), Clamped.FeeOf(new(13_00)));       // 0.78 by the rate
    }

    [Theory]
    [InlineData(100_00, 6_00)]
    [InlineData(200_00, 10_00)]     // 12.00 by the rate
    public void W03_the_fee_follows_the_rate_up_to_the_most(long amount, long fee) => Assert.Equal(new Money(fee), Clamped.FeeOf(new(amount)));

    [Fact]
    public void W04_the_deposit_stays()
    {
        var policy = Default with { Deposit = new(100_00) };
        Assert.Equal(new Money(50_00), policy.MostNow(Facts(150_00)));
        Assert.Empty(policy.Check(new(50_00), Facts(150_00)));
        Assert.Equal(["payouts.above_available"], Codes(policy.Check(new(50_01), Facts(150_00))));
    }

    [Fact]
    public void W06_the_fee_follows_the_amount_and_is_not_always_the_least() =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Int[0, 5_000], Gen.Long[0, 1_000], Gen.Long[0, 100_000]).Sample((amount, rate, least, above) =>
        {
            var most = above == 0 ? 0 : least + above;
            var policy = Default with { FeeRate = new(rate), FeeLeast = new(least), FeeMost = new(most) };
            var wanted = Math.Max(amount * rate / 10_000, least);
            if (most > 0) wanted = Math.Min(wanted, most);
            return policy.FeeOf(new(amount)).Minor == Math.Min(wanted, amount);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void W07_more_than_one_payment_may_be_is_refused_or_split(bool splits)
    {
        var policy = Default with { Most = new(50_000_00), Splits = splits };
        string[] refusals = splits ? [] : ["payouts.above_most"];
        Money[] parts = splits ? [new(50_000_00), new(10_000_00)] : [new(60_000_00)];
        Assert.Equal(refusals, Codes(policy.Check(new(60_000_00), Facts(60_000_00))));
        Assert.Equal(parts, policy.PartsOf(new(60_000_00)));
    }

    [Fact]
    public void Parts_add_up_and_none_is_above_the_most() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Long[50_000, 1_000_000]).Sample((amount, most) =>
        {
            var parts = (Default with { Most = new(most), Splits = true }).PartsOf(new(amount));
            return parts.Sum(p => p.Minor) == amount && parts.All(p => p.Minor > 0 && p.Minor <= most);
        });

    [Fact]
    public void W08_more_than_the_month_allows_is_refused()
    {
        var policy = Default with { MostPerMonth = new(98_000_00) };
        Assert.Empty(policy.Check(new(8_000_00), Facts(10_000_00) with { OfMonth = new(90_000_00) }));
        Assert.Equal(["payouts.above_month"], Codes(policy.Check(new(8_000_01), Facts(10_000_00) with { OfMonth = new(90_000_00) })));
    }

    [Fact]
    public void The_next_request_waits_for_the_days_between_and_for_the_end_of_the_open_one()
    {
        var policy = Default with { CoolDownDays = 7 };
        Assert.Equal(["payouts.cooling_down"], Codes(policy.Check(new(20_00), Facts(20_00) with { Last = Today.AddDays(-6) })));
        Assert.Empty(policy.Check(new(20_00), Facts(20_00) with { Last = Today.AddDays(-7) }));
        Assert.Equal(["payouts.one_at_a_time"], Codes(policy.Check(new(20_00), Facts(20_00) with { AnyOpen = true })));
        Assert.Empty((policy with { OneOpen = false }).Check(new(20_00), Facts(20_00) with { AnyOpen = true }));
    }

    [Fact]
    public void A_request_of_which_the_fee_leaves_nothing_is_refused() => Assert.Equal(
        ["payouts.fee_takes_all"], Codes((Default with { Least = Money.Zero, FeeLeast = new(5_00) }).Check(new(5_00), Facts(10_00))));

    [Fact]
    public void Two_persons_are_needed_from_the_amount_on()
    {
        var policy = Default with { SecondFrom = new(5_000_00) };
        Assert.False(policy.NeedsSecond(new(4_999_99)));
        Assert.True(policy.NeedsSecond(new(5_000_00)));
        Assert.False(Default.NeedsSecond(new(1_000_000_00)));
    }

    private static RequestFacts Facts(long available) => new(new(available), Money.Zero, false, null, Today);

    private static IReadOnlyList<string> Codes(IEnumerable<Refusal> refusals) => [.. refusals.Select(r => r.Code)];
}
