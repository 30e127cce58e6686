using System.Globalization;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Catalog;

/// <summary>A whole form as it was sent: the scheme, its date, and the example beside it.</summary>
internal sealed class SchemeDraftForm(FormNode node, Product product, int version, Zone zone)
{
    /// <summary>The scheme's text; or everything that is wrong with the form.</summary>
    public Result<(string Json, Instant? From)> Read()
    {
        var reading = new FormReading();
        var json = new SchemeForm(reading).Scheme(node).ToJsonString(Json.Options);
        if (!TryReadDate(out var from)) reading.Refuse(node, "from", "catalog.date_wrong");
        if (reading.Refusals.Count == 0 && SchemeDocument.Read(json, product.Code, version) is { IsRefused: true } read) return read.Refusals.ToList();
        return reading.Refusals.Count > 0 ? reading.Refusals : (json, from);
    }

    /// <summary>What the example comes to; or what is wrong with the scheme or the example.</summary>
    public Result<Explanation> Settle()
    {
        var reading = new FormReading();
        var json = new SchemeForm(reading).Scheme(node).ToJsonString(Json.Options);
        if (reading.Refusals.Count > 0) return reading.Refusals;
        if (!SchemeDocument.Read(json, product.Code, version).TryGet(out var document, out var refusals)) return refusals.ToList();
        var explained = new Example(reading, zone).Settle(node, document.Scheme);
        return explained is null ? reading.Refusals : explained;
    }

    /// <summary>Puts something in, or takes it out, as a button says: "add stages", "add-quiet stages[0].when", "remove clawback[1]".</summary>
    public void Change(string what)
    {
        if (what.Split(' ', 2) is not [var verb, var path]) return;
        if (verb == "remove" && node.Find(path) is { } item) Remove(item);
        if (!verb.StartsWith("add", StringComparison.Ordinal)) return;
        var cut = path.LastIndexOf("].", StringComparison.Ordinal);
        var (owner, list) = (node.Find(cut < 0 ? "" : path[..(cut + 1)]), cut < 0 ? path : path[(cut + 2)..]);
        if (owner is not null) Add(owner, list, verb);
    }

    private void Add(FormNode owner, string list, string verb)
    {
        switch (list)
        {
            case "stages":
                var stage = owner.AddNew(list, ("key", FreeKey()), ("upstream", ""), ("release.mode", "days"), ("release.days", "7"));
                stage.Add("when", ("type", "happened"), ("fact", FactKind.Activated));
                break;
            case "when" when verb == "add-quiet":
                var quiet = owner.AddNew(list, ("type", "quiet"), ("after", FactKind.Activated), ("for_days", "3"));
                quiet.SetAll("quiet", [FactKind.Cancelled, FactKind.Suspended]);
                break;
            case "when" when verb == "add-month-end":
                owner.AddNew(list, ("type", "month_end"), ("after", FactKind.Activated), ("normal_at_month_end", "2"));
                break;
            case "when":
                owner.AddNew(list, ("type", "happened"), ("fact", FactKind.ToppedUp));
                break;
            case "clawback":
                owner.AddNew(list, ("keep", "none"), ("after", FactKind.Activated), ("within_days", "90")).SetAll("on", [FactKind.Cancelled]);
                break;
            case "where":
                owner.AddNew(list, ("name", ""), ("values", ""));
                break;
            case "example.chain":
                owner.AddNew(list, ("name", ""));
                break;
            case "example.facts":
                owner.AddNew(list, ("fact", ""), ("at", owner["example.ordered_at"]));
                break;
            case "tiers":
                owner.AddNew(list, ("from", ""), ("per_card", ""));
                break;
        }
    }

    /// <summary>With a stage go its rates of the example.</summary>
    private void Remove(FormNode item)
    {
        if (item.Path.StartsWith("stages[", StringComparison.Ordinal) && !item.Path.Contains("].", StringComparison.Ordinal))
        {
            var last = node.Items("stages").Count - 1;
            foreach (var seat in node.Items("example.chain"))
            {
                for (var i = item.Index; i <= last; i++) seat[Example.RateKey(i)] = i < last ? seat[Example.RateKey(i + 1)] : "";
            }
        }
        item.Remove();
    }

    private string FreeKey()
    {
        var taken = node.Items("stages").Select(s => s["key"]).ToHashSet(StringComparer.Ordinal);
        string[] words = ["first", "second", "third", "fourth", "fifth"];
        return words.Concat(Enumerable.Range(6, 200).Select(n => string.Create(CultureInfo.InvariantCulture, $"stage{n}"))).First(k => !taken.Contains(k));
    }

    /// <summary>The midnight that begins the date; nothing means: when it is approved.</summary>
    private bool TryReadDate(out Instant? from)
    {
        from = null;
        if (node["from"].Length == 0) return true;
        if (!DateOnly.TryParseExact(node["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        if (date.Year is < 1901 or > 2199) return false;
        from = zone.StartOf(date);
        return true;
    }
}
