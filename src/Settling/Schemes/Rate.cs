using System.Globalization;

namespace HaoSuan.Settling;

/// <summary>What one card pays: a fixed amount, or a share (bps) of the basis. The default value is an amount of zero.</summary>
public readonly record struct Rate
{
    private readonly long _value;

    private Rate(long value, bool isShare) => (_value, IsShare) = (value, isShare);

    public bool IsShare { get; }

    public static Rate Amount(Money amount) => new(amount.Minor, false);

    public static Rate Share(Bps bps) => new(bps.Value, true);

    /// <summary>The rate as an amount; a share is floor(basis × bps / 10000).</summary>
    public Money Of(Money basis) => IsShare ? new Bps((int)_value).Of(basis) : new(_value);

    /// <summary>Whether this rate is above <paramref name="parent"/>. Two of a kind compare by themselves, so that the
    /// answer holds for every basis; an amount and a share compare as amounts of <paramref name="basis"/>.</summary>
    public bool IsAbove(Rate parent, Money basis) =>
        IsShare == parent.IsShare ? _value > parent._value : Of(basis) > parent.Of(basis);

    /// <summary>That share of this rate, rounded down to a minor unit, or to a basis point.</summary>
    public Rate Part(Bps share) => new(share.Of(new(_value)).Minor, IsShare);

    public string Format(Currency currency) =>
        IsShare ? string.Create(CultureInfo.InvariantCulture, $"{_value} bps") : currency.Format(new(_value));
}
