using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

internal static class PublishSchemeEndpoint
{
    private const int LargestScheme = 1 << 20;

    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/products/{code}/scheme").RequireAuthorization(Policies.Operations);
        group.MapGet("", Show);
        group.MapPost("", Publish);
    }

    private static async Task<IResult> Show(string code, Products products, Schemes schemes, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var versions = await schemes.VersionsAsync(product.Id, cancel);
        return Page(product, versions.Count + 1, versions.Count > 0 ? Editable(versions[0].Json) : "", null, FormErrors.None);
    }

    private static async Task<IResult> Publish(
        string code, [FromForm] string? json, [FromForm] string? from, IFormFile? file, PublishScheme publish, Products products,
        Schemes schemes, Texts texts, TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var text = file is { Length: > 0 and <= LargestScheme } ? await ReadAsync(file, cancel) : json ?? "";
        var published = !TryRead(from, tenant.Zone, time.Now, out var instant)
            ? new Refusal("catalog.date_wrong").On("from")
            : await publish.RunAsync(product.Id, text, instant, cancel);
        if (published.IsRefused)
        {
            var next = (await schemes.VersionsAsync(product.Id, cancel)).Count + 1;
            return Page(product, next, text, from, FormErrors.Of(published.Refusals, r => texts.Of(r)));
        }
        http.LeaveNotice($"已发布第 {published.Value} 版方案。");
        return TypedResults.LocalRedirect($"/office/products/{product.Code}");
    }

    /// <summary>The midnight that begins the date; today, and nothing, mean now.</summary>
    private static bool TryRead(string? from, Zone zone, Instant now, out Instant? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(from)) return true;
        if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        if (date != zone.DateOf(now)) instant = zone.StartOf(date);
        return true;
    }

    private static async Task<string> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }

    /// <summary>The last version to begin with, without its number, in lines.</summary>
    private static string Editable(string json)
    {
        var scheme = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();       // it was published
        scheme.Remove("version");
        return scheme.ToJsonString(new(Json.Options) { WriteIndented = true });
    }

    private static RazorComponentResult<PublishSchemePage> Page(Product product, int next, string json, string? from, FormErrors errors) =>
        new(new { Product = product, Next = next, Json = json, From = from, Errors = errors }) { StatusCode = errors.Any ? 422 : 200 };
}
