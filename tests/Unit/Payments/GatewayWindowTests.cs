using CsCheck;
using HaoSuan.Payments;
using Xunit;

namespace HaoSuan.Tests.Unit.Payments;

public sealed class GatewayWindowTests
{
    [Theory]
    [InlineData(4, 4, 4, false, false)]
    [InlineData(5, 1, 5, true, false)]
    [InlineData(10, 1, 10, false, false)]
    [InlineData(20, 1, 20, false, true)]
    [InlineData(20, 0, 18, true, false)]
    [InlineData(20, 0, 19, false, true)]
    [InlineData(1, 0, 1, false, true)]
    [InlineData(0, 0, 0, false, false)]
    public void A_channel_is_bad_and_good_by_what_brings_an_answer_in_time(int calls, int failed, int inTime, bool isBad, bool isGood)
    {
        var window = new GatewayWindow(calls, failed, [inTime, 0, 0, 0]);

        Assert.Equal((isBad, isGood), (window.IsBad, window.IsGood));
    }

    [Fact]
    public void A_percentile_is_the_first_bound_within_which_so_many_calls_are_over() => Gen.Int[0, 9].Array[5].Sample(counts =>
    {
        var window = new GatewayWindow(counts.Sum(), 0, counts[..4]);
        int?[] took = [.. GatewayWindow.Bounds.Select(b => (int?)b), null];
        var all = counts.SelectMany((count, i) => Enumerable.Repeat(took[i], count)).ToArray();
        foreach (var percent in new[] { 50, 95, 99, 100 })
            Assert.Equal(all.Length == 0 ? null : all[((all.Length * percent) + 99) / 100 - 1], window.Percentile(percent));
    });

    [Fact]
    public void No_window_is_good_and_bad_at_once() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40]).Sample((calls, failed, inTime) =>
        !(new GatewayWindow(calls, Math.Min(failed, calls), [Math.Min(inTime, calls), 0, 0, 0]) is { IsGood: true, IsBad: true }));
}
