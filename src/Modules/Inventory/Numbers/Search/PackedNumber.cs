using System.Globalization;

namespace HaoSuan.Inventory;

/// <summary>A number as one machine word: four bits for each of its eleven digits, the last one lowest, and above them its pattern.</summary>
internal readonly record struct PackedNumber(ulong Bits)
{
    public const int Length = 11;

    private const int DigitBits = 4 * Length;
    private const ulong EachDigit = 0x111_1111_1111;

    public static PackedNumber Of(string number, NumberPattern pattern) =>
        new(ulong.Parse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) | OfPattern(pattern).Value);

    /// <summary>What a number of that pattern has.</summary>
    public static PackedDigits OfPattern(NumberPattern pattern) => new(0xFUL << DigitBits, (ulong)pattern << DigitBits);

    /// <summary>The digits alone. They sort as numbers do.</summary>
    public ulong Digits => Bits & ((1UL << DigitBits) - 1);

    public NumberPattern Pattern => (NumberPattern)(Bits >> DigitBits);

    public override string ToString() => Digits.ToString("x11", CultureInfo.InvariantCulture);

    /// <summary>Its place in a fixed sequence that has nothing to do with its digits: any wish is met as often at the beginning as at the end.</summary>
    public ulong Shuffle
    {
        get
        {
            // The finalizer of MurmurHash3, which is one to one.
            unchecked
            {
                var mixed = Digits;
                mixed = (mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCD;
                mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53;
                return mixed ^ (mixed >> 33);
            }
        }
    }

    public bool HasDigit(int digit)
    {
        // What is zero now was that digit; a borrow runs only through what is zero itself, so whether there is one at all is told right.
        unchecked
        {
            var rest = Digits ^ ((ulong)digit * EachDigit);
            return ((rest - EachDigit) & ~rest & (EachDigit << 3)) != 0;
        }
    }
}

/// <summary>Some digits of a number, or its pattern: which bits are asked for, and what they are to be.</summary>
internal readonly record struct PackedDigits(ulong Mask, ulong Value)
{
    /// <summary>At most eleven places, the last of which is the number's last; "?" is not asked for.</summary>
    public static PackedDigits Of(string places)
    {
        var (mask, value) = (0UL, 0UL);
        foreach (var place in places)
        {
            mask = (mask << 4) | (place == '?' ? 0UL : 0xF);
            value = (value << 4) | (place == '?' ? 0UL : (ulong)(place - '0'));
        }
        return new(mask, value);
    }

    public bool AreIn(PackedNumber number) => (number.Bits & Mask) == Value;

    /// <summary>Whether a number can have these and those.</summary>
    public bool Allow(PackedDigits others) => ((Value ^ others.Value) & Mask & others.Mask) == 0;

    public PackedDigits With(PackedDigits others) => new(Mask | others.Mask, Value | others.Value);
}
