namespace HaoSuan.Inventory;

/// <summary>A search for numbers as it stands in an address: what <c>NumberFields</c> ask for.</summary>
/// <param name="Place">"anywhere"; else the digits are those of the tail.</param>
/// <param name="No4">"true" where no digit may be a 4.</param>
public sealed record NumberQuery(string? Digits, string? Place, string? Pattern, string? Price, string? No4)
{
    public const string Anywhere = "anywhere";

    public static readonly NumberQuery None = new(null, null, null, null, null);

    /// <summary>Without what nobody can ask for.</summary>
    public NumberSearch ToSearch() => new(
        Place == Anywhere ? null : Digits, Place == Anywhere ? Digits : null, Read<NumberPattern>(Pattern), No4 == "true", Read<NumberPrice>(Price));

    /// <summary>For the address of another page of the same search.</summary>
    public string Address => string.Join('&', new (string Name, string? Value)[]
        {
            ("digits", Digits), ("place", Place), ("pattern", Pattern), ("price", Price), ("no4", No4),
        }
        .Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    private static T? Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;
}
