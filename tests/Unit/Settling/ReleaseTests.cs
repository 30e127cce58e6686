using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class ReleaseTests
{
    private static SmallCase Activated(string at, string release, params string[] more) =>
        new() { Release = release, Facts = [$"a activated {at}", .. more] };

    [Theory]
    [InlineData("""{"mode":"at_once"}""", "03-04T10:00", "03-04T10:00")]
    [InlineData("""{"mode":"days","days":7}""", "03-04T10:00", "03-11T00:00")]
    [InlineData("""{"mode":"days","days":0}""", "03-04T10:00", "03-04T00:00")]
    [InlineData("""{"mode":"weekly","weekday":1}""", "03-01T11:00", "03-02T00:00")]     // a Sunday
    [InlineData("""{"mode":"weekly","weekday":1}""", "03-02T11:00", "03-09T00:00")]     // a Monday: strictly after
    [InlineData("""{"mode":"weekly","weekday":7}""", "03-02T11:00", "03-08T00:00")]
    [InlineData("""{"mode":"monthly","months":1,"day":15}""", "03-04T10:00", "04-15T00:00")]
    [InlineData("""{"mode":"monthly","months":1,"day":31}""", "03-31T23:59", "04-30T00:00")]
    [InlineData("""{"mode":"monthly","months":0,"day":2}""", "03-04T10:00", "03-02T00:00")]
    public void The_release_instant_follows_from_the_instant_earned(string release, string earned, string released) =>
        Assert.Equal(released, Activated(earned, release).Released("12-31"));

    [Fact]
    public void A_release_before_the_instant_earned_is_available_at_once() =>
        Assert.Contains("sale D2 8.00 available", Activated("03-04T10:00", """{"mode":"monthly","months":0,"day":2}""").Lines("03-04T10:00"));

    [Fact]
    public void It_is_available_from_the_release_instant_on()
    {
        var order = Activated("03-04T10:00", """{"mode":"days","days":1}""");
        Assert.Contains("sale D2 8.00 pending", order.Lines("03-04T23:59"));
        Assert.Contains("sale D2 8.00 available", order.Lines("03-05"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("c upstream_confirmed 03-20T08:00 stage=s", "03-20T08:00")]
    [InlineData("c upstream_confirmed 03-02T08:00 stage=s", "03-11T00:00")]
    [InlineData("c upstream_confirmed 03-20T08:00 stage=other", "")]
    [InlineData("c upstream_confirmed 03-20T08:00", "")]
    public void It_can_await_the_upstream_on_top(string confirmation, string released)
    {
        var order = Activated("03-04T10:00", """{"mode":"days","days":7,"await":"upstream_confirmed"}""",
            [.. new[] { confirmation }.Where(c => c.Length > 0)]);
        Assert.Equal(released, order.Released("12-31"));
    }
}
