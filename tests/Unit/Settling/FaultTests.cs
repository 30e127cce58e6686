using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class FaultTests
{
    private const string Good = """
        {
          "format": "haosuan-case/1", "currency": "CNY", "time_zone": "Asia/Shanghai",
          "schemes": [{
            "product": "GD29", "version": 1,
            "stages": [{
              "key": "first", "name": "首充", "upstream": "120.00",
              "when": [
                {"fact": "activated", "within_days": 30, "after": "ordered"},
                {"fact": "topped_up", "at_least": "50.00", "where": {"channel": ["app"]}},
                {"quiet": ["cancelled"], "for_days": 3, "after": "activated"},
                {"normal_at_month_end": 2, "after": "activated", "ignoring": ["single"]}],
              "release": {"mode": "days", "days": 7, "await": "upstream_confirmed"},
              "peer_bonus": "2.00"
            }, {
              "key": "share", "upstream": {"bps": 800}, "when": [], "release": {"mode": "weekly", "weekday": 1},
              "repeat": {"fact": "billed", "after": "activated", "months": 12}
            }],
            "clawback": [{"on": ["cancelled"], "within_days": 90, "after": "activated", "keep": "prorata", "penalty": "50.00", "stages": ["first"]}]
          }],
          "bonuses": [{"key": "volume", "products": ["GD29"], "stage": "first", "period": "month", "scope": "own", "basis": "whole",
            "tiers": [{"from": 1, "per_card": "0.00"}, {"from": 101, "per_card": "5.00"}], "release": {"mode": "at_once"}}],
          "orders": [{
            "id": "O1", "product": "GD29", "scheme_version": 1, "ordered_at": "2026-03-01T10:00:00+08:00", "paid": "9.00",
            "chain": [
              {"distributor": "D1", "rates": {"first": "110.00", "share": {"bps": 500}}},
              {"distributor": "D2", "rates": {"first": "80.00", "share": {"bps": 400}}}],
            "facts": [
              {"id": "a", "fact": "activated", "at": "2026-03-05T09:00:00+08:00"},
              {"id": "b", "fact": "topped_up", "at": "2026-03-05T09:00:00+08:00", "amount": "50.00", "channel": "app"},
              {"id": "c", "fact": "void", "at": "2026-03-06T09:00:00+08:00", "of": "b"}]
          }],
          "as_of": ["2026-03-20T00:00:00+08:00"]
        }
        """;

    private static IReadOnlyList<Fault> FaultsOf(string json)
    {
        if (Case.TryRead(Encoding.UTF8.GetBytes(json), out var read, out var faults)) CaseResult.Of(read, out faults);
        return faults;
    }

    /// <summary>The good case with the value at a path (steps by dots) replaced, or removed where the new one is "".</summary>
    private static string Change(string path, string value)
    {
        var root = JsonNode.Parse(Good)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, CultureInfo.InvariantCulture, out var i) ? node[i]! : node[step]!);
        var json = value.Length == 0 ? null : JsonNode.Parse(value);
        if (parent is JsonArray list && int.TryParse(steps[^1], CultureInfo.InvariantCulture, out var index))
        {
            if (index == list.Count) list.Add(json);
            else list[index] = json;
        }
        else if (value.Length == 0) parent.AsObject().Remove(steps[^1]);
        else parent[steps[^1]] = json;
        return root.ToJsonString();
    }

    [Fact]
    public void The_case_that_the_others_are_made_from_is_good() => Assert.Empty(FaultsOf(Good));

    [Theory]
    [InlineData("schemes.0.stages.0.when.0.fact", "\"teleported\"", "schemes[0].stages[0].when[0].fact: unknown fact kind \"teleported\"")]
    [InlineData("schemes.0.stages.0.when.0.after", "\"teleported\"", "schemes[0].stages[0].when[0].after: unknown fact kind \"teleported\"")]
    [InlineData("schemes.0.stages.0.when.2.quiet.0", "\"teleported\"", "schemes[0].stages[0].when[2].quiet[0]: unknown fact kind \"teleported\"")]
    [InlineData("schemes.0.stages.0.when.3.after", "\"teleported\"", "schemes[0].stages[0].when[3].after: unknown fact kind \"teleported\"")]
    [InlineData("schemes.0.stages.1.repeat.fact", "\"teleported\"", "schemes[0].stages[1].repeat.fact: unknown fact kind \"teleported\"")]
    [InlineData("schemes.0.clawback.0.on.0", "\"teleported\"", "schemes[0].clawback[0].on[0]: unknown fact kind \"teleported\"")]
    [InlineData("orders.0.chain.1.rates.first", "", "orders[0].chain[1].rates.first: missing")]
    [InlineData("orders.0.chain.1.rates.first", "\"80.001\"", "orders[0].chain[1].rates.first: \"80.001\" has more than the 2 decimals of CNY")]
    [InlineData("currency", "\"JPY\"", "bonuses[0].tiers[1].per_card: \"5.00\" has more than the 0 decimals of JPY")]
    [InlineData("orders.0.chain.1.rates.first", "\"110.01\"",
        "orders[0].chain[1].rates.first: order \"O1\", stage \"first\": the rate 110.01 of \"D2\" is above 110.00, that of its parent \"D1\"")]
    [InlineData("orders.0.chain.1.rates.share", "{\"bps\":501}",
        "orders[0].chain[1].rates.share: order \"O1\", stage \"share\": the rate 501 bps of \"D2\" is above 500 bps, that of its parent \"D1\"")]
    [InlineData("orders.0.scheme_version", "2", "orders[0].scheme_version: \"GD29\" has no scheme of version 2")]
    [InlineData("orders.0.scheme_version", "", "orders[0].scheme_version: missing")]
    [InlineData("orders.0.product", "\"GD30\"", "orders[0].product: no scheme for the product \"GD30\"")]
    [InlineData("schemes.0.version", "", "schemes[0].version: missing")]
    [InlineData("orders.0.facts.2.id", "\"a\"", "orders[0].facts[2].id: duplicate \"a\"")]
    [InlineData("orders.0.facts.2.id", "\"ordered\"", "orders[0].facts[2].id: \"ordered\" is the id of the order's implicit first fact")]
    [InlineData("orders.0.chain.1.distributor", "\"D1\"", "orders[0].chain[1].distributor: duplicate \"D1\" in the chain")]
    [InlineData("schemes.0.stages.1.key", "\"first\"", "schemes[0].stages[1].key: duplicate \"first\"")]
    [InlineData("orders.0.colour", "1", "orders[0].colour: unknown key")]
    [InlineData("orders.0.chain.0.rates.frist", "\"1.00\"", "orders[0].chain[0].rates.frist: unknown key")]
    [InlineData("schemes.0.stages.0.release.weekday", "1", "schemes[0].stages[0].release.weekday: unknown key")]
    [InlineData("schemes.0.stages.0.when.0.for_days", "1", "schemes[0].stages[0].when[0].for_days: unknown key")]
    [InlineData("schemes.0.stages.0.two\nlines", "1", "schemes[0].stages[0][\"two\\nlines\"]: unknown key")]
    [InlineData("schemes.0.stages.0.release.mode", "\"fortnightly\"",
        "schemes[0].stages[0].release.mode: \"fortnightly\" is not one of: at_once, days, weekly, monthly")]
    [InlineData("schemes.0.stages.1.release.weekday", "8", "schemes[0].stages[1].release.weekday: must be a whole number from 1 to 7, is 8")]
    [InlineData("schemes.0.stages.0.upstream", "120", "schemes[0].stages[0].upstream: must be a text, is a number")]
    [InlineData("schemes.0.stages.0.upstream", "\"-1.00\"", "schemes[0].stages[0].upstream: \"-1.00\" must not be negative")]
    [InlineData("schemes.0.stages.0.when", "", "schemes[0].stages[0].when: missing")]
    [InlineData("schemes.0.clawback.0.within_days", "", "schemes[0].clawback[0].within_days: prorata needs within_days of at least 1")]
    [InlineData("schemes.0.clawback.0.after", "", "schemes[0].clawback[0].within_days: needs \"after\": within how long after what?")]
    [InlineData("schemes.0.stages.0.when.1.where.channel", "{}", "schemes[0].stages[0].when[1].where.channel: must be a text, a number or a flag")]
    [InlineData("orders.0.facts.2.of", "\"z\"", "orders[0].facts[2].of: there is no fact \"z\" in this order")]
    [InlineData("orders.0.facts.2.of", "", "orders[0].facts[2].of: missing")]
    [InlineData("orders.0.facts.2.of", "\"c\"", "orders[0].facts: voids withdraw each other in a ring")]
    [InlineData("orders.0.ordered_at", "\"2026-03-01T10:00:00\"",
        "orders[0].ordered_at: \"2026-03-01T10:00:00\" is not an instant with an offset, like 2026-03-01T10:00:00+08:00")]
    [InlineData("orders.0.ordered_at", "\"2026-02-30T10:00:00Z\"",
        "orders[0].ordered_at: \"2026-02-30T10:00:00Z\" is not an instant with an offset, like 2026-03-01T10:00:00+08:00")]
    [InlineData("time_zone", "\"Asia/Nowhere\"", "time_zone: unknown time zone \"Asia/Nowhere\"; use an IANA name such as Asia/Shanghai")]
    [InlineData("currency", "\"XYZ\"", "currency: unknown currency \"XYZ\"")]
    [InlineData("format", "\"haosuan-case/2\"", "format: \"haosuan-case/2\" is not one of: haosuan-case/1")]
    [InlineData("bonuses.0.tiers.1.from", "1", "bonuses[0].tiers[1].from: tiers must ascend")]
    [InlineData("bonuses.0.release.await", "\"upstream_confirmed\"", "bonuses[0].release.await: a bonus is not of one order: there is nothing to await")]
    [InlineData("orders", "{}", "orders: must be a list, is an object")]
    public void A_fault_is_told_with_its_path(string path, string value, string message) =>
        Assert.Contains(message, FaultsOf(Change(path, value)).Select(f => f.Format(Language.English)));

    [Fact]
    public void Two_orders_of_one_id_are_a_fault()
    {
        var order = JsonNode.Parse(Good)!["orders"]![0]!.ToJsonString();
        Assert.Equal("orders[1].id: duplicate \"O1\"", Assert.Single(FaultsOf(Change("orders.1", order))).Format(Language.English));
    }

    [Fact]
    public void Two_schemes_of_one_version_are_a_fault()
    {
        var scheme = JsonNode.Parse(Good)!["schemes"]![0]!.ToJsonString();
        Assert.Equal("schemes[1].version: duplicate version 1 of \"GD29\"", Assert.Single(FaultsOf(Change("schemes.1", scheme))).Format(Language.English));
    }

    [Fact]
    public void A_version_that_is_missing_is_one_fault_not_one_for_each_order() =>
        Assert.Equal("schemes[0].version: missing", Assert.Single(FaultsOf(Change("schemes.0.version", ""))).Format(Language.English));

    [Fact]
    public void An_amount_above_a_share_is_told_where_the_basis_of_a_fact_brings_it_out()
    {
        var mixed = JsonNode.Parse(Change("orders.0.chain.1.rates.share", "\"1.00\""))!;
        mixed["orders"]![0]!["facts"]!.AsArray().Add(JsonNode.Parse("""{"id":"d","fact":"billed","at":"2026-03-10T00:00:00Z","amount":"19.99"}"""));
        Assert.Equal(
            "orders[0].chain[1].rates.share: order \"O1\", stage \"share\": the rate 1.00 of \"D2\" is above 500 bps, that of its parent \"D1\"",
            Assert.Single(FaultsOf(mixed.ToJsonString())).Format(Language.English));
    }

    [Fact]
    public void A_kind_that_only_the_orders_know_is_known() =>
        Assert.Empty(FaultsOf(Good.Replace("\"activated\"", "\"teleported\"", StringComparison.Ordinal)));

    [Fact]
    public void A_key_that_stands_twice_is_a_fault() =>
        Assert.Equal("orders[0].id: this key stands here twice",
            Assert.Single(FaultsOf(Good.Replace("\"id\": \"O1\"", "\"id\": \"O1\", \"id\": \"O1\"", StringComparison.Ordinal))).Format(Language.English));

    [Theory]
    [InlineData("", "$: malformed JSON at line 1, byte 1: ")]
    [InlineData("[]", "$: must be an object, is a list")]
    [InlineData("{\"orders\": [{\"id\": \"O1\"}, {\"chain\": [}", "orders[1].chain[0]: malformed JSON at line 1, byte 38: ")]
    [InlineData("{\"currency\": \"CNY\",}", "currency: malformed JSON at line 1, byte 20: ")]
    [InlineData("{\"currency\": \"\\ud800\"}", "currency: not valid Unicode text")]
    public void Text_that_is_not_JSON_is_told_with_the_place_reached(string json, string message) =>
        Assert.Contains(FaultsOf(json), f => f.Format(Language.English).StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        var bad = JsonNode.Parse(Change("currency", "\"XYZ\""))!;
        bad["orders"]![0]!["paid"] = "1.234";
        bad["orders"]![0]!["chain"]![0]!["rates"]!["first"] = "70.00";
        bad["schemes"]![0]!["stages"]![0]!["release"]!["mode"] = "never";
        bad["as_of"]![0] = 5;
        Assert.Equal(["currency", "schemes[0].stages[0].release.mode", "orders[0].paid", "orders[0].chain[1].rates.first", "as_of[0]"],
            FaultsOf(bad.ToJsonString()).Select(f => f.Path));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw() =>
        Gen.Byte.Array[0, 40].Sample(bytes => { Case.TryRead(bytes, out _, out var faults); return faults.Count > 0; }, iter: 10_000);

    [Fact]
    public void No_damage_to_a_good_case_makes_the_reader_or_the_engine_throw()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample(damage =>
        {
            var (at, value, cut) = damage;
            byte[] bytes = [.. good[..at], value, .. good[Math.Min(good.Length, at + cut)..]];
            if (Case.TryRead(bytes, out var read, out _)) CaseResult.Of(read, out _);
        }, iter: 10_000);
    }
}
