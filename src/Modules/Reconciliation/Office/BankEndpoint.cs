using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>Statements of the bank account and who has paid what stands there: <c>/office/reconciliation/bank</c>.</summary>
internal sealed class BankEndpoint(BankFiles files, Products products, Users users, Texts texts)
{
    public const string Address = "/office/reconciliation/bank";

    private const int PageSize = 100;

    public static string AddressOf(BankFileId id) => $"{Address}/{id.Value}";

    public static Task<IResult> List(BankEndpoint endpoint, int? page, CancellationToken cancel) => endpoint.ListAsync(page ?? 1, [], cancel);

    public static async Task<IResult> Import(BankEndpoint endpoint, ImportStatement import, HttpContext http, IFormFile? file, CancellationToken cancel)
    {
        var result = await import.RunAsync(file?.FileName ?? "", await UploadEndpoint.Bytes(file, cancel), cancel);
        if (!result.TryGet(out var imported, out var refusals)) return await endpoint.ListAsync(1, refusals, cancel);
        http.LeaveNotice(imported.Known
            ? "这个文件已经导入过，没有重复导入。"
            : $"导入 {imported.Added} 笔流水{(imported.Before > 0 ? $"，另有 {imported.Before} 笔以前导入过" : "")}。");
        return Results.LocalRedirect(AddressOf(imported.Id));
    }

    public static Task<IResult> Show(Guid id, BankEndpoint endpoint, int? page, CancellationToken cancel) =>
        endpoint.ShowAsync(new(id), page ?? 1, new(), [], cancel);

    public static async Task<IResult> Claim(
        Guid id, BankEndpoint endpoint, ClaimLines claim, HttpContext http, int? page, [FromForm] string? act, [FromForm] string? upstream,
        [FromForm] string? note, [FromForm] int[]? numbers, CancellationToken cancel)
    {
        BankFilePage.Typed typed = new() { Upstream = upstream, Note = note, Numbers = numbers ?? [] };
        UpstreamId? payer = Guid.TryParse(upstream, out var chosen) ? new(chosen) : null;
        List<int> lines = [.. typed.Numbers.Distinct()];
        var result = act == BankFilePage.Other
            ? await claim.AsOtherAsync(new(id), lines, note ?? "", cancel)
            : await claim.AsReceiptsAsync(new(id), lines, payer, note ?? "", cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(new(id), page ?? 1, typed, result.Refusals, cancel);
        http.LeaveNotice($"已认领 {result.Value} 笔流水。");
        return Results.LocalRedirect(AddressOf(new(id)));
    }

    private async Task<IResult> ListAsync(int page, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var place = Math.Max(1, page);
        return new RazorComponentResult<BankPage>(new
        {
            Files = await files.AllAsync((place - 1) * PageSize, PageSize, cancel),
            Page = place,
            Pages = (await files.CountAsync(cancel) + PageSize - 1) / PageSize,
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private async Task<IResult> ShowAsync(
        BankFileId id, int page, BankFilePage.Typed typed, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await files.FindAsync(id, cancel) is not { } file) return Results.NotFound();
        var place = Math.Max(1, page);
        return new RazorComponentResult<BankFilePage>(new
        {
            Model = new BankFilePage.View(
                file, await files.LinesAsync(id, (place - 1) * PageSize, PageSize, cancel), place, (file.Lines + PageSize - 1) / PageSize,
                (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name),
                await users.NamesAsync(cancel)),
            Form = typed,
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
