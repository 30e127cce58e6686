using System.Security.Cryptography;
using HaoSuan.Ledger;
using Xunit;

namespace HaoSuan.Tests.Unit.Ledger;

public sealed class MerkleTests
{
    private const int Most = 40;

    private static byte[] Leaves(int count) => [.. Enumerable.Range(0, count).SelectMany(i => SHA256.HashData([(byte)i]))];

    private static byte[] Leaf(byte[] leaves, int index) => leaves.AsSpan(index * Merkle.Size, Merkle.Size).ToArray();

    public static TheoryData<int> Counts => new(Enumerable.Range(1, Most));

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_leaf_leads_to_the_root_by_its_own_path_and_by_no_other(int count)
    {
        var (leaves, all) = (Leaves(count), Enumerable.Range(0, count).ToList());
        var paths = Merkle.Paths(leaves, all);
        var root = Merkle.Root(leaves.ToArray());

        foreach (var (leaf, way) in from leaf in all from way in all select (leaf, way))
        {
            Assert.Equal(leaf == way, Merkle.Fits(paths[way], leaf, count));
            Assert.Equal(leaf == way, Merkle.Climb(Leaf(leaves, leaf), paths[way]).SequenceEqual(root));
        }
        Assert.All(all, i => Assert.False(Merkle.Fits(paths[i], i + count, count)));
    }

    [Fact]
    public void The_tree_is_that_of_rfc_6962()
    {
        var (leaves, node) = (Leaves(3), new byte[] { 0x01 });
        var left = SHA256.HashData([.. node, .. leaves.AsSpan(0, 2 * Merkle.Size)]);

        Assert.Equal(SHA256.HashData([.. node, .. left, .. Leaf(leaves, 2)]), Merkle.Root(leaves.ToArray()));
    }
}
