using System.Buffers;
using System.Text;

namespace HaoSuan.Cli;

/// <summary>Passes UTF-8 bytes on to a text writer as they come, so that a large result is never held as a whole.</summary>
internal sealed class Utf8Text(TextWriter output) : IBufferWriter<byte>
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();     // remembers a character split between two buffers
    private byte[] _bytes = new byte[64 * 1024];
    private char[] _chars = [];

    public void Advance(int count)
    {
        if (_chars.Length < count + 1) _chars = new char[count + 1];
        output.Write(_chars, 0, _decoder.GetChars(_bytes, 0, count, _chars, 0));
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length < sizeHint) _bytes = new byte[sizeHint];
        return _bytes;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
