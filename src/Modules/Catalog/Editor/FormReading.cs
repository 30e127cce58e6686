using System.Globalization;
using System.Text.Json.Nodes;
using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>Reads the fields of a form one by one; what cannot be read is refused beside its field, in the words of the page.</summary>
internal sealed class FormReading
{
    private const long MostMinor = 10_000_000_000_000;
    private const int MostBps = 1_000_000;

    public List<Refusal> Refusals { get; } = [];

    public void Refuse(FormNode node, string key, string code, params object[] arguments) =>
        Refusals.Add(new Refusal(code, arguments).On(node.Name(key)));

    public string? Text(FormNode node, string key, string missing)
    {
        if (node[key] is { Length: > 0 } text) return text;
        Refuse(node, key, missing);
        return null;
    }

    public int? Number(FormNode node, string key, int least, int most, bool optional = false)
    {
        if (node[key] is not { Length: > 0 } text)
        {
            if (!optional) Refuse(node, key, "catalog.number_wrong", least, most);
            return null;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(node, key, "catalog.number_wrong", least, most);
        return null;
    }

    public Money? Amount(FormNode node, string key, bool optional = false)
    {
        if (node[key] is not { Length: > 0 } text)
        {
            if (!optional) Refuse(node, key, "catalog.amount_wrong");
            return null;
        }
        if (YuanText.TryRead(text, out var amount) && amount.Minor is >= 0 and <= MostMinor) return amount;
        Refuse(node, key, "catalog.amount_wrong");
        return null;
    }

    /// <summary>"80.00" yuan, or "8%" of the basis: two decimals of a percent are a basis point.</summary>
    public Rate? Rate(FormNode node, string key)
    {
        var text = node[key];
        if (text.EndsWith('%') || text.EndsWith('％'))
        {
            if (YuanText.TryRead(text[..^1], out var percent) && percent.Minor is >= 0 and <= MostBps)
                return Settling.Rate.Share(new((int)percent.Minor));
        }
        else if (YuanText.TryRead(text, out var amount) && amount.Minor is >= 0 and <= MostMinor)
        {
            return Settling.Rate.Amount(amount);
        }
        Refuse(node, key, "catalog.rate_wrong");
        return null;
    }

    public string? Kind(FormNode node, string key, bool optional = false)
    {
        var kind = node[key];
        if (kind.Length == 0 && optional) return null;
        if (FactChoices.Has(kind)) return kind;
        Refuse(node, key, kind.Length == 0 ? "catalog.fact_missing" : "catalog.fact_unknown", kind);
        return null;
    }

    public JsonArray Kinds(FormNode node, string key)
    {
        var kinds = node.All(key);
        if (kinds.Count == 0) Refuse(node, key, "catalog.fact_missing");
        foreach (var kind in kinds.Where(k => !FactChoices.Has(k))) Refuse(node, key, "catalog.fact_unknown", kind);
        return [.. kinds.Select(k => (JsonNode)k)];
    }

    /// <summary>A local moment as a browser writes it: "2026-03-01T10:00".</summary>
    public Instant? Moment(FormNode node, string key, Zone zone)
    {
        if (DateTime.TryParseExact(node[key], Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1901 and < 2199)
            return zone.StartOf(DateOnly.FromDateTime(local)) + local.TimeOfDay;
        Refuse(node, key, "catalog.moment_wrong");
        return null;
    }

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];
}
