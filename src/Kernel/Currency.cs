using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>An ISO 4217 currency: its code and the number of decimals of its minor unit.</summary>
public sealed record Currency(string Code, int Decimals)
{
    public static readonly Currency Cny = new("CNY", 2);

    private static readonly Dictionary<string, Currency> Known =
        new Currency[]
        {
            Cny, new("HKD", 2), new("MOP", 2), new("TWD", 2), new("USD", 2), new("EUR", 2), new("GBP", 2), new("SGD", 2),
            new("MYR", 2), new("THB", 2), new("IDR", 2), new("PHP", 2), new("ZAR", 2), new("AUD", 2), new("CAD", 2),
            new("JPY", 0), new("KRW", 0), new("VND", 0), new("KWD", 3), new("BHD", 3), new("OMR", 3),
        }.ToDictionary(c => c.Code, StringComparer.Ordinal);

    public static Currency? Find(string code) => Known.GetValueOrDefault(code);

    public string Format(Money amount)
    {
        Span<char> buffer = stackalloc char[32];
        var magnitude = UInt128.CreateChecked(Int128.Abs(amount.Minor));
        var unit = Unit;
        var sign = amount.Minor < 0 ? "-" : "";
        return Decimals == 0
            ? string.Create(CultureInfo.InvariantCulture, buffer, $"{sign}{magnitude}")
            : string.Create(CultureInfo.InvariantCulture, buffer, $"{sign}{magnitude / unit}.")
                + (magnitude % unit).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0');
    }

    /// <summary>
    /// Reads a plain decimal ("80.00", "80", "-0.5"): digits with an optional leading minus and at most
    /// <see cref="Decimals"/> decimals. Nothing else: no blanks, signs, separators or exponents.
    /// </summary>
    public bool TryParse(ReadOnlySpan<char> text, out Money amount)
    {
        amount = default;
        var negative = text is ['-', ..];
        if (negative) text = text[1..];
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || fraction.Length > Decimals) return false;
        Int128 minor = 0;
        foreach (var digit in whole)
        {
            if (!Append(digit, ref minor)) return false;
        }
        for (var i = 0; i < Decimals; i++)
        {
            if (!Append(i < fraction.Length ? fraction[i] : '0', ref minor)) return false;
        }
        amount = new((long)(negative ? -minor : minor));
        return true;
    }

    private UInt128 Unit
    {
        get
        {
            UInt128 unit = 1;
            for (var i = 0; i < Decimals; i++) unit *= 10;
            return unit;
        }
    }

    private static bool Append(char digit, ref Int128 minor)
    {
        if (!char.IsAsciiDigit(digit)) return false;
        minor = (minor * 10) + (digit - '0');
        return minor <= long.MaxValue;
    }
}
