using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class ConditionTests
{
    private static string Earned(string when, params string[] facts) => new SmallCase { When = $"[{when}]", Facts = facts }.Earned("12-31");

    [Fact]
    public void No_condition_is_met_when_the_order_is_placed() => Assert.Equal("03-01T10:00", Earned(""));

    [Fact]
    public void The_implicit_ordered_fact_meets_a_condition() => Assert.Equal("03-01T10:00", Earned("""{"fact":"ordered"}"""));

    [Fact]
    public void A_stage_is_earned_at_the_latest_of_its_conditions() =>
        Assert.Equal("03-09T00:00", Earned("""{"fact":"activated"},{"fact":"delivered"}""", "a activated 03-09", "b delivered 03-03"));

    [Fact]
    public void The_earliest_qualifying_fact_counts_however_the_facts_are_listed() =>
        Assert.Equal("03-04T00:00", Earned("""{"fact":"activated"}""", "a activated 03-09", "b activated 03-04"));

    [Theory]
    [InlineData("03-31T23:59", "03-31T23:59")]
    [InlineData("04-01T00:00", "")]
    public void Within_days_counts_calendar_days_inclusive(string at, string earned) =>
        Assert.Equal(earned, Earned("""{"fact":"activated","after":"ordered","within_days":30}""", $"a activated {at}"));

    [Theory]
    [InlineData(0, "03-31T23:59", "03-31T23:59")]
    [InlineData(0, "04-01T00:00", "")]
    [InlineData(1, "04-30T23:59", "04-30T23:59")]
    [InlineData(1, "05-01T00:00", "")]
    public void Within_months_counts_calendar_months(int months, string at, string earned) =>
        Assert.Equal(earned, Earned($$"""{"fact":"activated","after":"ordered","within_months":{{months}}}""", $"a activated {at}"));

    [Fact]
    public void A_fact_at_the_very_instant_of_X_is_after_it() =>
        Assert.Equal("03-05T00:00", Earned("""{"fact":"topped_up","after":"activated"}""", "b topped_up 03-05", "a activated 03-05"));

    [Fact]
    public void A_fact_before_X_does_not_qualify_but_a_later_one_does() =>
        Assert.Equal("03-07T00:00", Earned("""{"fact":"topped_up","after":"activated"}""", "a topped_up 03-04", "b activated 03-05", "c topped_up 03-07"));

    [Fact]
    public void While_there_is_no_X_the_condition_is_not_met() =>
        Assert.Equal("", Earned("""{"fact":"topped_up","after":"activated"}""", "a topped_up 03-04"));

    [Fact]
    public void X_is_the_earliest_of_its_kind_even_where_a_later_one_would_open_a_fitting_window() =>
        Assert.Equal("", Earned("""{"fact":"topped_up","after":"activated","within_days":3}""",
            "a activated 03-02", "b activated 03-20", "c topped_up 03-21"));

    [Fact]
    public void A_running_sum_counts_only_facts_that_qualify() =>
        Assert.Equal("03-06T00:00", Earned(
            """{"fact":"topped_up","at_least":"50.00","each_at_least":"10.00","where":{"channel":"app"},"after":"activated"}""",
            "z topped_up 03-01T11:00 amount=100.00 channel=app", "a activated 03-02",
            "b topped_up 03-03 amount=40.00 channel=app", "c topped_up 03-04 amount=9.99 channel=app",
            "d topped_up 03-05 amount=40.00 channel=shop", "e topped_up 03-06 amount=10.00 channel=app"));

    [Fact]
    public void One_payment_must_be_large_enough_by_itself() =>
        Assert.Equal("", Earned("""{"fact":"topped_up","each_at_least":"50.00"}""", "a topped_up 03-02 amount=30.00", "b topped_up 03-03 amount=30.00"));

    [Theory]
    [InlineData("""{"month":2}""", "03-04T00:00")]
    [InlineData("""{"month":[1,2]}""", "03-03T00:00")]
    [InlineData("""{"month":"2"}""", "")]
    [InlineData("""{"month":2,"channel":"app"}""", "")]
    [InlineData("""{"channel":[]}""", "")]
    public void Attributes_must_equal_a_value_or_one_of_a_list(string where, string earned) =>
        Assert.Equal(earned, Earned($$"""{"fact":"in_service","where":{{where}}}""", "a in_service 03-03 month=1", "b in_service 03-04 month=2"));

    [Theory]
    [InlineData("", "03-06T00:00")]
    [InlineData("b suspended 03-02T08:00", "")]
    [InlineData("b suspended 03-01T23:59", "03-06T00:00")]
    [InlineData("b suspended 03-05T23:59", "")]
    [InlineData("b suspended 03-06", "03-06T00:00")]
    [InlineData("b complained 03-04", "03-06T00:00")]
    public void Quiet_looks_at_whole_dates_from_that_of_X(string noise, string earned) =>
        Assert.Equal(earned, Earned("""{"quiet":["suspended"],"for_days":3,"after":"activated"}""",
            [.. new[] { "a activated 03-02T09:00", noise }.Where(fact => fact.Length > 0)]));

    [Fact]
    public void Quiet_can_be_narrowed_by_attributes() =>
        Assert.Equal("03-06T00:00", Earned("""{"quiet":["suspended"],"for_days":3,"after":"activated","where":{"kind":["double","office"]}}""",
            "a activated 03-02T09:00", "b suspended 03-03 kind=single"));

    [Theory]
    [InlineData("04-30T23:59", "")]
    [InlineData("05-01", "05-01T00:00")]
    public void Normal_at_month_end_is_met_at_the_midnight_that_begins_the_next_month(string asOf, string earned) =>
        Assert.Equal(earned, new SmallCase
        {
            When = """[{"normal_at_month_end":2,"after":"activated"}]""",
            Facts = ["a activated 03-31T23:59"],
        }.Earned(asOf));

    [Theory]
    [InlineData("05-01T00:00", "b suspended 04-02 kind=single", "c suspended 04-03 kind=double", "d resumed 04-04")]
    [InlineData("", "b suspended 04-02 kind=single", "c resumed 04-03", "d suspended 04-04")]
    [InlineData("", "b cancelled 04-02", "c resumed 04-03", "d resumed 04-04")]
    [InlineData("05-01T00:00", "b suspended 04-02 kind=arrears", "c resumed 04-02", "d cancelled 05-01")]
    [InlineData("", "b resumed 04-02", "c suspended 04-02 kind=office", "d resumed 05-01")]
    [InlineData("", "b suspended 03-01T09:00 kind=double", "c complained 04-02", "d complained 04-03")]
    public void Service_ends_with_a_suspension_until_resumed_and_with_a_cancellation_for_good(string earned, params string[] facts) =>
        Assert.Equal(earned, Earned("""{"normal_at_month_end":2,"after":"activated"}""", ["a activated 03-02", .. facts]));

    [Theory]
    [InlineData("single", "05-01T00:00")]
    [InlineData("double", "")]
    public void Ignored_kinds_of_suspension_do_not_count(string kind, string earned) =>
        Assert.Equal(earned, Earned("""{"normal_at_month_end":2,"after":"activated","ignoring":["single","arrears"]}""",
            "a activated 03-02", $"b suspended 04-02 kind={kind}"));

    [Fact]
    public void A_suspension_without_a_kind_cannot_be_ignored() =>
        Assert.Equal("", Earned("""{"normal_at_month_end":2,"after":"activated","ignoring":["single"]}""", "a activated 03-02", "b suspended 04-02"));

    [Fact]
    public void A_fact_is_seen_from_the_later_of_its_instant_and_its_recording()
    {
        var late = new SmallCase { Facts = ["a activated 03-02 recorded_at=03-10"] };
        var early = new SmallCase { Facts = ["a activated 03-10 recorded_at=03-02"] };
        Assert.Equal(["", "03-02T00:00"], [late.Earned("03-09T23:59"), late.Earned("03-10")]);
        Assert.Equal(["", "03-10T00:00"], [early.Earned("03-09T23:59"), early.Earned("03-10")]);
    }

    [Fact]
    public void A_void_withdraws_a_fact_and_a_void_of_the_void_brings_it_back()
    {
        var order = new SmallCase { Facts = ["a activated 03-02", "v void 03-05 of=a recorded_at=03-06", "w void 03-08 of=v"] };
        Assert.Equal(["03-02T00:00", "", "03-02T00:00"], [order.Earned("03-05"), order.Earned("03-06"), order.Earned("03-08")]);
    }

    [Fact]
    public void A_long_chain_of_voids_is_decided_from_its_end()
    {
        var voids = Enumerable.Range(0, 20_001).Select(i => $"v{i} void 03-05 of={(i == 0 ? "a" : $"v{i - 1}")}").ToArray();
        Assert.Equal("", new SmallCase { Facts = ["a activated 03-02", .. voids] }.Earned("03-06"));
        Assert.Equal("03-02T00:00", new SmallCase { Facts = ["a activated 03-02", .. voids[..^1]] }.Earned("03-06"));
    }

    [Fact]
    public void The_implicit_fact_can_be_withdrawn_by_its_id() =>
        Assert.Equal("", Earned("""{"fact":"activated","after":"ordered"}""", "a activated 03-02", "v void 03-03 of=ordered"));
}
