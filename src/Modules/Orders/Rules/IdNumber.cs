using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>A citizen's ID number (公民身份号码) as an order needs it: read by <see cref="CitizenId"/>, of a province that there is.</summary>
internal readonly record struct IdNumber(string Text, string Province, DateOnly Born)
{
    /// <summary>Reads an ID number, or tells which of its parts is wrong.</summary>
    public static Result<IdNumber> Read(string text)
    {
        if (!CitizenId.HasShape(text)) return new Refusal("orders.id_number_shape");
        if (text[17] != CheckOf(text)) return new Refusal("orders.id_number_checksum");
        if (Provinces.NameOf(text[..2]) is null) return new Refusal("orders.id_number_region");
        return CitizenId.TryReadBirth(text, out var born)
            ? new IdNumber(text, text[..2], born)
            : new Refusal("orders.id_number_birth");
    }

    /// <summary>Full years of age (周岁) on that date. Who is born on 29 February is a year older on 1 March.</summary>
    public int AgeOn(DateOnly date) =>
        date.Year - Born.Year - ((date.Month, date.Day).CompareTo((Born.Month, Born.Day)) < 0 ? 1 : 0);

    /// <summary>Whether the person is so many full years old on that date; both ends are included.</summary>
    public bool IsAged(int min, int max, DateOnly date) => AgeOn(date) >= min && AgeOn(date) <= max;

    /// <summary>The check character that belongs to the first seventeen digits.</summary>
    public static char CheckOf(string digits) => CitizenId.CheckOf(digits);

    public override string ToString() => "ID number";
}
