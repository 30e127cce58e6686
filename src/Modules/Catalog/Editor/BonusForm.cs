using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>The form of a bonus as it was sent, with an example number of cards.</summary>
internal sealed class BonusForm(FormNode node)
{
    /// <summary>A bonus with the terms of another one, whose key it cannot have.</summary>
    public static FormNode Like(Bonus bonus, Month first)
    {
        var form = SchemeFilling.Of(bonus);
        (form["key"], form["first"], form["example.cards"]) = ("", $"{first}", "120");
        return form;
    }

    public static FormNode Of(BonusVersion draft)
    {
        var form = SchemeFilling.Of(draft.Bonus);
        (form["first"], form["last"], form["example.cards"]) = ($"{draft.First}", draft.Last is { } last ? $"{last}" : "", "120");
        return form;
    }

    public static FormNode Empty(Month first)
    {
        var form = new FormNode { ["first"] = $"{first}", ["scope"] = "own", ["basis"] = "whole", ["example.cards"] = "120" };
        (form["release.mode"], form["release.days"]) = ("days", "7");
        form.Add("tiers", ("from", "1"), ("per_card", "0.00"));
        form.Add("tiers", ("from", "101"), ("per_card", "5.00"));
        return form;
    }

    /// <summary>The bonus's text and its months; or everything that is wrong with the form.</summary>
    public Result<(string Json, Month First, Month? Last)> Read()
    {
        var reading = new FormReading();
        var json = new SchemeForm(reading).Bonus(node).ToJsonString(Json.Options);
        if (!Month.TryParse(node["first"], out var first)) reading.Refuse(node, "first", "catalog.month_wrong");
        var last = default(Month?);
        if (node["last"].Length > 0)
        {
            if (Month.TryParse(node["last"], out var month)) last = month;
            else reading.Refuse(node, "last", "catalog.month_wrong");
        }
        return reading.Refusals.Count > 0 ? reading.Refusals : (json, first, last);
    }

    /// <summary>The bonus in a sentence, and the arithmetic of the example.</summary>
    /// <param name="stages">The stages of all products.</param>
    public Result<IReadOnlyList<string>> Tell(IReadOnlyList<(string Product, string Key, string Name)> stages)
    {
        var reading = new FormReading();
        var json = new SchemeForm(reading).Bonus(node).ToJsonString(Json.Options);
        var cards = reading.Number(node, "example.cards", 0, 1_000_000);
        if (reading.Refusals.Count > 0) return reading.Refusals;
        if (!BonusTerms.Read(json).TryGet(out var bonus, out var faults)) return faults.ToList();
        var sum = string.Join(" + ", bonus.PartsOf(cards!.Value).Select(p => $"{p.Cards} 张 × {YuanText.Of(p.PerCard)}"));
        return new List<string> { SchemeWords.Of(bonus, stages), $"{cards} 张：{(sum.Length > 0 ? $"{sum} = " : "")}{YuanText.Of(bonus.For(cards.Value))}" };
    }

    /// <summary>Puts a tier in, or takes one out, as a button says: "add tiers", "remove tiers[1]".</summary>
    public void Change(string what)
    {
        if (what == "add tiers") node.AddNew("tiers", ("from", ""), ("per_card", ""));
        else if (what.Split(' ', 2) is ["remove", var path]) node.Find(path)?.Remove();
    }
}
