using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Ledger;

/// <summary>
/// The hash chain of the journal: each entry's SHA-256 covers the previous one's and everything that the entry says, so that a
/// changed fen or a removed row shows in every later hash. docs/adr/0007 tells the byte layout and what it does not protect from.
/// </summary>
internal static class Chain
{
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    public static byte[] Next(byte[] previous, long number, Entry entry, Instant postedAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, number);
        Append(hash, entry.Kind);
        Append(hash, entry.Source);
        Append(hash, entry.At.Microseconds);
        Append(hash, postedAt.Microseconds);
        Append(hash, entry.Memo);
        hash.AppendData((entry.OrderId?.Value ?? Guid.Empty).ToByteArray(bigEndian: true));
        Append(hash, entry.Postings.Count);
        foreach (var posting in entry.Postings)
        {
            Append(hash, posting.Account.Code);
            Append(hash, posting.Amount.Minor);
        }
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
