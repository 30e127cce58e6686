using System.Numerics;
using HaoSuan.Ledger;
using Xunit;

namespace HaoSuan.Tests.Unit.Ledger;

public sealed class BlockWayTests
{
    [Fact]
    public void A_way_goes_down_by_what_each_block_names_in_at_most_three_steps_for_each_doubling()
    {
        for (var from = 1; from <= 600; from++)
        {
            for (var to = 1; to <= from; to++)
            {
                var way = BlockWay.Between(from, to).ToList();

                Assert.Equal((from, to), (way[0], way[^1]));
                Assert.All(way.Zip(way.Skip(1)), step => Assert.True(step.Second == step.First - 1 || step.Second == BlockWay.Shortcut(step.First)));
                Assert.InRange(way.Count, 1, 3 * (BitOperations.Log2((uint)from) + 1));
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(6, 3)]
    [InlineData(12, 11)]
    [InlineData(14, 7)]
    [InlineData(200, 197)]
    public void The_shortcut_goes_back_by_the_last_of_1_3_7_and_so_on_that_make_up_the_height(int height, int shortcut) =>
        Assert.Equal(shortcut, BlockWay.Shortcut(height));
}
