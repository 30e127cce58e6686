using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>Cards found by ICCID, and one card's life: <c>/office/cards</c>.</summary>
internal sealed class CardsEndpoint(Cards cards, Products products, Users users, Texts texts)
{
    private const int Most = 50;

    public static async Task<IResult> Search(string? iccid, CardsEndpoint page, CancellationToken cancel)
    {
        var ends = iccid?.Trim() ?? "";
        var found = ends.Length == 0 ? [] : await page.Cards.SearchAsync(ends, Most, cancel);
        if (found is [var only]) return TypedResults.LocalRedirect($"/office/cards/{only.Iccid}");
        return new RazorComponentResult<CardsPage>(new { Cards = found, Iccid = ends, Products = await page.NamesAsync(cancel) });
    }

    public static Task<IResult> Show(string iccid, CardsEndpoint page, CancellationToken cancel) =>
        page.PageAsync(iccid, new(null, null), FormErrors.None, cancel);

    public static async Task<IResult> Move(
        string iccid, [FromForm] CardPage.Input form, CardsEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.Cards.FindAsync(iccid, cancel) is not { } card) return TypedResults.NotFound();
        if (!Enum.TryParse<CardState>(form.To, out var to) || !InventoryWords.ByHand(card.State).Contains(to))
            return await page.PageAsync(iccid, form, page.Errors([new Refusal("inventory.no_such_move").On("to")]), cancel);
        if (form.Reason?.Trim() is not { Length: > 0 and <= 200 } reason)
            return await page.PageAsync(iccid, form, page.Errors([new Refusal("inventory.reason_required").On("reason")]), cancel);
        var moved = await page.Cards.MoveAsync(iccid, to, reason, cancel);
        if (moved.IsRefused) return await page.PageAsync(iccid, form, page.Errors(moved.Refusals), cancel);
        http.LeaveNotice($"已改为{InventoryWords.Of(to)}。");
        return TypedResults.LocalRedirect($"/office/cards/{iccid}");
    }

    private Cards Cards => cards;

    private FormErrors Errors(IEnumerable<Refusal> refusals) => FormErrors.Of(refusals, r => texts.Of(r));

    private async Task<IReadOnlyDictionary<ProductId, string>> NamesAsync(CancellationToken cancel) =>
        (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name);

    private async Task<IResult> PageAsync(string iccid, CardPage.Input form, FormErrors errors, CancellationToken cancel)
    {
        if (await cards.FindAsync(iccid, cancel) is not { } card) return TypedResults.NotFound();
        var shown = new
        {
            Card = card,
            Products = await NamesAsync(cancel),
            Moves = await cards.HistoryAsync(iccid, cancel),
            People = await users.NamesAsync(cancel),
            Replacements = await cards.ReplacementsAsync(iccid, cancel),
            Form = form,
            Errors = errors,
        };
        return new RazorComponentResult<CardPage>(shown) { StatusCode = errors.Any ? 422 : 200 };
    }
}
