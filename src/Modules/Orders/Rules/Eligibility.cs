using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>An earlier order that has the ID number, the phone or the address in common with the applicant.</summary>
/// <param name="Same">What it has in common.</param>
/// <param name="IsPhoneCard">No card for a device: of those, one person may have as many as he has devices.</param>
internal sealed record PastOrder(
    ProductId Product, Carrier Carrier, DateOnly OrderedOn, OrderState State, NetworkState Network, IReadOnlyList<ApplicantKey> Same, bool IsPhoneCard = true)
{
    public bool CameToSomething => State is not (OrderState.Closed or OrderState.Failed);

    public bool IsLive => CameToSomething && State != OrderState.Returned && Network != NetworkState.Cancelled;
}

/// <summary>Whoever orders, as far as rules ask. What could not be read of his form is null or empty, and no rule speaks of it.</summary>
/// <param name="Province">Of the address: two digits of GB/T 2260.</param>
/// <param name="Listed">What of him stands on the blacklist.</param>
internal sealed record Candidate(
    IdNumber? Id, string? Province, string City, string District, bool Declares, IReadOnlyList<PastOrder> Past, IReadOnlyList<ApplicantKey> Listed)
{
    /// <summary>How many cards are ordered at once.</summary>
    public int Wanted { get; init; } = 1;

    public override string ToString() => "Candidate";
}

/// <summary>Whether somebody may order a product (办理条件): a pure function of its rules, the person and the day.</summary>
internal static class Eligibility
{
    private const string Prefix = "orders.rule_";

    /// <summary>What the rules say against it, in their sequence; each names its rule by number and stands on its field.</summary>
    public static IReadOnlyList<Refusal> Faults(Product product, Candidate applicant, DateOnly today) =>
        [.. product.Rules.Index().SelectMany(rule => Faults(rule.Item, product, applicant, today).Select(f => Numbered(f, rule.Index + 1)))];

    /// <summary>Whether a rule of a product has said it, and not the form.</summary>
    public static bool IsOfRule(Refusal refusal) => refusal.Code.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The provinces to which it is not sent at all.</summary>
    public static IReadOnlyList<string> ProvincesWithout(Product product) =>
        [.. Provinces.All.Select(p => p.Code).Where(code => product.Rules.OfType<EligibilityRule.Delivery>().Any(rule => rule.Only
            ? !rule.Regions.Any(r => r.Province == code)
            : rule.Regions.Any(r => r.Province == code && r.City is null)))];

    private static IEnumerable<Refusal> Faults(EligibilityRule rule, Product product, Candidate applicant, DateOnly today) => rule switch
    {
        EligibilityRule.Age age => Age(age, applicant.Id, today),
        EligibilityRule.Delivery delivery => Delivery(delivery, applicant),
        EligibilityRule.IdRegion region => IdRegion(region, applicant.Id),
        EligibilityRule.LiveCards live => LiveCards(live, product, applicant.Past),
        EligibilityRule.Repeat repeat => Repeat(repeat, product, applicant, today),
        EligibilityRule.Blacklist => applicant.Listed.Select(key => new Refusal(Prefix + "blacklist").On(FieldOf(key))),
        EligibilityRule.Declaration declaration when !applicant.Declares =>
            [new Refusal(Prefix + "declaration", declaration.Text).On(nameof(OrderForm.Declaration))],
        _ => [],
    };

    private static IEnumerable<Refusal> Age(EligibilityRule.Age rule, IdNumber? id, DateOnly today)
    {
        if (id is { } known && known.Born <= today && !known.IsAged(rule.Min, rule.Max, today))
            yield return new Refusal(Prefix + "age", rule.Min, rule.Max).On(nameof(OrderForm.IdNumber));
    }

    private static IEnumerable<Refusal> Delivery(EligibilityRule.Delivery rule, Candidate applicant)
    {
        if (applicant.Province is not { } province) yield break;
        var named = Named(province, applicant);
        // Without a district nobody can tell whether he lives in the one that is meant.
        if (applicant.District.Length == 0 && rule.Regions.Any(r => r.District is not null && Covers(r with { District = null }, province, named)))
        {
            yield return new Refusal(Prefix + "district").On(nameof(OrderForm.District));
            yield break;
        }
        var hit = rule.Regions.FirstOrDefault(r => Covers(r, province, named));
        if (rule.Only ? hit is not null : hit is null) yield break;
        yield return (rule.Only
            ? new Refusal(Prefix + "delivery_only", Words(rule.Regions.Select(RuleWords.Of)))
            : new Refusal(Prefix + "delivery", RuleWords.Of(hit!))).On(nameof(OrderForm.Province));
    }

    private static IEnumerable<Refusal> IdRegion(EligibilityRule.IdRegion rule, IdNumber? id)
    {
        if (id is not { } known || rule.Codes.Any(c => known.Text.StartsWith(c, StringComparison.Ordinal)) == rule.Only) yield break;
        var words = Words(rule.Codes.Select(RuleWords.OfIdRegion));
        yield return new Refusal(Prefix + (rule.Only ? "id_region_only" : "id_region"), words).On(nameof(OrderForm.IdNumber));
    }

    private static IEnumerable<Refusal> LiveCards(EligibilityRule.LiveCards rule, Product product, IReadOnlyList<PastOrder> past)
    {
        if (past.Count(o => o.IsLive && o.IsPhoneCard && o.Carrier == product.Carrier && o.Same.Contains(ApplicantKey.IdNumber)) >= rule.Most)
            yield return new Refusal(Prefix + "live_cards", rule.Most).On(nameof(OrderForm.IdNumber));
    }

    private static IEnumerable<Refusal> Repeat(EligibilityRule.Repeat rule, Product product, Candidate applicant, DateOnly today)
    {
        var counted = applicant.Past.Where(o => o.CameToSomething && o.Same.Contains(rule.By)).Where(o => rule.Scope switch
        {
            RepeatScope.Product => o.Product == product.Id,
            RepeatScope.Carrier => o.Carrier == product.Carrier,
            RepeatScope.Operator => true,
        }).Select(o => o.OrderedOn).OrderDescending().ToList();
        var left = rule.Most - counted.Count(on => on.AddDays(rule.Days) > today);
        if (left <= 0)
        {
            var free = counted[rule.Most - 1].AddDays(rule.Days);
            yield return new Refusal($"{Prefix}repeat_{WordOf(rule.By)}", rule.Days, rule.Most, free).On(FieldOf(rule.By));
        }
        else if (applicant.Wanted > left) yield return new Refusal(Prefix + "repeat_quantity", rule.Days, rule.Most, left).On(nameof(OrderForm.Quantity));
    }

    // A county-level city is written in either field, some write both into one, and 市, 区 and 县 are often left out.
    // Who names no city above his county is in it all the same.
    private static HashSet<string> Named(string province, Candidate applicant)
    {
        HashSet<string> named = [.. PlaceNames.StemsIn(applicant.City), .. PlaceNames.StemsIn(applicant.District)];
        if (Places.CityOf(province, named) is { } city) named.Add(city);
        return named;
    }

    private static bool Covers(Region region, string province, HashSet<string> named) =>
        region.Province == province && IsNamed(region.City, named) && IsNamed(region.District, named);

    private static bool IsNamed(string? name, HashSet<string> named) => name is null || named.Contains(PlaceNames.StemOf(name));

    /// <summary>Where the form asks for it.</summary>
    public static string FieldOf(ApplicantKey key) => key switch
    {
        ApplicantKey.IdNumber => nameof(OrderForm.IdNumber),
        ApplicantKey.Phone => nameof(OrderForm.Phone),
        ApplicantKey.Address => nameof(OrderForm.Address),
    };

    private static string WordOf(ApplicantKey key) => key switch
    {
        ApplicantKey.IdNumber => "id",
        ApplicantKey.Phone => "phone",
        ApplicantKey.Address => "address",
    };

    private static string Words(IEnumerable<string> names) => string.Join("、", names);

    private static Refusal Numbered(Refusal refusal, int number) => refusal with { Arguments = [number, .. refusal.Arguments] };
}
