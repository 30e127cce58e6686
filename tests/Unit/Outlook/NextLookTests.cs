using CsCheck;
using HaoSuan.Outlook;
using HaoSuan.Settling.Explaining;
using HaoSuan.Settling.Outlook;
using HaoSuan.Tests.Unit.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Outlook;

/// <summary>The watch leaves an order alone until the next look, so nothing may change before it: held against random worlds.</summary>
public sealed class NextLookTests
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(7);
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    private static OrderOutlook At(World world, Instant asOf) => new(
        Deadlines.Of(world.Order, world.Known, asOf, World.Zone).Value,
        Forecast.Of(world.Order, world.Known, asOf, World.Zone).Value.Lines,
        Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value);

    /// <summary>All that the watch keeps of an order as of an instant.</summary>
    private static string Kept(World world, Instant asOf)
    {
        var outlook = At(world, asOf);
        var deadlines = outlook.Deadlines.Where(d => d.At <= asOf + Notice)
            .Select(d => $"{WarningKey.Of(d)} {d.At} {string.Join(',', d.Stakes.Select(s => $"{s.Distributor} {s.Amount}"))}");
        var lines = outlook.Lines.Select(l => $"{l.Line.Key} {l.Line.Amount} {l.At} {l.Certainty}");
        return string.Join('\n', deadlines.Concat(lines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_kept_of_an_order_changes_before_its_next_look()
    {
        var changes = 0;
        Gen.Select(World.Any, World.Moment(150), Gen.Int[1, 999]).Sample((world, moment, part) =>
        {
            var now = Instant.Max(moment, world.Order.OrderedAt);
            var next = NextLook.Of(At(world, now), world.Facts, now, Notice, World.Zone);
            var last = (next ?? World.End) - Tick;
            var between = now + new TimeSpan((last - now).Ticks / 10_000 * part * 10);
            if (next is { } at && Kept(world, at) != Kept(world, now)) Interlocked.Increment(ref changes);
            return Kept(world, between) == Kept(world, now) && Kept(world, last) == Kept(world, now);
        }, iter: 20_000);

        Assert.True(changes > 2_000, $"{changes} changes are too few to prove anything");
    }
}
