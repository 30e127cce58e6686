using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>The list of sheets and the upload: <c>/office/reconciliation</c>.</summary>
internal sealed class UploadEndpoint(ReconSheets sheets, Products products, Texts texts, TenantScope tenant, TimeProvider time)
{
    private const int PageSize = 50;

    public static async Task<IResult> List(UploadEndpoint endpoint, int? page, CancellationToken cancel)
    {
        var current = Math.Max(1, page ?? 1);
        var names = (await endpoint.Products().UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var pages = (await endpoint.Sheets().CountAsync(cancel) + PageSize - 1) / PageSize;
        var some = await endpoint.Sheets().AllAsync((current - 1) * PageSize, PageSize, cancel);
        return new RazorComponentResult<SheetsPage>(new { Model = new SheetsPage.View(some, names, current, pages) });
    }

    public static async Task<IResult> New(UploadEndpoint endpoint, CancellationToken cancel)
    {
        var last = Month.Of(endpoint.Today()) + -1;
        return await endpoint.ShowAsync(new("", last.ToString()), [], cancel);
    }

    public static async Task<IResult> Post(
        UploadEndpoint endpoint, UploadSheet upload, HttpContext http, [FromForm] string? upstream, [FromForm] string? period, IFormFile? file,
        IFormFile? template, CancellationToken cancel)
    {
        UploadPage.Typed typed = new(upstream, period);
        if (!Month.TryParse(period?.Trim() ?? "", out var month))
            return await endpoint.ShowAsync(typed, [new Refusal("reconciliation.period_invalid").On("period")], cancel);
        UpstreamId from = new(Guid.TryParse(upstream, out var id) ? id : Guid.Empty);
        NewSheet sheet = new(from, month, file?.FileName ?? "", await Bytes(file, cancel), await Bytes(template, cancel));
        var result = await upload.RunAsync(sheet, cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(typed, result.Refusals, cancel);
        if (result.Value.Known) http.LeaveNotice("这个文件已经上传过，没有重复导入。这是当时的结算表。");
        return Results.LocalRedirect(SheetEndpoint.AddressOf(result.Value.Id));
    }

    private ReconSheets Sheets() => sheets;

    private Products Products() => products;

    private DateOnly Today() => tenant.Zone.DateOf(time.Now);

    private async Task<IResult> ShowAsync(UploadPage.Typed typed, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        List<Option> upstreams = [.. (await products.UpstreamsAsync(cancel)).Select(u => new Option(u.Id.Value.ToString(), u.Name))];
        return new RazorComponentResult<UploadPage>(new { Form = typed, Upstreams = upstreams, Errors = Refused.Of(refusals, texts) })
        {
            StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    public static async Task<byte[]> Bytes(IFormFile? file, CancellationToken cancel)
    {
        if (file is null) return [];
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
