using System.Collections.Immutable;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>Reads schemes and bonuses as docs/settlement.md writes them.</summary>
/// <param name="kinds">The kinds of facts that a scheme may speak of.</param>
internal sealed class SchemeReader(IReadOnlySet<string> kinds)
{
    private readonly ConditionReader _conditions = new(kinds);

    public Scheme? Scheme(Node node)
    {
        if (!node.IsObject("product", "version", "stages", "clawback", "differential")) return null;
        var product = node.Required("product")?.Text();
        var version = node.Required("version")?.Integer(0, int.MaxValue);
        var stages = Many(node.Required("stages"), Stage, "key", stage => stage.Key);
        var clawbacks = Many(node.Optional("clawback"), Clawback);
        var differential = node.Optional("differential")?.OneOf("strict", "highest");
        return new(product ?? "", version ?? -1, stages)
        {
            Clawbacks = clawbacks,
            Differential = differential == "highest" ? Differential.Highest : Differential.Strict,
        };
    }

    public static Bonus? Bonus(Node node)
    {
        if (!node.IsObject("key", "products", "stage", "period", "scope", "basis", "tiers", "release")) return null;
        var key = node.Required("key")?.Text();
        var products = node.Optional("products") is { } list ? Texts(list) : (ImmutableArray<string>?)null;
        var stage = node.Required("stage")?.Text();
        node.Required("period")?.OneOf("month");
        var scope = node.Required("scope")?.OneOf("own", "team") == "team" ? Scope.Team : Scope.Own;
        var basis = node.Required("basis")?.OneOf("whole", "marginal") == "marginal" ? TierBasis.Marginal : TierBasis.Whole;
        var tiers = Tiers(node.Required("tiers"));
        var release = Release(node.Required("release"));
        if (release.AwaitsUpstream) node.Required("release")?.Fail("await", Message.NothingToAwait);
        return new(key ?? "", stage ?? "", scope, basis, tiers, release) { Products = products };
    }

    public static Rate Rate(Node? node)
    {
        if (node is null) return default;
        if (node.Value.ValueKind != JsonValueKind.Object) return Settling.Rate.Amount(node.Amount() ?? default);
        node.IsObject("bps");
        return Settling.Rate.Share(new(node.Required("bps")?.Integer(0, 1_000_000) ?? 0));
    }

    /// <summary>The items of a list; <paramref name="id"/> must be another one for each and stands under <paramref name="key"/>.</summary>
    public static ImmutableArray<T> Many<T>(Node? list, Func<Node, T?> read, string key = "", Func<T, string>? id = null) where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list?.Items() ?? [])
        {
            if (read(node) is not { } item) continue;
            items.Add(item);
            if (id?.Invoke(item) is { } name && !seen.Add(name) && name.Length > 0) node.Fail(key, Message.Duplicate(name));
        }
        return items.ToImmutable();
    }

    public static ImmutableArray<string> Texts(Node list) => Many(list, item => item.Text());

    private Stage? Stage(Node node)
    {
        if (!node.IsObject("key", "name", "upstream", "when", "release", "peer_bonus", "repeat")) return null;
        var key = node.Required("key")?.Text() ?? "";
        var name = node.Optional("name")?.String() ?? key;
        var upstream = Rate(node.Required("upstream"));
        var when = Many(node.Required("when"), _conditions.Condition);
        var release = Release(node.Required("release"));
        var peer = node.Optional("peer_bonus")?.Amount() ?? default;
        return new(key, upstream, when, release) { Name = name, PeerBonus = peer, Repeat = Repeat(node.Optional("repeat")) };
    }

    private Repeat? Repeat(Node? node)
    {
        if (node is null || !node.IsObject("fact", "after", "months")) return null;
        var (kind, after) = (_conditions.Kind(node.Required("fact")), _conditions.Kind(node.Required("after")));
        return new(kind, after, node.Required("months")?.Integer(1, 1200) ?? 1);
    }

    private Clawback? Clawback(Node node)
    {
        if (!node.IsObject("on", "after", "within_days", "within_months", "where", "keep", "stages", "penalty")) return null;
        var on = _conditions.Kinds(node.Required("on"));
        var window = _conditions.Window(node);
        var keep = node.Required("keep")?.OneOf("none", "prorata") == "prorata" ? Keep.ProRata : Keep.None;
        if (keep == Keep.ProRata && window.Days is not > 0) node.Fail("within_days", Message.NeedsDays);
        var stages = node.Optional("stages") is { } list ? Texts(list) : (ImmutableArray<string>?)null;
        var penalty = node.Optional("penalty")?.Amount() ?? default;
        return new(on, keep) { Window = window, Where = ConditionReader.Where(node), Stages = stages, Penalty = penalty };
    }

    private static Release Release(Node? node)
    {
        Release none = new Release.AtOnce();
        if (node is null || !node.Is(JsonValueKind.Object)) return none;
        var release = node.Required("mode")?.OneOf("at_once", "days", "weekly", "monthly") switch
        {
            "at_once" when node.IsObject("mode", "await") => none,
            "days" when node.IsObject("mode", "await", "days") => new Release.Days(node.Required("days")?.Integer(0, 36_500) ?? 0),
            "weekly" when node.IsObject("mode", "await", "weekday") => new Release.Weekly(node.Required("weekday")?.Integer(1, 7) ?? 1),
            "monthly" when node.IsObject("mode", "await", "months", "day") =>
                new Release.Monthly(node.Required("months")?.Integer(0, 1200) ?? 0, node.Required("day")?.Integer(1, 31) ?? 1),
            _ => none,
        };
        return release with { AwaitsUpstream = node.Optional("await")?.OneOf(FactKind.UpstreamConfirmed) is not null };
    }

    private static ImmutableArray<Tier> Tiers(Node? list)
    {
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        foreach (var node in list?.Items() ?? [])
        {
            if (!node.IsObject("from", "per_card")) continue;
            var from = node.Required("from")?.Integer(0, int.MaxValue) ?? int.MaxValue;
            if (tiers.Count > 0 && tiers[^1].From >= from) node.Fail("from", Message.Unsorted);
            tiers.Add(new(from, node.Required("per_card")?.Amount() ?? default));
        }
        return tiers.ToImmutable();
    }
}
