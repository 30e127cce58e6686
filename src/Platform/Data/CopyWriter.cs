using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>
/// Writes PostgreSQL's binary COPY format (the manual's page on COPY, "Binary Format") from one buffer: a settlement run writes ten
/// rows for an order, and a general writer that asks for each value's type takes as long as everything else together.
/// </summary>
internal sealed class CopyWriter(NpgsqlRawCopyStream stream)
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // Room for the fixed part of any value; texts make their own.
    private const int Room = 64;

    private byte[] _buffer = new byte[1 << 17];
    private int _length;

    public void Begin() => Put(Header);

    public void Row(int columns)
    {
        Reserve(Room);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), checked((short)columns));
        _length += sizeof(short);
    }

    public void Value<T>(T value)
    {
        Reserve(Room);
        switch (value)
        {
            case null:
                Size(-1);
                break;
            case long number:
                BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), number);
                break;
            case int number:
                BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), number);
                break;
            case short number:
                BinaryPrimitives.WriteInt16BigEndian(Field(sizeof(short)), number);
                break;
            case Guid id:
                id.TryWriteBytes(Field(16), bigEndian: true, out _);
                break;
            case string text:
                Text(text);
                break;
            case byte[] bytes:
                Size(bytes.Length);
                Put(bytes);
                break;
            default:
                throw new NotSupportedException($"A column of {typeof(T)} cannot be copied.");
        }
    }

    public async Task EndAsync(CancellationToken cancel)
    {
        Reserve(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), -1);
        _length += sizeof(short);
        await FlushAsync(cancel);
    }

    /// <summary>Sends what is written, when there is enough of it.</summary>
    public async ValueTask SendAsync(CancellationToken cancel)
    {
        if (_length > _buffer.Length / 2) await FlushAsync(cancel);
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        // Between two writes: one that is cut off breaks the connection, and that would be told as a database that is gone.
        cancel.ThrowIfCancellationRequested();
        await stream.WriteAsync(_buffer.AsMemory(0, _length), CancellationToken.None);
        _length = 0;
    }

    private void Text(string text)
    {
        Reserve(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + sizeof(int)));
        Size(length);
        _length += length;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private Span<byte> Field(int size)
    {
        Size(size);
        _length += size;
        return _buffer.AsSpan(_length - size, size);
    }

    private void Size(int size)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), size);
        _length += sizeof(int);
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
