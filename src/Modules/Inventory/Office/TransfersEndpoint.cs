using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>Transfers between warehouses: <c>/office/transfers</c>.</summary>
internal sealed class TransfersEndpoint(Transfers transfers, SettleTransfer settle, Texts texts)
{
    private const int PerPage = 50;
    private const int MostCards = 500;

    public static async Task<RazorComponentResult<TransfersPage>> List(int? page, Transfers transfers, CancellationToken cancel)
    {
        var (number, total) = (Math.Max(1, page ?? 1), await transfers.CountAsync(cancel));
        var rows = await transfers.ListAsync((number - 1) * PerPage, PerPage, cancel);
        return new(new { Transfers = rows, Page = number, Pages = (total + PerPage - 1) / PerPage, Total = total });
    }

    public static Task<IResult> Show(Guid id, TransfersEndpoint page, CancellationToken cancel) => page.PageAsync(id, new(), null, [], cancel);

    public static async Task<IResult> Settle(
        Guid id, [FromForm] TransferPage.Input form, [FromForm(Name = "do")] string? verb, TransfersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        // Asked for as a parameter, the file would have forms refused that carry none.
        var file = http.Request.Form.Files.GetFile("file");
        var settled = await page.SettleAsync(id, form, verb, file, cancel);
        if (settled.IsRefused) return await page.PageAsync(id, form, verb, settled.Refusals, cancel);
        http.LeaveNotice(verb == "lose" ? $"已登记丢失 {settled.Value} 张。" : $"已登记收到 {settled.Value} 张。");
        return TypedResults.LocalRedirect($"/office/transfers/{id}");
    }

    private async Task<Result<int>> SettleAsync(Guid id, TransferPage.Input form, string? verb, IFormFile? file, CancellationToken cancel)
    {
        if (verb == "lose") return await settle.GiveUpAsync(id, form.Reason, cancel);
        if (verb == "all") return await settle.ArriveAsync(id, null, cancel);
        return (await CardInput.ReadSeenAsync(form.Iccids, file, cancel)).TryGet(out var cards, out var refusals)
            ? await settle.ArriveAsync(id, cards, cancel)
            : refusals.ToList();
    }

    private async Task<IResult> PageAsync(
        Guid id, TransferPage.Input form, string? verb, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await transfers.FindAsync(id, cancel) is not { } transfer) return TypedResults.NotFound();
        var shown = new
        {
            Transfer = transfer,
            Cards = await transfers.CardsAsync(id, MostCards, cancel),
            Form = form,
            Verb = verb,
            Errors = CardInput.Errors(refusals, texts),
        };
        return new RazorComponentResult<TransferPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
