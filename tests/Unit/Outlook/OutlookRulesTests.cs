using CsCheck;
using HaoSuan.Outlook;
using HaoSuan.Payouts;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Outlook;

public sealed class OutlookRulesTests
{
    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly PayoutPolicy Policy = PayoutPolicy.Default with { Least = new(10_00), Deposit = new(5_00) };

    private static ForecastDay Day(int day, long certain, long expected = 0, long awaiting = 0) =>
        new(First.AddDays(day), new(certain), new(expected), new(awaiting), 1);

    [Fact]
    public void What_is_above_the_deposit_can_be_withdrawn_now() =>
        Assert.Equal(new(new(10_00), null, default, false), PayoutTimes.Of(new(15_00), Policy, [Day(1, 100_00)]));

    [Fact]
    public void The_first_day_that_suffices_counts_what_is_certain_before_it_counts_what_is_expected()
    {
        Assert.Equal(new(default, First.AddDays(3), new(11_00), false), PayoutTimes.Of(new(14_00), Policy, [Day(1, 0, 50_00), Day(3, 2_00)]));
        Assert.Equal(new(default, First.AddDays(2), new(51_00), true), PayoutTimes.Of(new(5_00), Policy, [Day(1, 1_00), Day(2, 0, 50_00)]));
    }

    [Fact]
    public void What_awaits_the_upstream_promises_no_day() =>
        Assert.Equal(new(default, null, default, false), PayoutTimes.Of(new(-3_00), Policy, [Day(1, 0, 0, 500_00)]));

    [Fact]
    public void On_the_day_that_is_told_a_payout_is_allowed_and_on_no_day_before() =>
        Gen.Select(Gen.Int[-2000, 2000], Gen.Int[0, 800].Array[1, 8]).Sample((available, amounts) =>
        {
            var expectation = PayoutTimes.Of(new(available), Policy, [.. amounts.Select((amount, day) => Day(day, amount))]);
            bool Allowed(int days)
            {
                var balance = available + amounts.Take(days).Sum();
                var facts = new RequestFacts(new(balance), Money.Zero, false, null, First);
                return Policy.Check(new(balance - Policy.Deposit.Minor), facts).Count == 0 && balance > Policy.Deposit.Minor;
            }
            var first = Enumerable.Range(0, amounts.Length + 1).Where(Allowed).Select(days => (int?)days).FirstOrDefault();
            return first switch
            {
                null => expectation is { Now.IsZero: true, From: null },
                0 => !expectation.Now.IsZero && expectation.From is null,
                { } days => expectation.From == First.AddDays(days - 1),
            };
        });

    [Theory]
    [InlineData("activated cancelled", "cancelled")]
    [InlineData("activated returned", "returned")]
    [InlineData("rejected", "rejected")]
    [InlineData("submitted closed", "closed")]
    [InlineData("closed cancelled", "cancelled")]
    [InlineData("activated rejected", null)]
    [InlineData("submitted shipped suspended", null)]
    public void An_order_has_ended_when_nobody_can_do_anything_for_it_any_more(string kinds, string? by) =>
        Assert.Equal(by, Ending.Of([.. kinds.Split(' ').Select((kind, i) => new Fact($"{i}", kind, new(i)))])?.Kind);
}
