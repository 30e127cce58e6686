using System.Text;
using HaoSuan.Distributors;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using Xunit;

namespace HaoSuan.Tests.Unit.Distributors;

/// <summary>
/// 禁止传销条例 §7 (一), (二): nobody is paid for recruiting, and nobody pays to join. What pays is a stage of a card's scheme, met by facts of
/// that card's order, or a bonus by the number of such cards; there is no word for a person who joins.
/// </summary>
public sealed class RecruitingTests
{
    [Theory]
    [InlineData("joined")]
    [InlineData("invited")]
    [InlineData("recruited")]
    [InlineData("registered")]
    [InlineData("level_purchased")]
    [InlineData("team_size")]
    public void No_scheme_can_pay_for_a_person_who_joins(string fact)
    {
        var scheme = $$$"""
            {"product":"GD29","version":1,
             "stages":[{"key":"first","upstream":"1.00","when":[{"fact":"{{{fact}}}"}],"release":{"mode":"at_once"}}]}
            """;

        Assert.False(SchemeText.TryRead(Encoding.UTF8.GetBytes(scheme), out _, out var faults));
        Assert.Contains(faults, f => $"{f}".Contains("unknown fact kind", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bonus_counts_cards_by_a_stage_of_a_scheme_and_has_no_measure_of_persons()
    {
        Assert.Equal(["Own", "Team"], Enum.GetNames<Scope>());
        Assert.Equal(["Sale", "Spread", "Peer", "Penalty", "Bonus"], Enum.GetNames<Role>());
        Assert.Equal(["From", "PerCard"], typeof(Tier).GetProperties().Select(p => p.Name));
    }

    [Fact]
    public void What_somebody_fills_in_who_joins_has_no_amount() => Assert.DoesNotContain(
        typeof(JoinForm).GetProperties().Concat(typeof(Joining).GetProperties()), p => p.PropertyType == typeof(Money) || p.PropertyType == typeof(Money?));

    [Theory]
    [InlineData(2, 29, ThresholdState.Clear)]
    [InlineData(2, 30, ThresholdState.Near)]
    [InlineData(1, 500, ThresholdState.Clear)]
    [InlineData(3, 23, ThresholdState.Clear)]
    [InlineData(3, 24, ThresholdState.Near)]
    [InlineData(3, 30, ThresholdState.Reached)]
    public void A_branch_is_near_the_threshold_by_both_numbers(int levels, int persons, ThresholdState state) =>
        Assert.Equal(state, Threshold.Of(levels, persons));
}
