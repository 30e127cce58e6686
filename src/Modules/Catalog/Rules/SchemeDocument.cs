using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>A scheme as it is kept: with the product and the version that it is.</summary>
internal sealed record SchemeDocument(string Text, Scheme Scheme)
{
    /// <summary>
    /// Reads what docs/settlement.md writes; <c>product</c> and <c>version</c> may be left out. Refuses every fault on the field of
    /// its path, such as <c>stages[0].upstream</c>: <c>catalog.scheme_fault</c> where the text is wrong, a code of its own where the
    /// scheme contradicts itself.
    /// </summary>
    public static Result<SchemeDocument> Read(string json, string product, int version)
    {
        var text = json;
        if (Parsed(json) is { } document)
        {
            if (document["product"] is { } given && given.ToString() != product) return Fault("product", $"must be {product}", $"应为 {product}");
            if (document["version"] is { } number && number.ToString() != $"{version}")
                return Fault("version", $"must be {version}, the next one", $"应为 {version}（下一个版本）");
            (document["product"], document["version"]) = (product, version);
            text = document.ToJsonString(Json.Options);
        }
        if (!SchemeText.TryRead(Encoding.UTF8.GetBytes(text), out var scheme, out var faults)) return Refusals(faults);
        if (scheme.Stages.IsEmpty) return Fault("stages", "at least one stage is needed", "至少要有一个阶段");
        var contradictions = Contradictions.In(scheme).ToList();
        return contradictions.Count > 0 ? contradictions : new SchemeDocument(text, scheme);
    }

    internal static List<Refusal> Refusals(IEnumerable<Fault> faults) =>
        [.. faults.Select(f => new Refusal("catalog.scheme_fault", f.Path, f.English, f.Chinese).On(f.Path))];

    private static Refusal Fault(string path, string english, string chinese) =>
        new Refusal("catalog.scheme_fault", path, english, chinese).On(path);

    /// <summary>The object, where it is one; what else it may be, the reader says with its place.</summary>
    private static JsonObject? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject { Count: > 0 } scheme ? scheme : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
