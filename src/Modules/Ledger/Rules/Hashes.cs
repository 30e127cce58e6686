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
    private const int IdSize = 16;
    private const int BlindingsToHash = SHA512.HashSizeInBytes / BlindingSize;
    public const int BlindingSize = 16;

    public static readonly byte[] Genesis = new byte[Merkle.Size];

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private byte[] _leaves = new byte[16 * Merkle.Size];
    private byte[] _blindings = [];

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
        var blindings = Blindings(salt, position, entry.Postings.Count);
        for (var i = 0; i < entry.Postings.Count; i++)
            Posting(blindings.Slice(i * BlindingSize, BlindingSize), entry.Postings[i], _leaves.AsSpan(i * Merkle.Size, Merkle.Size));
        return _leaves.AsSpan(0, size);
    }

    /// <summary>
    /// Those of an entry's postings, one after the other, until the next call. Whoever may see a posting is given its blinding: without it
    /// nobody can guess an amount and try whether the hash fits. Four to a hash, since there are as many as postings.
    /// </summary>
    public ReadOnlySpan<byte> Blindings(ReadOnlySpan<byte> salt, int position, int postings)
    {
        var hashes = (postings + BlindingsToHash - 1) / BlindingsToHash;
        if (_blindings.Length < hashes * SHA512.HashSizeInBytes) _blindings = new byte[hashes * SHA512.HashSizeInBytes];
        for (var i = 0; i < hashes; i++)
        {
            _bytes.ResetWrittenCount();
            _bytes.Write(salt);
            Put(position);
            Put(i);
            SHA512.HashData(_bytes.WrittenSpan, _blindings.AsSpan(i * SHA512.HashSizeInBytes));
        }
        return _blindings.AsSpan(0, postings * BlindingSize);
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

    private ReadOnlySpan<byte> Postings(ReadOnlySpan<byte> salt, int position, Entry entry) =>
        entry.Postings.Count == 0 ? Genesis : Merkle.RootIn(PostingLeaves(salt, position, entry));

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
        value.TryWriteBytes(_bytes.GetSpan(IdSize), bigEndian: true, out var written);
        _bytes.Advance(written);
    }

    private void Put(string text)
    {
        Put(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
    }
}
