using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Ledger;

/// <summary>
/// The hashes by which the journal is sealed: postings in an entry, entries in a batch, batches in a block, and each block over
/// the one before. docs/adr/0007 tells the byte layout and what it does not protect from.
/// </summary>
internal sealed class Hashes
{
    private const byte PostingLeaf = 0x00;     // 0x01 is Merkle's inner node
    private const byte EntryLeaf = 0x02;
    private const byte BatchLeaf = 0x03;
    private const byte BlockHash = 0x04;
    public const int BlindingSize = 16;

    public static readonly byte[] Genesis = new byte[Merkle.Size];

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private byte[] _leaves = new byte[16 * Merkle.Size];

    /// <summary>The root over a batch's entries, in their order.</summary>
    public byte[] Batch(ReadOnlySpan<byte> salt, IReadOnlyList<(Entry Entry, Month Period)> entries)
    {
        var leaves = new byte[entries.Count * Merkle.Size];
        for (var i = 0; i < entries.Count; i++) Entry(salt, i, entries[i].Entry, entries[i].Period, leaves.AsSpan(i * Merkle.Size, Merkle.Size));
        return Merkle.Root(leaves);
    }

    public void Entry(ReadOnlySpan<byte> salt, int position, Entry entry, Month period, Span<byte> hash) =>
        Entry(entry, period, entry.Postings.Count, Postings(salt, position, entry), hash);

    /// <param name="entry">Its postings do not matter here: somebody who checks a proof knows only some of them.</param>
    /// <param name="period">The month that it is booked in.</param>
    /// <param name="count">How many postings it has.</param>
    /// <param name="postings">The root over them.</param>
    /// <param name="hash">Receives it.</param>
    public void Entry(Entry entry, Month period, int count, ReadOnlySpan<byte> postings, Span<byte> hash)
    {
        Begin(EntryLeaf);
        Put(entry.Kind);
        Put(entry.Source);
        Put(entry.At.Microseconds);
        Put(period.Number);
        Put(entry.Memo);
        Put(entry.OrderId?.Value ?? Guid.Empty);
        Put(count);
        _bytes.Write(postings);
        SHA256.HashData(_bytes.WrittenSpan, hash);
    }

    /// <summary>The hashes of an entry's postings, one after the other.</summary>
    public Span<byte> PostingLeaves(ReadOnlySpan<byte> salt, int position, Entry entry)
    {
        var size = entry.Postings.Count * Merkle.Size;
        if (_leaves.Length < size) _leaves = new byte[size];
        for (var i = 0; i < entry.Postings.Count; i++)
        {
            Posting(Blinding(salt, position, i), entry.Postings[i], _leaves.AsSpan(i * Merkle.Size, Merkle.Size));
        }
        return _leaves.AsSpan(0, size);
    }

    public void Posting(ReadOnlySpan<byte> blinding, Posting posting, Span<byte> hash)
    {
        Begin(PostingLeaf);
        _bytes.Write(blinding);
        Put(posting.Account.Code);
        Put(posting.Amount.Minor);
        Put(posting.Label);
        SHA256.HashData(_bytes.WrittenSpan, hash);
    }

    /// <summary>Known to whoever may see a posting: without it nobody can guess an amount and try whether the hash fits.</summary>
    public byte[] Blinding(ReadOnlySpan<byte> salt, int position, int line)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(salt);
        Put(position);
        Put(line);
        return SHA256.HashData(_bytes.WrittenSpan)[..BlindingSize];
    }

    public byte[] Batch(TenantId tenant, long id, Instant postedAt, int entries, ReadOnlySpan<byte> root)
    {
        Begin(BatchLeaf);
        Put(tenant.Value);
        Put(id);
        Put(postedAt.Microseconds);
        Put(entries);
        _bytes.Write(root);
        return SHA256.HashData(_bytes.WrittenSpan);
    }

    /// <param name="previous">The hash of the block before.</param>
    /// <param name="shortcut">That of the block further back: <see cref="BlockWay.Shortcut"/>.</param>
    /// <param name="height">The block's own.</param>
    /// <param name="firstNumber">Of its first entry.</param>
    /// <param name="lastNumber">Of its last entry.</param>
    /// <param name="sealedAt">When it was sealed.</param>
    /// <param name="root">Over its batches.</param>
    public byte[] Block(
        ReadOnlySpan<byte> previous, ReadOnlySpan<byte> shortcut, int height, long firstNumber, long lastNumber, Instant sealedAt, ReadOnlySpan<byte> root)
    {
        Begin(BlockHash);
        _bytes.Write(previous);
        _bytes.Write(shortcut);
        Put(height);
        Put(firstNumber);
        Put(lastNumber);
        Put(sealedAt.Microseconds);
        _bytes.Write(root);
        return SHA256.HashData(_bytes.WrittenSpan);
    }

    private byte[] Postings(ReadOnlySpan<byte> salt, int position, Entry entry) =>
        entry.Postings.Count == 0 ? Genesis : Merkle.Root(PostingLeaves(salt, position, entry));

    private void Begin(byte what)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write([what]);
    }

    private void Put(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    private void Put(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(BlindingSize), bigEndian: true, out var written);
        _bytes.Advance(written);
    }

    private void Put(string text)
    {
        Put(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
    }
}
