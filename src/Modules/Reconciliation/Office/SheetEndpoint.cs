using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Settling.Reconciling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>One sheet: as it was read, then its differences and decisions: <c>/office/reconciliation/{id}</c>.</summary>
internal sealed class SheetEndpoint(ReconSheets sheets, DisputeFiles disputes, Products products, Texts texts)
{
    private const int PageSize = 100;

    public static string AddressOf(SheetId id) => $"/office/reconciliation/{id.Value}";

    public static Task<IResult> Show(
        Guid id, SheetEndpoint endpoint, [FromQuery(Name = "class")] Difference? of, int? page, CancellationToken cancel) =>
        endpoint.ShowAsync(new(id), of, page ?? 1, DecisionForm.Typed.Empty, [], cancel);

    public static async Task<IResult> Open(Guid id, OpenSheet open, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var result = await open.RunAsync(new(id), cancel);
        http.LeaveNotice(result.IsRefused ? Refused.Of(result.Refusals, texts).All[0].Text : "已导入并核对，请处理差异。");
        return Results.LocalRedirect(AddressOf(new(id)));
    }

    public static async Task<IResult> Discard(Guid id, DiscardSheet discard, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var result = await discard.RunAsync(new(id), cancel);
        http.LeaveNotice(result.IsRefused ? texts.Of(result.Refusals[0]) : "已放弃这个文件，没有导入任何内容。");
        return Results.LocalRedirect("/office/reconciliation");
    }

    public static async Task<IResult> Decide(
        Guid id, SheetEndpoint endpoint, DecideDifferences decide, HttpContext http, [FromQuery(Name = "class")] Difference of, int? page,
        [FromForm] Verdict verdict, [FromForm] string? scope, [FromForm] string? note, [FromForm] string? owner, [FromForm] string? due,
        [FromForm] int[]? numbers, CancellationToken cancel)
    {
        DecisionForm.Typed typed = new(scope, note, owner, due, numbers ?? []);
        Decision decision = new(verdict, note ?? "", owner, DayOf(due));
        var result = scope == DecisionForm.Typed.WholeClass
            ? await decide.RunAsync(new(id), of, decision, cancel)
            : await decide.RunAsync(new(id), typed.Numbers.Distinct().ToList(), decision, cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(new(id), of, page ?? 1, typed, result.Refusals, cancel);
        http.LeaveNotice($"{Words.Of(of)}：{Words.Of(verdict)} {result.Value} 条。");
        return Results.LocalRedirect($"{AddressOf(new(id))}?class={of}&page={page ?? 1}");
    }

    /// <summary>A day as a field of a form has it; null where it is none.</summary>
    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static async Task<IResult> Rules(Guid id, ApplyRules apply, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var result = await apply.RunAsync(new(id), cancel);
        http.LeaveNotice(result.TryGet(out var decided, out var refusals) ? $"规则处理了 {decided} 条差异。" : texts.Of(refusals[0]));
        return Results.LocalRedirect(AddressOf(new(id)));
    }

    public static async Task<IResult> Dispute(Guid id, DisputeFiles disputes, CancellationToken cancel) =>
        await disputes.WriteAsync(new(id), cancel) is { } content
            ? Results.File(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"dispute-{id:N}.xlsx")
            : Results.NotFound();

    public static async Task<IResult> Answers(Guid id, DisputeFiles disputes, Texts texts, HttpContext http, IFormFile? file, CancellationToken cancel)
    {
        var result = await disputes.ReadAsync(new(id), await UploadEndpoint.Bytes(file, cancel), cancel);
        http.LeaveNotice(result.TryGet(out var read, out var refusals)
            ? $"上游同意 {read.Agreed} 笔，已转下期；另有 {read.Noted} 笔答复不同，仍在争议中{(read.Skipped > 0 ? $"；{read.Skipped} 笔没有变化" : "")}。"
            : Refused.Of(refusals, texts).All[0].Text);
        return Results.LocalRedirect(AddressOf(new(id)));
    }

    public static async Task<IResult> Workbook(Guid id, ReconSheets sheets, CancellationToken cancel) =>
        await sheets.WorkbookAsync(new(id), cancel) is { } file ? Results.File(file.Content, file.MediaType, file.Name) : Results.NotFound();

    private async Task<IResult> ShowAsync(
        SheetId id, Difference? of, int page, DecisionForm.Typed typed, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await sheets.FindAsync(id, cancel) is not { } sheet) return Results.NotFound();
        var upstream = (await products.UpstreamAsync(sheet.UpstreamId, cancel))?.Name ?? "";
        var errors = Refused.Of(refusals, texts);
        var status = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        if (sheet.State == SheetState.Draft)
        {
            var preview = await sheets.PreviewAsync(id, cancel);
            return new RazorComponentResult<DraftPage>(new { Preview = preview, Upstream = upstream });
        }
        var classes = await sheets.ClassesAsync(sheet, cancel);
        var current = classes.FirstOrDefault(c => c.Class == of) ?? classes.FirstOrDefault(c => c.Undecided > 0) ?? (classes.Count > 0 ? classes[0] : null);
        var place = Math.Max(1, page);
        var rows = current is null ? [] : await sheets.DifferencesAsync(id, current.Class, (place - 1) * PageSize, PageSize, cancel);
        var model = new SheetPage.View(
            sheet, upstream, classes, current, rows, place, ((current?.Count ?? 0) + PageSize - 1) / PageSize, typed,
            await disputes.CountAsync(id, cancel));
        return new RazorComponentResult<SheetPage>(new { Model = model, Errors = errors }) { StatusCode = status };
    }
}
