using HaoSuan.Catalog;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>A consumer finds his orders again by phone and code: <c>/s/{invite}/track</c>. No phone stands in an address.</summary>
internal sealed class TrackEndpoint(
    AskTrackCode ask, TrackOrders track, TrackCookie cookie, Products products, EnterShop shop, IEnumerable<TencentSms> lines,
    IEnumerable<TrackSection> sections, Texts texts)
{
    public static async Task<IResult> Show(string invite, TrackEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (!await page.IsInvitedAsync(invite, cancel)) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return page.Read(http) is { } tracker ? await page.OrdersAsync(invite, tracker, cancel) : await page.PhoneAsync(invite, null, [], cancel);
    }

    public static async Task<IResult> Ask(string invite, [FromForm] string? phone, TrackEndpoint page, CancellationToken cancel)
    {
        if (!await page.IsInvitedAsync(invite, cancel)) return TypedResults.NotFound();
        var asked = await page.AskAsync(phone, cancel);
        return asked.TryGet(out var token, out var refusals)
            ? TypedResults.LocalRedirect($"/s/{invite}/track/{token}")
            : await page.PhoneAsync(invite, phone, refusals, cancel);
    }

    public static async Task<IResult> ShowCode(string invite, string token, TrackEndpoint page, CancellationToken cancel) =>
        await page.IsInvitedAsync(invite, cancel) ? await page.CodeAsync(invite, token, [], cancel) : TypedResults.NotFound();

    public static async Task<IResult> Open(
        string invite, string token, [FromForm] string? code, TrackEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (!await page.IsInvitedAsync(invite, cancel)) return TypedResults.NotFound();
        var opened = await page.OpenAsync(token, code, cancel);
        if (!opened.TryGet(out var tracker, out var refusals)) return await page.CodeAsync(invite, token, refusals, cancel);
        page.Leave(http, tracker);
        return TypedResults.LocalRedirect($"/s/{invite}/track");
    }

    public static IResult Leave(string invite, HttpContext http)
    {
        TrackCookie.Forget(http);
        return TypedResults.LocalRedirect($"/s/{invite}/track");
    }

    private async Task<bool> IsInvitedAsync(string invite, CancellationToken cancel) => await shop.RunAsync(invite, cancel) is not null;

    private Tracker? Read(HttpContext http) => cookie.Read(http);

    private void Leave(HttpContext http, Tracker tracker) => cookie.Leave(http, tracker);

    private async Task<Result<string>> AskAsync(string? phone, CancellationToken cancel) =>
        lines.Any() ? await ask.RunAsync(phone, cancel) : new Refusal("orders.track_no_line");

    private Task<Result<Tracker>> OpenAsync(string token, string? code, CancellationToken cancel) => track.OpenAsync(token, code, cancel);

    private async Task<IResult> PhoneAsync(string invite, string? phone, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        new RazorComponentResult<TrackPage>(new
        {
            Shop = await shop.NameAsync(cancel),
            Home = $"/s/{invite}",
            CanSend = lines.Any(),
            Phone = phone,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };

    private async Task<IResult> CodeAsync(string invite, string token, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        new RazorComponentResult<TrackCodePage>(new
        {
            Shop = await shop.NameAsync(cancel),
            Home = $"/s/{invite}",
            Token = token,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };

    private async Task<IResult> OrdersAsync(string invite, Tracker tracker, CancellationToken cancel) =>
        new RazorComponentResult<TrackedPage>(new
        {
            Shop = await shop.NameAsync(cancel),
            Home = $"/s/{invite}",
            Orders = await track.OfAsync(tracker, cancel),
            Products = (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name),
            Sections = sections,
        });
}
