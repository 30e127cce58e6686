using CsCheck;
using HaoSuan.Catalog;
using HaoSuan.Inventory;
using Xunit;

namespace HaoSuan.Tests.Unit.Inventory;

/// <summary>The pool in memory against lists that are looked through from end to end.</summary>
public sealed class PoolTests
{
    private static readonly Instant Now = new(1_000_000_000_000);
    private static readonly ProductId Product = new(Guid.Empty);

    // Two rules, so that a price is now the import's, now the rule's, now none.
    private static readonly RulesInForce Rules = new(
        new[] { (NumberPattern.AA, 50_00), (NumberPattern.AAA, 800_00) }.Select(r => new NumberRule(
            Guid.Empty, new(r.Item1), Instant.MinValue, NumberTerms.None with { Supplement = new(r.Item2) }, false, "", Instant.MinValue)),
        Product, Carrier.Unicom, Now);

    // Few digits, so that what is asked for is often there.
    private static readonly Gen<string> Number = Gen.Select(Gen.Int[3, 9], Gen.OneOf('1', '2', '4', '8', '9').Array[9], (second, rest) =>
        $"1{second}{string.Concat(rest)}");

    private static readonly Gen<PoolLine> Line = Gen.Select(
        Number, Gen.OneOf<long?>(null, null, 0, 100_00, 1200_00), Gen.Int[0, 9].Select(i => i == 0),
        Gen.OneOf<Instant?>(null, Now - TimeSpan.FromMinutes(1), Now, Now + TimeSpan.FromMinutes(1)),
        (number, supplement, taken, held) => new PoolLine(PackedNumber.Of(number, Patterns.Of(number)), supplement, taken, held));

    private static readonly Gen<List<PoolLine>> Lines = Line.List[0, 60].Select(all => all.DistinctBy(l => l.Number).ToList());

    private static readonly Gen<string?> Digits =
        Gen.OneOf(Gen.Const((string?)null), Gen.OneOf('1', '2', '4', '8', '9', '?', '?').Array[1, 11].Select(c => (string?)string.Concat(c)));

    private static readonly Gen<NumberSearch> Search = Gen.Select(
        Digits, Digits, Gen.OneOf<NumberPattern?>(null, null, NumberPattern.Plain, NumberPattern.AA, NumberPattern.ABC), Gen.Bool,
        Gen.OneOf<NumberPrice?>(null, null, NumberPrice.None, NumberPrice.To100, NumberPrice.To1000, NumberPrice.Over1000),
        (ends, contains, pattern, without4, price) => new NumberSearch(ends, contains, pattern, without4, price));

    [Fact]
    public void A_packed_number_is_the_number() => Number.Sample(number =>
    {
        var packed = PackedNumber.Of(number, Patterns.Of(number));
        return $"{packed}" == number && packed.Pattern == Patterns.Of(number) && new PackedNumber(packed.Digits).Shuffle == packed.Shuffle
            && Enumerable.Range(0, 10).All(d => packed.HasDigit(d) == number.Contains((char)('0' + d), StringComparison.Ordinal));
    });

    [Fact]
    public void A_search_finds_what_looking_at_every_number_finds() => Gen.Select(Lines, Search).Sample((lines, search) =>
        Found(Pool.Empty.Updated(lines, Now), search, 0, int.MaxValue).Order(StringComparer.Ordinal)
            .SequenceEqual(lines.Where(l => l.IsFree(Now) && Fits(l, search)).Select(l => $"{l.Number}").Order(StringComparer.Ordinal)), iter: 20_000);

    [Fact]
    public void Pages_are_parts_of_one_sequence() => Gen.Select(Lines, Search, Gen.Int[0, 10], Gen.Int[0, 10]).Sample((lines, search, skip, most) =>
    {
        var pool = Pool.Empty.Updated(lines, Now);
        return Found(pool, search, skip, most).SequenceEqual(Found(pool, search, 0, int.MaxValue).Skip(skip).Take(most));
    });

    [Fact]
    public void However_its_lines_came_a_pool_is_the_same() => Gen.Select(Lines, Lines, Lines).Sample((first, second, third) =>
    {
        var pool = Pool.Empty.Updated(first, Now).Updated(second, Now).Updated(third, Now);
        // What was imported stays, and who has it is told by the last line.
        var all = first.Concat(second).Concat(third).GroupBy(l => l.Number)
            .Select(g => g.Last() with { Supplement = g.First().Supplement }).ToList();
        var same = Pool.Empty.Updated(all, Now);
        return Priced(pool).SequenceEqual(Priced(same));

        static IEnumerable<(PackedNumber Number, long? Supplement)> Priced(Pool pool) =>
            pool.Find(Filter(new()), Now, 0, int.MaxValue).Select(place => (pool[place], pool.SupplementOf(place)));
    });

    [Fact]
    public void Who_has_a_number_is_asked_again_when_its_time_is_over()
    {
        var (held, taken) = (PackedNumber.Of("13912348888", NumberPattern.AAAA), PackedNumber.Of("13912346666", NumberPattern.AAAA));
        var pool = Pool.Empty.Updated([new(held, null, false, Now + TimeSpan.FromMinutes(30)), new(taken, null, true, Now)], Now);

        Assert.Equal([], At(TimeSpan.FromMinutes(29)));
        Assert.Equal([held], At(TimeSpan.FromMinutes(30)));
        Assert.Equal([held], At(TimeSpan.FromHours(1)));
        Assert.Equal(2, At(TimeSpan.FromHours(2)).Count());
        Assert.Equal(2, pool.Find(Filter(new()), Instant.MaxValue, 0, 10).Count);

        IEnumerable<PackedNumber> At(TimeSpan later) => pool.Find(Filter(new()), Now + later, 0, 10).Select(place => pool[place]);
    }

    private static NumberFilter Filter(NumberSearch search) => new(search, Rules);

    private static IEnumerable<string> Found(Pool pool, NumberSearch search, int skip, int most) =>
        pool.Find(Filter(search), Now, skip, most).Select(place => $"{pool[place]}");

    private static bool Fits(PoolLine line, NumberSearch search)
    {
        var number = $"{line.Number}";
        var cost = Rules.Priced(number, line.Supplement, line.Number.Pattern).Supplement.Minor;
        return (search.Ends is not { } ends || (ends.Length <= 11 && Has(11 - ends.Length, ends)))
            && (search.Contains is not { } digits || Enumerable.Range(0, 12 - digits.Length).Any(start => Has(start, digits)))
            && (search.Pattern is not { } pattern || pattern == line.Number.Pattern)
            && (!search.Without4 || !number.Contains('4', StringComparison.Ordinal))
            && (search.Price is not { } price || price == cost switch
            {
                0 => NumberPrice.None,
                <= 100_00 => NumberPrice.To100,
                <= 500_00 => NumberPrice.To500,
                <= 1000_00 => NumberPrice.To1000,
                _ => NumberPrice.Over1000,
            });

        bool Has(int start, string digits) => digits.Index().All(d => d.Item == '?' || number[start + d.Index] == d.Item);
    }
}
