using CsCheck;
using HaoSuan.Catalog;
using HaoSuan.Orders;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class IdNumberTests
{
    private static readonly Gen<string> Valid =
        from province in Gen.Int[0, Provinces.All.Count - 1].Select(i => Provinces.All[i].Code)
        from region in Gen.Int[0, 9999]
        from day in Gen.Int[new DateOnly(1930, 1, 1).DayNumber, new DateOnly(2010, 12, 31).DayNumber]
        from sequence in Gen.Int[0, 999]
        let digits = $"{province}{region:0000}{DateOnly.FromDayNumber(day):yyyyMMdd}{sequence:000}"
        select digits + IdNumber.CheckOf(digits);

    private static string? Refused(string text) => IdNumber.Read(text).Refusals?.Select(r => r.Code).FirstOrDefault();

    // Examples of GB 11643 and of published sample data.
    [Theory]
    [InlineData("11010519491231002X", "11", 1949, 12, 31)]
    [InlineData("440524188001010014", "44", 1880, 1, 1)]
    [InlineData("34052419800101001X", "34", 1980, 1, 1)]
    [InlineData("510108197205052137", "51", 1972, 5, 5)]
    public void A_known_number_is_read_with_its_province_and_birth_date(string text, string province, int year, int month, int day)
    {
        var id = IdNumber.Read(text).Value;

        Assert.Equal((province, new DateOnly(year, month, day)), (id.Province, id.Born));
    }

    [Theory]
    [InlineData("110105194912310021", "orders.id_number_checksum")]
    [InlineData("11010519491231002", "orders.id_number_shape")]
    [InlineData("11010519491231002x", "orders.id_number_shape")]
    [InlineData("1101051949123100X2", "orders.id_number_shape")]
    [InlineData("990105194912310029", "orders.id_number_region")]
    [InlineData("110105194913310027", "orders.id_number_birth")]
    [InlineData("110105190002290027", "orders.id_number_birth")]
    [InlineData("", "orders.id_number_shape")]
    public void What_is_wrong_with_a_number_is_told(string text, string code)
    {
        var fixedUp = code is "orders.id_number_region" or "orders.id_number_birth" ? text[..17] + IdNumber.CheckOf(text) : text;

        Assert.Equal(code, Refused(fixedUp));
    }

    [Fact]
    public void Every_number_with_its_check_character_is_read() => Valid.Sample(text => Refused(text) is null, iter: 10_000);

    [Fact]
    public void Any_single_changed_digit_is_refused() =>
        Gen.Select(Valid, Gen.Int[0, 17], Gen.Int[1, 10]).Sample((text, place, step) =>
        {
            const string characters = "0123456789X";
            var all = place == 17 ? 11 : 10;
            var other = characters[(characters.IndexOf(text[place]) + step) % all];
            return other == text[place] || Refused(string.Concat(text.AsSpan(0, place), [other], text.AsSpan(place + 1))) is not null;
        }, iter: 20_000);

    [Fact]
    public void Any_two_neighbours_exchanged_are_refused() =>
        Gen.Select(Valid, Gen.Int[0, 15]).Sample((text, place) =>
        {
            char[] swapped = [.. text];
            (swapped[place], swapped[place + 1]) = (swapped[place + 1], swapped[place]);
            return text[place] == text[place + 1] || Refused(new(swapped)) is not null;
        }, iter: 10_000);

    [Theory]
    [InlineData(2026, 3, 1, 15)]
    [InlineData(2026, 3, 2, 16)]
    [InlineData(2026, 12, 31, 16)]
    public void Age_is_counted_in_full_years(int year, int month, int day, int age) =>
        Assert.Equal(age, new IdNumber("", "11", new(2010, 3, 2)).AgeOn(new(year, month, day)));

    [Fact]
    public void Who_is_born_on_the_leap_day_is_older_on_the_first_of_march()
    {
        var id = new IdNumber("", "11", new(2008, 2, 29));

        Assert.Equal((17, 18), (id.AgeOn(new(2026, 2, 28)), id.AgeOn(new(2026, 3, 1))));
    }
}
