using System.Globalization;
using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>Fills a form with a scheme, so that reading the form gives that scheme again.</summary>
internal static class SchemeFilling
{
    public static FormNode Of(Scheme scheme)
    {
        var form = new FormNode { ["differential"] = scheme.Differential == Differential.Highest ? "highest" : "strict" };
        foreach (var stage in scheme.Stages) Fill(form.Add("stages"), stage);
        foreach (var clawback in scheme.Clawbacks) Fill(form.Add("clawback"), clawback);
        return form;
    }

    public static FormNode Of(Bonus bonus)
    {
        var form = new FormNode { ["key"] = bonus.Key, ["stage"] = bonus.Stage };
        form["scope"] = bonus.Scope == Scope.Team ? "team" : "own";
        form["basis"] = bonus.Basis == TierBasis.Marginal ? "marginal" : "whole";
        form.SetAll("products", bonus.Products ?? []);
        foreach (var tier in bonus.Tiers) form.Add("tiers", ("from", Text(tier.From)), ("per_card", Currency.Cny.Format(tier.PerCard)));
        Fill(form, bonus.Release);
        return form;
    }

    /// <summary>A first stage to begin with.</summary>
    public static FormNode Empty()
    {
        var form = new FormNode { ["differential"] = "strict" };
        var stage = form.Add("stages", ("key", "first"), ("name", "激活"), ("upstream", ""), ("release.mode", "days"), ("release.days", "7"));
        stage.Add("when", ("type", "happened"), ("fact", FactKind.Activated), ("after", FactKind.Ordered), ("within_days", "30"));
        return form;
    }

    /// <summary>"80.00" or "8.25%".</summary>
    public static string Text(Rate rate) => rate.IsShare ? $"{new Bps((int)rate.Of(new(10_000)).Minor)}" : Currency.Cny.Format(rate.Of(Money.Zero));

    private static void Fill(FormNode node, Stage stage)
    {
        (node["key"], node["name"], node["upstream"]) = (stage.Key, stage.Name, Text(stage.Upstream));
        node["peer_bonus"] = stage.PeerBonus.IsZero ? "" : Currency.Cny.Format(stage.PeerBonus);
        if (stage.Repeat is { } repeat)
        {
            node["repeat"] = "true";
            (node["repeat.fact"], node["repeat.after"], node["repeat.months"]) = (repeat.Kind, repeat.After, Text(repeat.Months));
        }
        foreach (var condition in stage.When) Fill(node.Add("when"), condition);
        Fill(node, stage.Release);
    }

    private static void Fill(FormNode node, Condition condition)
    {
        switch (condition)
        {
            case Condition.Happened happened:
                (node["type"], node["fact"]) = ("happened", happened.Kind);
                node["each_at_least"] = happened.EachAtLeast is { } each ? Currency.Cny.Format(each) : "";
                node["at_least"] = happened.AtLeast is { } sum ? Currency.Cny.Format(sum) : "";
                Fill(node, happened.Window);
                Fill(node, happened.Where);
                break;
            case Condition.Quiet quiet:
                (node["type"], node["for_days"], node["after"]) = ("quiet", Text(quiet.ForDays), quiet.After);
                node.SetAll("quiet", quiet.Kinds);
                Fill(node, quiet.Where);
                break;
            case Condition.NormalAtMonthEnd normal:
                (node["type"], node["normal_at_month_end"], node["after"]) = ("month_end", Text(normal.Number), normal.After);
                node.SetAll("ignoring", normal.Ignoring);
                break;
        }
    }

    private static void Fill(FormNode node, Clawback clawback)
    {
        node.SetAll("on", clawback.On);
        node.SetAll("stages", clawback.Stages ?? []);
        node["keep"] = clawback.Keep == Keep.ProRata ? "prorata" : "none";
        node["penalty"] = clawback.Penalty.IsZero ? "" : Currency.Cny.Format(clawback.Penalty);
        Fill(node, clawback.Window);
        Fill(node, clawback.Where);
    }

    private static void Fill(FormNode node, Window window)
    {
        node["after"] = window.After ?? "";
        node["within_days"] = window.Days is { } days ? Text(days) : "";
        node["within_months"] = window.Months is { } months ? Text(months) : "";
    }

    private static void Fill(FormNode node, Where where)
    {
        foreach (var demand in where.Demands) node.Add("where", ("name", demand.Name), ("values", string.Join(", ", demand.OneOf.Select(ScalarText.Of))));
    }

    private static void Fill(FormNode node, Release release)
    {
        if (release.AwaitsUpstream) node["release.await"] = "true";
        node["release.mode"] = release switch { Release.Days => "days", Release.Weekly => "weekly", Release.Monthly => "monthly", _ => "at_once" };
        if (release is Release.Days { Count: var count }) node["release.days"] = Text(count);
        if (release is Release.Weekly { Weekday: var weekday }) node["release.weekday"] = Text(weekday);
        if (release is Release.Monthly { Months: var months, Day: var day }) (node["release.months"], node["release.day"]) = (Text(months), Text(day));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
