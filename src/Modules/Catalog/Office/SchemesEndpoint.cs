using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

/// <summary>A version of a scheme: read, submitted, withdrawn, and approved or rejected by somebody else.</summary>
internal static class SchemesEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/products/{code}/schemes/{version:int}");
        group.MapGet("", Show);
        group.MapPost("/submit", Submit).RequireAuthorization(Policies.Schemes);
        group.MapPost("/withdraw", Withdraw).RequireAuthorization(Policies.Schemes);
        group.MapPost("/approve", Approve).RequireAuthorization(Policies.Finance);
        group.MapPost("/reject", Reject).RequireAuthorization(Policies.Finance);
    }

    private static Task<IResult> Show(string code, int version, SchemeScreen screen, CancellationToken cancel) =>
        screen.PageAsync(code, version, null, "", cancel);

    private static async Task<IResult> Submit(
        string code, int version, SubmitScheme submit, SchemeScreen screen, Products products, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var submitted = await submit.RunAsync(product.Id, version, cancel);
        return await DoneAsync(submitted, "已提交审批。", code, version, "", screen, http, cancel);
    }

    private static async Task<IResult> Withdraw(
        string code, int version, SubmitScheme submit, SchemeScreen screen, Products products, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var withdrawn = await submit.WithdrawAsync(product.Id, version, cancel);
        return await DoneAsync(withdrawn, "已撤回，可以修改后再提交。", code, version, "", screen, http, cancel);
    }

    private static async Task<IResult> Approve(
        string code, int version, [FromForm] int? seen, DecideScheme decide, SchemeScreen screen, Products products, HttpContext http,
        CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var approved = await decide.ApproveAsync(product.Id, version, seen, cancel);
        return await DoneAsync(approved, "已批准，到生效时间起的订单按此结算。", code, version, "", screen, http, cancel);
    }

    private static async Task<IResult> Reject(
        string code, int version, [FromForm] string? reason, DecideScheme decide, SchemeScreen screen, Products products, HttpContext http,
        CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var rejected = await decide.RejectAsync(product.Id, version, reason ?? "", cancel);
        return await DoneAsync(rejected, "已驳回。", code, version, reason ?? "", screen, http, cancel);
    }

    private static async Task<IResult> DoneAsync(
        Result<Done> outcome, string notice, string code, int version, string reason, SchemeScreen screen, HttpContext http, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await screen.PageAsync(code, version, outcome.Refusals, reason, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect($"/office/products/{code}/schemes/{version}");
    }
}

/// <summary>Gathers the page of a version.</summary>
internal sealed class SchemeScreen(
    Products products, Schemes schemes, ProposalScreen screen, IHttpContextAccessor accessor, IEnumerable<VersionNote> notes)
{
    public async Task<IResult> PageAsync(string code, int version, IReadOnlyList<Refusal>? refusals, string reason, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        if (await schemes.FindVersionAsync(product.Id, version, cancel) is not { } read) return TypedResults.NotFound();
        return new RazorComponentResult<SchemePage>(new
        {
            Product = product,
            Version = read,
            View = await screen.ViewAsync(read, refusals, reason, cancel),
            Notes = await NotesAsync(read, cancel),
        })
        { StatusCode = refusals is null ? 200 : 422 };
    }

    private async Task<IReadOnlyList<VersionNote.Shown>> NotesAsync(SchemeVersion version, CancellationToken cancel)
    {
        List<VersionNote.Shown> shown = [];
        foreach (var note in notes) shown.Add(await note.Ask(accessor.HttpContext!.RequestServices, version, cancel));    // a page is asked for by a request
        return shown;
    }
}
