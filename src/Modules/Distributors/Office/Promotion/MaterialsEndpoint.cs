using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>The library of materials: written, submitted, decided by somebody else, retired.</summary>
internal sealed class MaterialsEndpoint(
    Materials materials, Products products, PromotionRules rules, ProposalScreen screen, Users users, IAuthorizationService may, Texts texts)
{
    private const string Home = "/office/materials";

    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/materials");
        group.MapGet("", (MaterialsEndpoint page, HttpContext http, CancellationToken cancel) => page.ListAsync(http, cancel));
        group.MapGet("/{id:guid}", (Guid id, MaterialsEndpoint page, CancellationToken cancel) => page.ShowAsync(id, null, "", cancel));
        // Where a form came back with its fault and the page is loaded anew.
        group.MapGet("/{id:guid}/{step}", (Guid id) => TypedResults.LocalRedirect($"{Home}/{id}"));
        var staff = group.MapGroup("").RequireAuthorization(Policies.Operations);
        staff.MapGet("/new", (MaterialsEndpoint page, CancellationToken cancel) =>
            page.FormAsync(null, new(null, null, null, null), FormErrors.None, cancel));
        staff.MapPost("/new", ([FromForm] MaterialFormPage.Input form, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.SaveAsync(null, form, http, cancel));
        staff.MapGet("/{id:guid}/edit", (Guid id, MaterialsEndpoint page, CancellationToken cancel) => page.EditAsync(id, cancel));
        staff.MapPost("/{id:guid}/edit", (
            Guid id, [FromForm] MaterialFormPage.Input form, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.SaveAsync(id, form, http, cancel));
        staff.MapPost("/{id:guid}/submit", async (Guid id, Materials materials, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            await page.DoneAsync(await materials.SubmitAsync(id, cancel), "已提交审批。", id, "", http, cancel));
        staff.MapPost("/{id:guid}/withdraw", async (Guid id, Materials materials, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            await page.DoneAsync(await materials.WithdrawAsync(id, cancel), "已撤回，可以修改后再提交。", id, "", http, cancel));
        staff.MapPost("/{id:guid}/approve", async (
            Guid id, [FromForm] int? seen, Materials materials, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            await page.DoneAsync(await materials.ApproveAsync(id, seen, cancel), "已批准，分销商现在可以使用。", id, "", http, cancel));
        staff.MapPost("/{id:guid}/reject", async (
            Guid id, [FromForm] string? reason, Materials materials, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            await page.DoneAsync(await materials.RejectAsync(id, reason ?? "", cancel), "已驳回。", id, reason ?? "", http, cancel));
        staff.MapPost("/{id:guid}/retire", async (
            Guid id, [FromForm] string? reason, Materials materials, MaterialsEndpoint page, HttpContext http, CancellationToken cancel) =>
            await page.DoneAsync(await materials.RetireAsync(id, reason ?? "", cancel), "已下架，分销商不再看到它。", id, reason ?? "", http, cancel));
    }

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancel) => new RazorComponentResult<MaterialsPage>(new
    {
        Materials = await materials.AllAsync(cancel),
        Products = (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name),
        HasRules = await rules.PresentAsync(cancel) is not null,
        MayChange = await DistributorsEndpoint.MayChange(may, http),
    });

    private async Task<IResult> ShowAsync(Guid id, IReadOnlyList<Refusal>? refusals, string reason, CancellationToken cancel)
    {
        if (await materials.FindAsync(id, cancel) is not { } material) return TypedResults.NotFound();
        return new RazorComponentResult<MaterialPage>(new
        {
            Material = material,
            Product = material.Product is { } product ? (await products.FindAsync(product, cancel))?.Name : null,
            View = await screen.ViewAsync(material, (Policies.Operations, Policies.Operations), refusals, reason, cancel),
            People = await users.NamesAsync(cancel),
        })
        { StatusCode = refusals is null ? 200 : 422 };
    }

    private async Task<IResult> DoneAsync(Result<Done> outcome, string notice, Guid id, string reason, HttpContext http, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await ShowAsync(id, outcome.Refusals, reason, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect($"{Home}/{id}");
    }

    private async Task<IResult> EditAsync(Guid id, CancellationToken cancel)
    {
        if (await materials.FindAsync(id, cancel) is not { IsEditable: true } material) return TypedResults.NotFound();
        var product = material.Product is { } of ? (await products.FindAsync(of, cancel))?.Code : null;
        return await FormAsync(id, new(product, material.Title, material.Text, string.Join('\n', material.Points)), FormErrors.None, cancel);
    }

    private async Task<IResult> SaveAsync(Guid? id, MaterialFormPage.Input form, HttpContext http, CancellationToken cancel)
    {
        var product = string.IsNullOrEmpty(form.Product) ? null : await products.FindByCodeAsync(form.Product, cancel);
        var saved = product is null && !string.IsNullOrEmpty(form.Product)
            ? new Refusal("distributors.material_product_unknown").On("product")
            : await materials.DraftAsync(new(product?.Id, form.Title ?? "", form.Text ?? "", form.Points ?? ""), id, cancel);
        if (saved.IsRefused) return await FormAsync(id, form, FormErrors.Of(saved.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已保存为草稿，提交后由另一位同事审批。");
        return TypedResults.LocalRedirect($"{Home}/{saved.Value}");
    }

    private async Task<IResult> FormAsync(Guid? id, MaterialFormPage.Input form, FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<MaterialFormPage>(new
        {
            Address = id is null ? $"{Home}/new" : $"{Home}/{id}/edit",
            Back = id is null ? Home : $"{Home}/{id}",
            Products = (await products.AllAsync(cancel)).Select(p => new Option(p.Code, p.Name)).ToList(),
            Form = form,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
}
