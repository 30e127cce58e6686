using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HaoSuan.Catalog;

/// <summary>What a list of rules may be, and how it is kept.</summary>
internal static partial class RuleList
{
    public const int MostRules = 30;
    public const int LongestDeclaration = 100;

    /// <summary>A carrier gives nobody more phone cards than that (六部门通告 2016 §4); an operator may only be stricter.</summary>
    public const int MostLiveCards = 5;

    private const int MostRegions = 100;
    private const int LongestWindow = 3650;

    private static readonly IReadOnlyList<EligibilityRule> UsualForPhones =
    [
        new EligibilityRule.Age(16, 65),
        new EligibilityRule.LiveCards(MostLiveCards),
        new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 1, 180),
        new EligibilityRule.Blacklist(),
    ];

    private static readonly IReadOnlyList<EligibilityRule> UsualForDevices = [new EligibilityRule.Age(18, 70), new EligibilityRule.Blacklist()];

    /// <summary>What a new product of the kind begins with.</summary>
    public static IReadOnlyList<EligibilityRule> Usual(ProductKind kind) => kind == ProductKind.IotCard ? UsualForDevices : UsualForPhones;

    public static string Write(IReadOnlyList<EligibilityRule> rules) => JsonSerializer.Serialize(rules, Json.Options);

    public static IReadOnlyList<EligibilityRule> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<EligibilityRule>>(json, Json.Options) ?? [];

    /// <summary>What is wrong with the list as a whole.</summary>
    public static IEnumerable<Refusal> Faults(ProductKind kind, IReadOnlyList<EligibilityRule> rules)
    {
        if (rules.Count > MostRules) yield return new("catalog.rules_too_many", MostRules);
        // Two ages or two limits would contradict each other, or one of them would say nothing.
        var twice = rules.Where(r => r is not (EligibilityRule.Repeat or EligibilityRule.Delivery or EligibilityRule.IdRegion))
            .GroupBy(r => r.GetType()).Any(g => g.Count() > 1);
        if (twice) yield return new("catalog.rule_twice");
        var isLimited = rules.Any(r => r is EligibilityRule.LiveCards);
        if (kind == ProductKind.IotCard && isLimited) yield return new("catalog.rule_not_for_iot");
        if (kind != ProductKind.IotCard && !isLimited) yield return new("catalog.rule_five_cards", MostLiveCards);
        foreach (var fault in rules.SelectMany(Faults)) yield return fault;
        if (!LeavesAPlace([.. rules.OfType<EligibilityRule.Delivery>()])) yield return new("catalog.rules_nowhere");
        if (!LeavesAnId([.. rules.OfType<EligibilityRule.IdRegion>()])) yield return new("catalog.rules_no_id");
    }

    /// <summary>Whether there is a place to which all of the rules let it be sent: a province, or one that they name.</summary>
    private static bool LeavesAPlace(IReadOnlyList<EligibilityRule.Delivery> rules) =>
        Provinces.All.Select(p => new Region(p.Code)).Concat(rules.SelectMany(r => r.Regions))
            .Any(place => rules.All(rule => rule.Only == rule.Regions.Any(r => Contains(r, place))));

    private static bool LeavesAnId(IReadOnlyList<EligibilityRule.IdRegion> rules) =>
        Provinces.All.Select(p => p.Code).Concat(rules.SelectMany(r => r.Codes))
            .Any(digits => rules.All(rule => rule.Only == rule.Codes.Any(c => digits.StartsWith(c, StringComparison.Ordinal))));

    private static bool Contains(Region outer, Region inner) =>
        outer.Province == inner.Province && IsSame(outer.City, inner.City) && IsSame(outer.District, inner.District);

    private static bool IsSame(string? outer, string? inner) => outer is null || inner is not null && PlaceNames.StemOf(outer) == PlaceNames.StemOf(inner);

    /// <summary>What is wrong with one rule, on the fields of its form.</summary>
    public static IEnumerable<Refusal> Faults(EligibilityRule rule) => rule switch
    {
        EligibilityRule.Age { Min: var min, Max: var max } when min < 0 || max > 150 || min > max => [new Refusal("catalog.ages_wrong").On("min")],
        EligibilityRule.Delivery { Regions: var regions } =>
            [.. Regions([.. regions.Select(r => Provinces.NameOf(r.Province) is not null)]), .. Unknown(regions)],
        EligibilityRule.IdRegion { Codes: var codes } => Regions([.. codes.Select(c => IdDigits().IsMatch(c) && Provinces.NameOf(c[..2]) is not null)]),
        EligibilityRule.LiveCards { Most: < 1 or > MostLiveCards } => [new Refusal("catalog.rule_five_cards", MostLiveCards).On("most")],
        EligibilityRule.Repeat { Most: var most, Days: var days } => Repeat(most, days),
        EligibilityRule.Declaration { Text: var text } when text.Trim().Length is 0 or > LongestDeclaration =>
            [new Refusal("catalog.rule_declaration", LongestDeclaration).On("text")],
        _ => [],
    };

    /// <summary>广东省 深圳市 南山区: the province in full or as people say it, then city and district where they are meant.</summary>
    public static Region? ReadRegion(string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var first, ..] || parts.Length > 3) return null;
        var province = Provinces.All.FirstOrDefault(p => p.Name == first || p.Code == first || Provinces.ShortNameOf(p.Name) == first).Code;
        return province is null ? null : new(province, parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }

    public static string WriteRegion(Region region) =>
        string.Join(' ', new[] { Provinces.NameOf(region.Province), region.City, region.District }.OfType<string>());

    /// <summary>新疆维吾尔自治区, 新疆, 65 or 6501: the first digits of the ID numbers that are meant.</summary>
    public static string? ReadIdRegion(string line) =>
        IdDigits().IsMatch(line) ? line : ReadRegion(line) is { City: null } region ? region.Province : null;

    public static string WriteIdRegion(string code) => code.Length == 2 ? Provinces.NameOf(code) ?? code : code;

    public static int ReadNumber(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static List<Refusal> Regions(IReadOnlyList<bool> known) =>
        known.Count is 0 or > MostRegions || known.Contains(false) ? [new Refusal("catalog.rule_regions", MostRegions).On("regions")] : [];

    /// <summary>A city that is written wrong would never be anybody's. Of districts there are more than the table has: 高新区.</summary>
    private static IEnumerable<Refusal> Unknown(IReadOnlyList<Region> regions)
    {
        var unknown = regions.Where(r => r.City is { } city && HasTable(r.Province) && !Places.IsKnown(r.Province, city)).Select(WriteRegion).ToList();
        if (unknown.Count > 0) yield return new Refusal("catalog.rule_city_unknown", string.Join('、', unknown)).On("regions");
    }

    private static bool HasTable(string province) => province is not ("71" or "81" or "82");

    private static IEnumerable<Refusal> Repeat(int most, int days)
    {
        if (most is < 1 or > 100) yield return new Refusal("catalog.rule_most", 100).On("most");
        if (days is < 1 or > LongestWindow) yield return new Refusal("catalog.rule_days", LongestWindow).On("days");
    }

    [GeneratedRegex("^[1-8][0-9](?:[0-9]{2}){0,2}$")]
    private static partial Regex IdDigits();
}
