using System.Text.Json.Nodes;
using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>The scheme that a form holds, as docs/settlement.md writes it: each field has the name of its path there.</summary>
internal sealed class SchemeForm(FormReading reading)
{
    public JsonObject Scheme(FormNode form)
    {
        var stages = form.Items("stages");
        if (stages.Count == 0) reading.Refuse(form, "stages", "catalog.stage_none");
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (var stage in stages.Where(s => s["key"].Length > 0 && !keys.Add(s["key"]))) reading.Refuse(stage, "key", "catalog.stage_taken", stage["key"]);
        return Object(
            ("differential", form["differential"] == "highest" ? "highest" : "strict"),
            ("stages", new JsonArray([.. stages.Select(Stage)])),
            ("clawback", new JsonArray([.. form.Items("clawback").Select(rule => Clawback(rule, keys))])));
    }

    public JsonObject Bonus(FormNode form)
    {
        var products = form.All("products");
        if (form["key"] is { Length: > 0 } typed && !Naming.IsStageKey(typed)) reading.Refuse(form, "key", "catalog.stage_key_not_plain");
        return Object(
            ("key", reading.Text(form, "key", "catalog.bonus_key_missing")),
            ("products", products.Count > 0 ? new JsonArray([.. products.Select(p => (JsonNode)p)]) : null),
            ("stage", reading.Text(form, "stage", "catalog.stage_key_missing")),
            ("period", "month"),
            ("scope", form["scope"] == "team" ? "team" : "own"),
            ("basis", form["basis"] == "marginal" ? "marginal" : "whole"),
            ("tiers", Tiers(form)),
            ("release", Release(form, mayAwait: false)));
    }

    private JsonArray Tiers(FormNode form)
    {
        var tiers = form.Items("tiers");
        if (tiers.Count == 0) reading.Refuse(form, "tiers", "catalog.tiers_none");
        var (list, last) = (new JsonArray(), -1);
        foreach (var tier in tiers)
        {
            var from = reading.Number(tier, "from", 0, int.MaxValue);
            if (from <= last) reading.Refuse(tier, "from", "catalog.tiers_overlap", last);
            last = from ?? last;
            list.Add((JsonNode)Object(("from", from), ("per_card", Plain(reading.Amount(tier, "per_card")))));
        }
        return list;
    }

    private JsonObject Stage(FormNode stage)
    {
        var key = reading.Text(stage, "key", "catalog.stage_key_missing");
        if (key is not null && !Naming.IsStageKey(key)) reading.Refuse(stage, "key", "catalog.stage_key_not_plain");
        return Object(
            ("key", key),
            ("name", stage["name"] is { Length: > 0 } name ? name : null),
            ("upstream", Rate(reading.Rate(stage, "upstream"))),
            ("when", new JsonArray([.. stage.Items("when").Select(Condition)])),
            ("release", Release(stage, mayAwait: true)),
            ("peer_bonus", Plain(reading.Amount(stage, "peer_bonus", optional: true))),
            ("repeat", Repeat(stage)));
    }

    private JsonObject? Repeat(FormNode stage)
    {
        if (stage["repeat"] != "true") return null;
        return Object(
            ("fact", reading.Kind(stage, "repeat.fact")),
            ("after", reading.Kind(stage, "repeat.after")),
            ("months", reading.Number(stage, "repeat.months", 1, 1200)));
    }

    private JsonObject Condition(FormNode node) => node["type"] switch
    {
        "quiet" => Object(
            ("quiet", reading.Kinds(node, "quiet")),
            ("for_days", reading.Number(node, "for_days", 0, 36_500)),
            ("after", reading.Kind(node, "after")),
            ("where", Where(node))),
        "month_end" => Object(
            ("normal_at_month_end", reading.Number(node, "normal_at_month_end", 1, 1200)),
            ("after", reading.Kind(node, "after")),
            ("ignoring", node.All("ignoring") is { Count: > 0 } kinds ? new JsonArray([.. kinds.Select(k => (JsonNode)k)]) : null)),
        _ => Windowed(node,
            ("fact", reading.Kind(node, "fact")),
            ("where", Where(node)),
            ("each_at_least", Plain(reading.Amount(node, "each_at_least", optional: true))),
            ("at_least", Plain(reading.Amount(node, "at_least", optional: true)))),
    };

    private JsonObject Clawback(FormNode node, HashSet<string> keys)
    {
        var stages = node.All("stages");
        foreach (var unknown in stages.Where(s => !keys.Contains(s))) reading.Refuse(node, "stages", "catalog.stage_unknown", unknown);
        if (node["keep"] == "prorata" && node["within_days"] is "" or "0") reading.Refuse(node, "within_days", "catalog.prorata_needs_days");
        return Windowed(node,
            ("on", reading.Kinds(node, "on")),
            ("keep", node["keep"] == "prorata" ? "prorata" : "none"),
            ("stages", stages.Count > 0 ? new JsonArray([.. stages.Select(s => (JsonNode)s)]) : null),
            ("where", Where(node)),
            ("penalty", Plain(reading.Amount(node, "penalty", optional: true))));
    }

    private JsonObject Windowed(FormNode node, params ReadOnlySpan<(string, JsonNode?)> members)
    {
        var after = reading.Kind(node, "after", optional: true);
        if (node["after"].Length == 0 && (node["within_days"].Length > 0 || node["within_months"].Length > 0))
            reading.Refuse(node, "after", "catalog.window_needs_after");
        return Object([
            .. members, ("after", after),
            ("within_days", reading.Number(node, "within_days", 0, 36_500, optional: true)),
            ("within_months", reading.Number(node, "within_months", 0, 1200, optional: true))]);
    }

    private JsonObject? Where(FormNode node)
    {
        var where = new JsonObject();
        foreach (var demand in node.Items("where").Where(d => d["name"].Length > 0 || d["values"].Length > 0))
        {
            var values = demand["values"].Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (demand["name"].Length == 0 || values.Length == 0) reading.Refuse(demand, "values", "catalog.where_incomplete");
            else if (!where.TryAdd(demand["name"], new JsonArray([.. values.Select(ScalarText.Read)])))
                reading.Refuse(demand, "name", "catalog.where_twice", demand["name"]);
        }
        return where.Count > 0 ? where : null;
    }

    private JsonObject Release(FormNode node, bool mayAwait)
    {
        var mode = node["release.mode"] is "days" or "weekly" or "monthly" ? node["release.mode"] : "at_once";
        return Object(
            ("mode", mode),
            ("days", mode == "days" ? reading.Number(node, "release.days", 0, 36_500) : null),
            ("weekday", mode == "weekly" ? reading.Number(node, "release.weekday", 1, 7) : null),
            ("months", mode == "monthly" ? reading.Number(node, "release.months", 0, 1200) : null),
            ("day", mode == "monthly" ? reading.Number(node, "release.day", 1, 31) : null),
            ("await", mayAwait && node["release.await"] == "true" ? FactKind.UpstreamConfirmed : null));
    }

    private static JsonNode? Rate(Rate? rate) =>
        rate is not { } value ? null : value.IsShare ? Object(("bps", (int)value.Of(new(10_000)).Minor)) : Plain(value.Of(Money.Zero));

    private static JsonNode? Plain(Money? amount) => amount is { } value ? Currency.Cny.Format(value) : null;

    private static JsonObject Object(params ReadOnlySpan<(string Key, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (key, value) in members)
        {
            if (value is not null) result[key] = value;
        }
        return result;
    }
}
