using System.Globalization;
using Xunit;

namespace HaoSuan.Tests.Unit;

public sealed class ZoneTests
{
    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-05T23:59:59+08:00", "2026-03-05")]
    [InlineData("Asia/Shanghai", "2026-03-05T16:00:00Z", "2026-03-06")]
    [InlineData("Asia/Shanghai", "1969-12-31T15:59:59Z", "1969-12-31")]
    [InlineData("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08")]
    [InlineData("Asia/Kathmandu", "2026-01-01T18:15:00Z", "2026-01-02")]
    public void An_instant_has_the_local_date_of_its_zone(string zone, string instant, string date) =>
        Assert.Equal(DateOnly.Parse(date, CultureInfo.InvariantCulture), Zone.Find(zone)!.DateOf(At(instant)));

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-05", "2026-03-05T00:00:00+08:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00")]   // midnight was skipped
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T00:00:00-04:00")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00")]       // midnight comes twice
    public void A_date_begins_at_its_first_instant(string zone, string date, string instant) =>
        Assert.Equal(At(instant), Zone.Find(zone)!.StartOf(DateOnly.Parse(date, CultureInfo.InvariantCulture)));

    [Fact]
    public void The_start_of_every_date_has_that_date_and_the_microsecond_before_has_the_day_before()
    {
        foreach (var zone in new[] { "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca" }.Select(Zone.Find))
        {
            for (var day = new DateOnly(1985, 1, 1); day.Year < 2040; day = day.AddDays(1))
            {
                var start = zone!.StartOf(day);
                Assert.Equal(day, zone.DateOf(start));
                Assert.Equal(day.AddDays(-1), zone.DateOf(new Instant(start.Microseconds - 1)));
            }
        }
    }

    [Fact]
    public void An_unknown_zone_is_not_found() => Assert.Null(Zone.Find("Asia/Nowhere"));
}
