using CsCheck;
using HaoSuan.Leases;
using Xunit;

namespace HaoSuan.Tests.Unit.Leases;

public sealed class BillingCalendarTests
{
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 20_000].Select(d => new DateOnly(2000, 1, 1).AddDays(d));

    [Theory]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-01-31", 2, "2026-03-31")]
    [InlineData("2026-01-31", 3, "2026-04-30")]
    [InlineData("2028-01-30", 1, "2028-02-29")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2028-02-29", 48, "2032-02-29")]
    [InlineData("2026-12-15", 1, "2027-01-15")]
    public void A_month_begins_on_the_contract_day_or_on_the_last_day_of_a_shorter_month(string contract, int period, string expected) =>
        Assert.Equal(expected, $"{BillingCalendar.StartOf(Day(contract), period):yyyy-MM-dd}");

    [Theory]
    [InlineData("2026-01-31", "2026-01-30", 0)]
    [InlineData("2026-01-31", "2026-01-31", 1)]
    [InlineData("2026-01-31", "2026-02-27", 1)]
    [InlineData("2026-01-31", "2026-02-28", 2)]
    [InlineData("2026-01-31", "2026-03-30", 2)]
    [InlineData("2026-01-31", "2026-03-31", 3)]
    public void Months_are_counted_as_they_begin(string contract, string day, int begun) =>
        Assert.Equal(begun, BillingCalendar.BegunBy(Day(contract), Day(day)));

    [Fact]
    public void Months_follow_each_other_without_a_gap_and_a_day_lies_in_the_last_that_has_begun() =>
        Gen.Select(Days, Gen.Int[0, 2000]).Sample((contract, later) =>
        {
            var day = contract.AddDays(later);
            var begun = BillingCalendar.BegunBy(contract, day);
            Assert.Equal(BillingCalendar.EndOf(contract, begun - 1).AddDays(1), BillingCalendar.StartOf(contract, begun));
            Assert.InRange(day, BillingCalendar.StartOf(contract, begun - 1), BillingCalendar.EndOf(contract, begun - 1));
        });

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
