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
    public static byte[] Root(Span<byte> hashes)
    {
        for (var count = hashes.Length / Size; count > 1; count = (count + 1) / 2) Raise(hashes, count);
        return hashes[..Size].ToArray();
    }

    /// <summary>The neighbours on the way from a leaf to the root, the lowest first: what a proof of inclusion consists of.</summary>
    public static List<Neighbour> Path(ReadOnlySpan<byte> hashes, int index)
    {
        var level = hashes.ToArray().AsSpan();
        List<Neighbour> path = [];
        for (var count = hashes.Length / Size; count > 1; count = (count + 1) / 2, index /= 2)
        {
            var neighbour = index ^ 1;
            if (neighbour < count) path.Add(new(neighbour < index, level.Slice(neighbour * Size, Size).ToArray()));
            Raise(level, count);
        }
        return path;
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
