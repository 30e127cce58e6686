using System.Numerics;

namespace HaoSuan.Inventory;

/// <summary>A search as a million numbers are asked for it: several at once for digits and pattern, those that remain for the rest.</summary>
internal sealed class NumberFilter
{
    private readonly PackedDigits[] _ways;
    private readonly (Vector<ulong> Mask, Vector<ulong> Value)[] _wide;
    private readonly bool _without4;
    private readonly NumberPrice? _price;
    private readonly (long From, long To) _costs;
    private readonly IReadOnlyList<NumberPattern> _cost = [];

    public NumberFilter(NumberSearch search, RulesInForce rules)
    {
        IReadOnlyList<PackedDigits>?[] wishes =
        [
            DigitPattern.AtTail(search.Ends), DigitPattern.Anywhere(search.Contains),
            search.Pattern is { } pattern ? [PackedNumber.OfPattern(pattern)] : null,
        ];
        IEnumerable<PackedDigits> ways = [default];
        foreach (var wish in wishes.OfType<IReadOnlyList<PackedDigits>>()) ways = ways.SelectMany(w => wish.Where(w.Allow).Select(w.With));
        _ways = [.. ways];
        _wide = [.. _ways.Select(w => (new Vector<ulong>(w.Mask), new Vector<ulong>(w.Value)))];
        (_without4, _price) = (search.Without4, search.Price);
        if (_price is not { } price) return;
        _costs = Costs(price);
        _cost = rules.Within(new(_costs.From), new(_costs.To));
    }

    /// <summary>False where none of these numbers is asked for.</summary>
    public bool MayTake(Vector<ulong> numbers)
    {
        foreach (var (mask, value) in _wide)
        {
            if (Vector.EqualsAny(numbers & mask, value)) return true;
        }
        return false;
    }

    /// <param name="number">The number.</param>
    /// <param name="own">The supplement that the import has named, in fen; negative where it has not.</param>
    public bool Takes(PackedNumber number, long own)
    {
        if (_without4 && number.HasDigit(4)) return false;
        if (_price is not null && (own < 0 ? !_cost.Contains(number.Pattern) : own < _costs.From || own > _costs.To)) return false;
        foreach (var way in _ways)
        {
            if (way.AreIn(number)) return true;
        }
        return false;
    }

    private static (long From, long To) Costs(NumberPrice price) => price switch
    {
        NumberPrice.None => (0, 0),
        NumberPrice.To100 => (1, 100_00),
        NumberPrice.To500 => (100_01, 500_00),
        NumberPrice.To1000 => (500_01, 1000_00),
        NumberPrice.Over1000 => (1000_01, long.MaxValue),
    };
}
