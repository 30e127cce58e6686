using HaoSuan.Orders;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class ProgressTests
{
    private static readonly Instant Start = Instant.From(new(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>The facts happened a minute apart, in the sequence in which they are named.</summary>
    private static OrderState After(string facts)
    {
        var happened = facts.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((kind, i) => new Fact($"f{i}", kind, Start + TimeSpan.FromMinutes(i + 1)));
        return Progress.Of(isFree: true, null, History.Of(Start, [.. happened]).Value).State;
    }

    [Theory]
    [InlineData("withdrawal_asked", OrderState.Cancelling)]
    [InlineData("submitted withdrawal_asked", OrderState.Cancelling)]
    [InlineData("withdrawal_asked submitted accepted", OrderState.Cancelling)]
    [InlineData("submitted withdrawal_asked closed", OrderState.Closed)]
    [InlineData("submitted withdrawal_asked withdrawal_refused", OrderState.Submitted)]
    [InlineData("submitted withdrawal_asked withdrawal_refused withdrawal_asked", OrderState.Cancelling)]
    [InlineData("submitted withdrawal_asked rejected", OrderState.Failed)]
    [InlineData("submitted withdrawal_asked shipped withdrawal_refused", OrderState.Shipped)]
    public void The_upstreams_answer_decides_about_an_order_that_is_being_cancelled(string facts, OrderState state) =>
        Assert.Equal(state, After(facts));

    [Theory]
    [InlineData("submitted shipped withdrawal_asked", OrderState.Shipped)]
    [InlineData("submitted shipped activated withdrawal_asked closed", OrderState.Activated)]
    [InlineData("submitted rejected withdrawal_asked withdrawal_refused", OrderState.Failed)]
    [InlineData("submitted withdrawal_refused", OrderState.Submitted)]
    [InlineData("submitted withdrawal_asked closed withdrawal_refused activated", OrderState.Closed)]
    public void What_comes_too_late_changes_nothing(string facts, OrderState state) => Assert.Equal(state, After(facts));
}
