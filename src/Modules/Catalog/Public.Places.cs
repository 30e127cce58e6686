using System.Collections.Frozen;

namespace HaoSuan.Catalog;

/// <summary>
/// Prefectures and counties of the mainland by GB/T 2260: which places there are, and to which city one belongs. New ones may be missing, so that nobody is
/// refused because his is.
/// </summary>
public static class Places
{
    private static readonly Lazy<FrozenDictionary<(string Province, string Stem), Place>> Known = new(Read);

    /// <summary>Whether the province has a city or a county of that name, however it is written.</summary>
    public static bool IsKnown(string province, string name) => Known.Value.ContainsKey((province, PlaceNames.StemOf(name)));

    /// <summary>
    /// The city, by its stem, to which the places belong that somebody has named without naming it: 瑞丽 is in 德宏. Null where he names one, or where his
    /// places do not tell.
    /// </summary>
    public static string? CityOf(string province, IReadOnlyCollection<string> stems)
    {
        var named = stems.Select(stem => Known.Value.GetValueOrDefault((province, stem))).OfType<Place>().ToList();
        return named.Exists(p => p.IsCity) ? null : named.Select(p => p.City).Distinct().ToList() is [{ } city] ? city : null;
    }

    /// <param name="City">Where the name is that of counties of one city alone.</param>
    private sealed record Place(bool IsCity, string? City);

    private static FrozenDictionary<(string, string), Place> Read()
    {
        using var reader = new StreamReader(typeof(Places).Assembly.GetManifestResourceStream("places.txt")!);      // the project embeds it
        var all = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(line => (Code: line[..6], Stem: PlaceNames.StemOf(line[7..]))).ToList();
        var cities = all.Where(p => IsCity(p.Code)).ToDictionary(p => p.Code[..4], p => p.Stem);
        return all.GroupBy(p => (p.Code[..2], p.Stem)).ToFrozenDictionary(
            named => named.Key,
            named => new Place(
                named.Any(p => IsCity(p.Code)),
                named.Select(p => cities.GetValueOrDefault(p.Code[..4])).Distinct().ToList() is [var city] ? city : null));
    }

    private static bool IsCity(string code) => code.EndsWith("00", StringComparison.Ordinal);
}
