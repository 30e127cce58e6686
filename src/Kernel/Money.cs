using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>
/// An amount of money in whole minor units (CNY: fen, 分). The default value is zero. A tenant keeps books in one
/// currency, so the currency is not carried along. Arithmetic is checked: an overflow throws.
/// </summary>
public readonly record struct Money(long Minor) : IComparable<Money>
{
    public static readonly Money Zero;

    public bool IsZero => Minor == 0;

    public static Money operator +(Money a, Money b) => new(a.Minor + b.Minor);
    public static Money operator -(Money a, Money b) => new(a.Minor - b.Minor);
    public static Money operator -(Money a) => new(-a.Minor);
    public static Money operator *(Money a, int count) => new(a.Minor * count);
    public static bool operator <(Money a, Money b) => a.Minor < b.Minor;
    public static bool operator >(Money a, Money b) => a.Minor > b.Minor;
    public static bool operator <=(Money a, Money b) => a.Minor <= b.Minor;
    public static bool operator >=(Money a, Money b) => a.Minor >= b.Minor;

    /// <summary>The floor of this amount × <paramref name="numerator"/> / <paramref name="denominator"/>. Exact for every
    /// amount: the product is taken in 128 bits.</summary>
    public Money Fraction(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)Minor * numerator;
        var quotient = product / denominator;
        return new((long)(product % denominator < 0 ? quotient - 1 : quotient));
    }

    public static Money Min(Money a, Money b) => a <= b ? a : b;
    public static Money Max(Money a, Money b) => a >= b ? a : b;

    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    /// <summary>The amount as files write it, in CNY: "80.00", "-0.01".</summary>
    public override string ToString() => Currency.Cny.Format(this);
}

/// <summary>A share in basis points (1/10000, 万分比).</summary>
public readonly record struct Bps(int Value)
{
    /// <summary>floor(basis × bps / 10000).</summary>
    public Money Of(Money basis) => basis.Fraction(Value, 10_000);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value / 100}.{Value % 100:00}%");
}
