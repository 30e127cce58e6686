using HaoSuan.Appeals;
using Xunit;

namespace HaoSuan.Tests.Unit.Appeals;

public sealed class CourseTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static Course Begun => Course.Begun(Monday, AppealPolicy.Default);

    private static Course Rejected(DateOnly on) => Begun.Decided(Verdict.Rejected, At(on)).Value;

    private static Instant At(DateOnly day) => Zone.Shanghai.StartOf(day);

    [Theory]
    [InlineData("2026-03-02", 5, "2026-03-09")]
    [InlineData("2026-03-06", 1, "2026-03-09")]
    [InlineData("2026-03-07", 1, "2026-03-09")]
    [InlineData("2026-03-08", 5, "2026-03-13")]
    [InlineData("2026-03-02", 0, "2026-03-02")]
    public void Weekends_do_not_count(string day, int count, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, null), WorkingDays.After(DateOnly.Parse(day, null), count));

    [Fact]
    public void The_days_between_are_those_that_were_counted()
    {
        foreach (var start in Enumerable.Range(0, 7).Select(Monday.AddDays))
            foreach (var count in Enumerable.Range(0, 12))
                Assert.Equal(count, WorkingDays.Between(start, WorkingDays.After(start, count)));
        Assert.Equal(0, WorkingDays.Between(Monday, Monday.AddDays(-3)));
    }

    [Fact]
    public void It_is_overdue_on_the_day_after_its_last_day()
    {
        Assert.Equal(new DateOnly(2026, 3, 9), Begun.Due);
        Assert.False(Begun.IsOverdueOn(Begun.Due));
        Assert.True(Begun.IsOverdueOn(Begun.Due.AddDays(1)));
    }

    [Fact]
    public void While_the_distributor_is_asked_the_deadline_waits_and_the_answer_gives_back_what_was_left()
    {
        var asked = Begun.Asked(new(2026, 3, 4)).Value;        // Wednesday: Thursday, Friday and Monday are left

        Assert.Equal((AppealState.NeedsInfo, false), (asked.State, asked.IsOverdueOn(new(2026, 6, 1))));
        var answered = asked.Said(byOffice: false, new(2026, 3, 20)).Value;
        Assert.Equal((AppealState.Open, new DateOnly(2026, 3, 25)), (answered.State, answered.Due));
    }

    [Fact]
    public void What_was_overdue_when_it_was_asked_about_has_a_day_after_the_answer()
    {
        var answered = Begun.Asked(new(2026, 3, 12)).Value.Said(byOffice: false, new(2026, 3, 13)).Value;

        Assert.Equal(new DateOnly(2026, 3, 16), answered.Due);
    }

    [Fact]
    public void What_the_office_writes_answers_nothing_and_asking_again_takes_no_days()
    {
        var asked = Begun.Asked(Monday).Value;

        Assert.Equal(asked, asked.Said(byOffice: true, Monday.AddDays(1)).Value);
        Assert.Equal(asked, asked.Asked(Monday.AddDays(30)).Value);
        Assert.Equal(Begun, Begun.Said(byOffice: false, Monday.AddDays(1)).Value);
    }

    [Theory]
    [InlineData(Verdict.Upheld)]
    [InlineData(Verdict.Rejected)]
    public void What_has_ended_is_ended(Verdict verdict)
    {
        foreach (var ended in new[] { Begun.Decided(verdict, At(Monday)).Value, Begun.Withdrawn().Value })
        {
            Assert.False(ended.IsOpen);
            Result<Course>[] nexts =
                [ended.Asked(Monday), ended.Said(true, Monday), ended.Said(false, Monday), ended.Decided(verdict, At(Monday)), ended.Withdrawn()];
            Assert.All(nexts, next => Assert.Equal("appeals.not_open", Assert.Single(next.Refusals).Code));
        }
    }

    [Fact]
    public void A_rejection_is_reopened_once_and_within_seven_days()
    {
        var rejected = Rejected(new(2026, 3, 4));
        var (last, late) = (At(new(2026, 3, 11)) - TimeSpan.FromSeconds(1), At(new(2026, 3, 11)));

        var reopened = rejected.Reopened(new(2026, 3, 10), last, AppealPolicy.Default).Value;

        Assert.Equal((AppealState.Open, new DateOnly(2026, 3, 17), true), (reopened.State, reopened.Due, reopened.WasReopened));
        Assert.Null(reopened.Verdict);
        Assert.Equal("appeals.reopens_no_more", rejected.Reopened(new(2026, 3, 11), late, AppealPolicy.Default).Refusals[0].Code);
        var again = reopened.Decided(Verdict.Rejected, last).Value;
        Assert.Null(again.ReopensUntil(AppealPolicy.Default));
        Assert.Equal("appeals.reopened_already", again.Reopened(new(2026, 3, 11), last, AppealPolicy.Default).Refusals[0].Code);
    }

    [Fact]
    public void Nothing_but_a_rejection_is_reopened()
    {
        foreach (var other in new[] { Begun, Begun.Withdrawn().Value, Begun.Decided(Verdict.Upheld, At(Monday)).Value })
            Assert.Equal("appeals.not_rejected", other.Reopened(Monday, At(Monday), AppealPolicy.Default).Refusals[0].Code);
    }
}
