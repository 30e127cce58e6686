using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>
/// Publishes the next version of a product's scheme. The JSON is a scheme as docs/settlement.md writes it; its <c>product</c> and
/// <c>version</c> may be left out. What is published is never changed: a better scheme is the next version.
/// </summary>
public sealed class PublishScheme(Db db, Audit audit, TimeProvider time)
{
    /// <param name="product">Whose scheme it is.</param>
    /// <param name="json">The scheme.</param>
    /// <param name="from">From when on orders pin it: not before now, and not before the version before it. Null: now.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The version's number; or <c>catalog.scheme_fault</c> for each fault, with its path, in English and Chinese.</returns>
    public Task<Result<int>> RunAsync(ProductId product, string json, Instant? from = null, CancellationToken cancel = default) =>
        db.InTransaction(() => PublishAsync(product, json, from, time.Now, cancel), cancel);

    private async Task<Result<int>> PublishAsync(
        ProductId id, string json, Instant? asked, Instant now, CancellationToken cancel)
    {
        if (await db.Products.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } product)
            return new Refusal("catalog.product_unknown");
        var last = await db.Schemes.Where(s => s.ProductId == id).OrderByDescending(s => s.Version).FirstOrDefaultAsync(cancel);
        var version = (last?.Version ?? 0) + 1;
        var from = asked ?? now;
        if (from < now) return new Refusal("catalog.from_is_past").On("from");
        if (last is not null && from < last.InForceFrom) return new Refusal("catalog.from_before_last", last.Version).On("from");
        if (!Read(json, product.Code, version).TryGet(out var text, out var refusals)) return refusals.ToList();
        db.Add(new SchemeRow { ProductId = id, Version = version, InForceFrom = from, Json = text, PublishedAt = now });
        audit.Record("scheme.published", $"product:{id.Value}", $"{product.Code} v{version} from {from}");
        return version;
    }

    /// <summary>The text that is kept: with the product and the version that it is published as.</summary>
    private static Result<string> Read(string json, string code, int version)
    {
        var text = json;
        if (Parsed(json) is { } scheme)
        {
            if (scheme["product"] is { } given && given.ToString() != code) return Fault("product", $"must be {code}", $"应为 {code}");
            if (scheme["version"] is { } number && number.ToString() != $"{version}")
                return Fault("version", $"must be {version}, the next one", $"应为 {version}（下一个版本）");
            (scheme["product"], scheme["version"]) = (code, version);
            text = scheme.ToJsonString(Json.Options);
        }
        if (!SchemeText.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var faults)) return Refusals(faults);
        if (read.Stages.IsEmpty) return Fault("stages", "at least one stage is needed", "至少要有一个阶段");
        return text;
    }

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

    internal static List<Refusal> Refusals(IEnumerable<Fault> faults) =>
        [.. faults.Select(f => new Refusal("catalog.scheme_fault", f.Path, f.English, f.Chinese).On("json"))];

    private static Refusal Fault(string path, string english, string chinese) =>
        new Refusal("catalog.scheme_fault", path, english, chinese).On("json");
}
