using HaoSuan.Settling.Explaining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

/// <summary>Writes versions of a scheme in forms. Every button sends the whole form; nothing is kept until it is saved.</summary>
internal static class SchemeEditorEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/products/{code}/schemes").RequireAuthorization(Policies.Schemes);
        group.MapGet("/new", New);
        group.MapPost("/new", Create);
        group.MapGet("/{version:int}/edit", Edit);
        group.MapPost("/{version:int}/edit", Change);
        group.MapPost("/example", Compute);
    }

    private static async Task<IResult> New(
        string code, int? like, Products products, Schemes schemes, Texts texts, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var history = await schemes.HistoryAsync(product.Id, cancel);
        var model = history.FirstOrDefault(v => like is null || v.Version == like);
        var form = model is null ? SchemeFilling.Empty() : SchemeFilling.Of(model.Scheme);
        Example.Fill(form, model?.Scheme ?? new(code, 0, []), time.Now, tenant.Zone);
        return new Editor(product, null, form, tenant.Zone, texts).Page(FormErrors.None);
    }

    private static async Task<IResult> Edit(
        string code, int version, Products products, Schemes schemes, Texts texts, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        if (await schemes.FindVersionAsync(product.Id, version, cancel) is not { IsEditable: true } draft) return TypedResults.NotFound();
        var form = SchemeFilling.Of(draft.Scheme);
        form["from"] = draft.InForceFrom is { } from ? $"{tenant.Zone.DateOf(from):yyyy-MM-dd}" : "";
        Example.Fill(form, draft.Scheme, time.Now, tenant.Zone);
        return new Editor(product, version, form, tenant.Zone, texts).Page(FormErrors.None);
    }

    private static Task<IResult> Create(
        string code, IFormCollection form, Products products, DraftScheme draft, Texts texts, TenantScope tenant, HttpContext http, CancellationToken cancel) =>
        Send(code, null, form, products, draft, texts, tenant, http, cancel);

    private static Task<IResult> Change(
        string code, int version, IFormCollection form, Products products, DraftScheme draft, Texts texts, TenantScope tenant, HttpContext http,
        CancellationToken cancel) => Send(code, version, form, products, draft, texts, tenant, http, cancel);

    private static async Task<IResult> Send(
        string code, int? version, IFormCollection form, Products products, DraftScheme draft, Texts texts, TenantScope tenant, HttpContext http,
        CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var editor = new Editor(product, version, FormNode.Of(form), tenant.Zone, texts);
        if (form["do"] != "save")
        {
            editor.Draft.Change(form["do"].ToString());
            return editor.Page(FormErrors.None);
        }
        var read = editor.Draft.Read();
        var saved = read.IsRefused ? read.Refusals.ToList() : await draft.RunAsync(product.Id, read.Value.Json, read.Value.From, version, cancel);
        if (saved.IsRefused) return editor.Page(FormErrors.Of(saved.Refusals, r => texts.Of(r)));
        http.LeaveNotice($"已保存第 {saved.Value} 版草稿，提交后由另一位同事审批。");
        return TypedResults.LocalRedirect($"/office/products/{product.Code}/schemes/{saved.Value}");
    }

    /// <summary>What the example comes to, while one types.</summary>
    private static async Task<IResult> Compute(
        string code, IFormCollection form, Products products, Texts texts, TenantScope tenant, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var (example, faults) = new Editor(product, null, FormNode.Of(form), tenant.Zone, texts).Settle();
        return new RazorComponentResult<ExampleView>(new { Explanation = example, Faults = faults });
    }

    /// <summary>The page of one form.</summary>
    private sealed class Editor(Product product, int? version, FormNode form, Zone zone, Texts texts)
    {
        public SchemeDraftForm Draft { get; } = new(form, product, version ?? 1, zone);

        public (Explanation? Example, FormErrors Faults) Settle() =>
            Draft.Settle().TryGet(out var explained, out var refusals) ? (explained, FormErrors.None) : (null, FormErrors.Of(refusals, r => texts.Of(r)));

        public RazorComponentResult<SchemeEditorPage> Page(FormErrors errors)
        {
            var (example, faults) = Settle();
            var address = $"/office/products/{product.Code}";
            return new(new
            {
                Product = product,
                Form = form,
                Title = version is null ? $"{product.Name} · 新方案" : $"{product.Name} · 修改第 {version} 版",
                Action = version is null ? $"{address}/schemes/new" : $"{address}/schemes/{version}/edit",
                Back = version is null ? address : $"{address}/schemes/{version}",
                Example = example,
                ExampleFaults = faults,
                Errors = errors,
            })
            { StatusCode = errors.Any ? 422 : 200 };
        }
    }
}
