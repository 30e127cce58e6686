using System.Security.Cryptography;

namespace HaoSuan.Ledger;

/// <summary>
/// The Merkle tree of RFC 6962, section 2.1, over leaves that are hashes already: neighbours are hashed in pairs, level by level,
/// and the last one without a neighbour goes up as it is.
/// </summary>
internal static class Merkle
{
    public const int Size = SHA256.HashSizeInBytes;
    private const byte Node = 0x01;

    /// <param name="hashes">One after the other, at least one. Used as working space.</param>
    public static byte[] Root(Span<byte> hashes) => RootIn(hashes).ToArray();

    /// <summary>The same where they stood, for whoever uses it at once.</summary>
    public static ReadOnlySpan<byte> RootIn(Span<byte> hashes)
    {
        for (var count = hashes.Length / Size; count > 1; count = (count + 1) / 2) Raise(hashes, count);
        return hashes[..Size];
    }

    /// <summary>For each of some leaves the neighbours on its way to the root, the lowest first: what a proof of inclusion consists of.</summary>
    public static List<Neighbour>[] Paths(ReadOnlySpan<byte> hashes, IReadOnlyList<int> indexes)
    {
        var level = hashes.ToArray().AsSpan();
        List<Neighbour>[] paths = [.. indexes.Select(_ => new List<Neighbour>())];
        for (int count = hashes.Length / Size, height = 0; count > 1; count = (count + 1) / 2, height++)
        {
            for (var i = 0; i < paths.Length; i++)
            {
                var (index, neighbour) = (indexes[i] >> height, (indexes[i] >> height) ^ 1);
                if (neighbour < count) paths[i].Add(new(neighbour < index, level.Slice(neighbour * Size, Size).ToArray()));
            }
            Raise(level, count);
        }
        return paths;
    }

    /// <summary>Whether the way turns as it does from the leaf of that index among so many: otherwise it is another leaf's.</summary>
    public static bool Fits(IReadOnlyList<Neighbour> path, int index, int count)
    {
        if (index < 0 || index >= count) return false;
        var step = 0;
        for (; count > 1; count = (count / 2) + (count % 2), index /= 2)
        {
            if ((index ^ 1) >= count) continue;
            if (step == path.Count || path[step].IsLeft != (index % 2 == 1)) return false;
            step++;
        }
        return step == path.Count;
    }

    /// <summary>The root to which a leaf and its path lead.</summary>
    public static byte[] Climb(ReadOnlySpan<byte> leaf, IEnumerable<Neighbour> path)
    {
        var hash = leaf.ToArray();
        foreach (var (isLeft, neighbour) in path) hash = isLeft ? Join(neighbour, hash) : Join(hash, neighbour);
        return hash;
    }

    private static void Raise(Span<byte> hashes, int count)
    {
        Span<byte> pair = stackalloc byte[1 + (2 * Size)];
        pair[0] = Node;
        for (var i = 0; i + 1 < count; i += 2)
        {
            hashes.Slice(i * Size, 2 * Size).CopyTo(pair[1..]);
            SHA256.HashData(pair, hashes.Slice(i / 2 * Size, Size));
        }
        if (count % 2 == 1) hashes.Slice((count - 1) * Size, Size).CopyTo(hashes.Slice(count / 2 * Size, Size));
    }

    private static byte[] Join(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([Node, .. left, .. right]);
}

/// <summary>A hash beside the way to the root.</summary>
internal readonly record struct Neighbour(bool IsLeft, byte[] Hash);
