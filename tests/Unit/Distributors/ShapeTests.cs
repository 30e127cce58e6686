using CsCheck;
using HaoSuan.Distributors;
using Xunit;

namespace HaoSuan.Tests.Unit.Distributors;

/// <summary>However distributors are moved, the tree has no circle and is not too deep, at any instant.</summary>
public sealed class ShapeTests
{
    private const int Persons = 6;
    private const int Days = 5;

    private static readonly Gen<(int Who, int Parent, int Day)[]> Moves =
        Gen.Select(Gen.Int[0, Persons - 1], Gen.Int[-1, Persons - 1], Gen.Int[0, Days - 1]).Array[0, 12];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Moves_that_are_allowed_keep_the_tree_in_shape(int levels) => Moves.Sample(moves =>
    {
        var tree = Enumerable.Range(0, Persons).Select(i => new Placement(Id(i), null, [])).ToDictionary(p => p.Id);
        foreach (var (who, parent, day) in moves)
        {
            var moved = tree[Id(who)].With(parent < 0 ? null : Id(parent), Day(day));
            var asked = new Dictionary<DistributorId, Placement>(tree) { [moved.Id] = moved };
            if (Shape.Fault(asked, moved.Id, Day(day), levels) is null) tree = asked;
        }
        Assert.All(Enumerable.Range(0, Days), day => Assert.All(tree.Keys, id => Assert.InRange(LevelOf(tree, id, Day(day)), 1, levels)));
    }, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void A_branch_that_would_be_too_deep_later_is_seen_now()
    {
        var all = new[] { new Placement(Id(0), null, []), new Placement(Id(1), null, [new(Day(3), 1, Id(0))]), new Placement(Id(2), Id(1), []) }
            .ToDictionary(p => p.Id);

        Assert.Equal("distributors.too_deep", Shape.Fault(all, Id(2), Day(0), 2)?.Code);
        Assert.Null(Shape.Fault(all, Id(2), Day(0), 3));
    }

    [Fact]
    public void Branches_stand_from_the_top_down_with_how_many_are_below()
    {
        Distributor[] all = [Of(0, null), Of(1, 0), Of(2, null), Of(3, 1), Of(4, 0)];

        Assert.Equal([(0, 1, 3, 3), (1, 2, 1, 3), (3, 3, 0, 3), (4, 2, 0, 2), (2, 1, 0, 1)],
            Branches.Of(all).Select(b => (int.Parse(b.Distributor.Code), b.Level, b.Below, b.Deepest)));
        Assert.Equal(["1", "3"], Branches.Of(all).Under(Id(1)).Select(b => b.Distributor.Code));
        Assert.Empty(Branches.Of(all).Under(Id(9)));
    }

    private static Distributor Of(int i, int? parent) => new(Id(i), parent is { } p ? Id(p) : null, $"{i}", "店", true, Day(0));

    /// <summary>Counted without the rule: throws where there is a circle.</summary>
    private static int LevelOf(Dictionary<DistributorId, Placement> tree, DistributorId id, Instant at)
    {
        HashSet<DistributorId> seen = [];
        for (var next = (DistributorId?)id; next is { } one; next = tree[one].ParentAt(at)) Assert.True(seen.Add(one), "a circle");
        return seen.Count;
    }

    private static DistributorId Id(int i) => new(new Guid(i + 1, 0, 0, new byte[8]));

    private static Instant Day(int day) => new(day * Instant.MicrosecondsPerDay);
}
