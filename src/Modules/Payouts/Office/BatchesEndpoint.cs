using HaoSuan.Distributors;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payouts;

/// <summary>Batches of payouts: <c>/office/payouts/batches</c>.</summary>
internal sealed class BatchesEndpoint(PayoutBatches batches, TransferChannels transfers, Tree tree, Texts texts)
{
    private const int PerPage = 50;
    private const long LargestFile = 5L * 1024 * 1024;

    public static Task<IResult> List(BatchesEndpoint page, int? number, CancellationToken cancel) => page.ListAsync(number, [], null, cancel);

    public static async Task<IResult> Make(
        BatchesEndpoint page, MakeBatch make, HttpContext http, [FromForm] PayoutMethod? method, [FromForm] string? format, CancellationToken cancel)
    {
        if (method is not { } way) return Results.BadRequest();
        if (!(await page.MakeAsync(make, way, format, cancel)).TryGet(out var id, out var refusals)) return await page.ListAsync(null, refusals, way, cancel);
        http.LeaveNotice(way == PayoutMethod.Bank ? "已组成批次。把付款文件交给银行，再上传银行的结果文件。" : "已组成批次，正在逐笔转账。");
        return Results.LocalRedirect($"/office/payouts/batches/{id}");
    }

    public static Task<IResult> Detail(Guid id, BatchesEndpoint page, CancellationToken cancel) => page.ShowAsync(id, [], cancel);

    public static async Task<IResult> HandOver(Guid id, BatchFile file, HttpContext http, CancellationToken cancel)
    {
        if (!await file.HandOverAsync(id, cancel)) return Results.NotFound();
        http.LeaveNotice("已算交银行，请下载付款文件交给银行。");
        return Results.LocalRedirect($"/office/payouts/batches/{id}");
    }

    public static async Task<IResult> Download(Guid id, BatchFile file, CancellationToken cancel) =>
        await file.ExportAsync(id, cancel) is var (name, content) ? Results.File(content, "application/octet-stream", name) : Results.NotFound();

    public static async Task<IResult> TakeResults(Guid id, BatchesEndpoint page, ReadResults read, HttpContext http, CancellationToken cancel)
    {
        // Asked for as a parameter, the file would have forms refused that carry none.
        if (!http.Request.HasFormContentType || http.Request.Form.Files.GetFile("file") is not { Length: > 0 and <= LargestFile } file)
            return await page.ShowAsync(id, [new Refusal("payouts.result_file").On("file")], cancel);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancel);
        var result = await read.RunAsync(id, content.ToArray(), cancel);
        if (result.IsRefused) return await page.ShowAsync(id, result.Refusals, cancel);
        http.LeaveNotice("已读入结果文件，各行的结果见下。");
        return Results.LocalRedirect($"/office/payouts/batches/{id}");
    }

    private async Task<Result<Guid>> MakeAsync(MakeBatch make, PayoutMethod method, string? format, CancellationToken cancel) =>
        method == PayoutMethod.Bank || transfers.Find(PayoutWords.ChannelOf(method)) is not null
            ? await make.RunAsync(method, format, null, cancel)
            : new Refusal("payouts.no_transfers");

    private async Task<IResult> ListAsync(int? number, IReadOnlyList<Refusal> refusals, PayoutMethod? sent, CancellationToken cancel)
    {
        var page = Math.Max(1, number ?? 1);
        var found = await batches.ListAsync((page - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<BatchesPage>(new
        {
            Waiting = await batches.WaitingAsync(cancel),
            Batches = (IReadOnlyList<BatchView>)[.. found.Take(PerPage)],
            Page = page,
            Pages = found.Count > PerPage ? page + 1 : page,
            Sent = sent,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private async Task<IResult> ShowAsync(Guid id, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await batches.FindAsync(id, cancel) is not { } batch) return Results.NotFound();
        return new RazorComponentResult<BatchPage>(new
        {
            Batch = batch,
            Lines = await batches.LinesAsync(id, cancel),
            Results = await batches.ResultsAsync(id, cancel),
            Names = (IReadOnlyDictionary<DistributorId, string>)(await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name),
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
