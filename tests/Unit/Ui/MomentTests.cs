using System.Globalization;
using HaoSuan.Ui;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class MomentTests
{
    private static readonly Instant Nine = Instant.From(DateTimeOffset.Parse("2026-03-05T09:00:59+08:00", CultureInfo.InvariantCulture));

    [Fact]
    public void A_moment_is_written_in_the_zone_to_the_minute()
    {
        Assert.Equal("2026-03-05 09:00", Moments.Text(Nine, Zone.Shanghai));
        Assert.Equal("2026-03-05 01:00", Moments.Text(Nine, Zone.Find("UTC")!));
    }

    [Theory]
    [InlineData(0, "刚刚")]
    [InlineData(-59, "刚刚")]
    [InlineData(-60, "1 分钟前")]
    [InlineData(-3599, "59 分钟前")]
    [InlineData(-3600, "1 小时前")]
    [InlineData(-86_400, "1 天前")]
    [InlineData(-30 * 86_400, "30 天前")]
    [InlineData(-31 * 86_400, null)]
    [InlineData(7200, "2 小时后")]
    [InlineData(31 * 86_400, null)]
    public void A_hint_counts_in_the_largest_whole_unit(int seconds, string? text) =>
        Assert.Equal(text, Moments.Relative(Nine + TimeSpan.FromSeconds(seconds), Nine));

    [Fact]
    public async Task The_tenants_zone_is_used_and_the_machine_is_told_the_offset()
    {
        var time = (await Rendered.PageAsync<When>(new { At = Nine })).QuerySelector("time")!;

        Assert.Equal("2026-03-05 09:00", time.TextContent);
        Assert.Equal("2026-03-05T09:00:59+08:00", time.GetAttribute("datetime"));
    }

    [Fact]
    public async Task A_zone_of_its_own_wins()
    {
        var page = await Rendered.PageAsync<When>(new { At = Nine, Zone = Zone.Find("UTC"), Now = Nine + TimeSpan.FromHours(3) });

        Assert.StartsWith("2026-03-05 01:00", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3 小时前", page.QuerySelector("small")!.TextContent);
    }
}
