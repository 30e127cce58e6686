using System.Runtime.InteropServices;

namespace HaoSuan.Settling.Reconciling;

/// <summary>
/// An identifier (order number, ICCID, phone) in upper case, packed without loss: up to 24 of 0-9 A-Z - _ * stand in two
/// numbers, so that millions of them cost no string each. Anything else is kept as text.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Code
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_*";
    private const int Base = 40;    // one more than the letters: zero ends the text; 40^12 < 2^64
    private const int PartLength = 12;
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;
    private const ulong Seed = 0xD6E8_FEB8_6659_FD93;

    private readonly ulong _head;
    private readonly ulong _tail;
    private readonly string? _text;

    private Code(ulong head, ulong tail, string? text) => (_head, _tail, _text) = (head, tail, text);

    public bool IsNone => _head == 0 && _text is null;

    /// <summary>Whether it is made of letters and digits only, as identifiers are.</summary>
    public bool IsPacked => _text is null;

    /// <summary>The code of a text: no code where it is empty. Case does not matter.</summary>
    public static Code Of(ReadOnlySpan<char> text)
    {
        if (text.Length > 2 * PartLength) return Unpacked(text);
        ulong head = 0, tail = 0;
        for (var i = 0; i < 2 * PartLength; i++)
        {
            var digit = i < text.Length ? DigitOf(text[i]) : 0;
            if (digit < 0) return Unpacked(text);
            if (i < PartLength) head = (head * Base) + (ulong)digit;
            else tail = (tail * Base) + (ulong)digit;
        }
        return new(head, tail, null);
    }

    /// <summary>Writes the text (at most 24 characters, unless it is kept as text) and gives it back.</summary>
    public ReadOnlySpan<char> Write(Span<char> buffer)
    {
        if (_text is not null) return _text;
        Unpack(_head, buffer[..PartLength]);
        Unpack(_tail, buffer[PartLength..(2 * PartLength)]);
        var length = buffer[..(2 * PartLength)].IndexOf('\0');
        return length < 0 ? buffer[..(2 * PartLength)] : buffer[..length];
    }

    internal static int Compare(Code a, Code b)
    {
        var order = a._head.CompareTo(b._head);
        if (order == 0) order = a._tail.CompareTo(b._tail);
        return order != 0 ? order : string.CompareOrdinal(a._text, b._text);
    }

    public override string ToString() => _text ?? new(Write(stackalloc char[2 * PartLength]));

    public override int GetHashCode()
    {
        if (_text is not null) return _text.GetHashCode(StringComparison.Ordinal);
        var mixed = Math.BigMul(_head ^ Seed, Factor, out var low) ^ low;
        mixed = Math.BigMul(mixed ^ _tail, Factor, out low) ^ low;
        return unchecked((int)(mixed ^ (mixed >> 32)));
    }

    private static Code Unpacked(ReadOnlySpan<char> text) => new(0, 0, text.ToString().ToUpperInvariant());

    private static void Unpack(ulong packed, Span<char> buffer)
    {
        for (var i = PartLength - 1; i >= 0; i--)
        {
            var digit = (int)(packed % Base);
            buffer[i] = digit == 0 ? '\0' : Alphabet[digit - 1];
            packed /= Base;
        }
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0' + 1,
        >= 'A' and <= 'Z' => c - 'A' + 11,
        >= 'a' and <= 'z' => c - 'a' + 11,
        '-' => 37,
        '_' => 38,
        '*' => 39,
        _ => -1,
    };
}
