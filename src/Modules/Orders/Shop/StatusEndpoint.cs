using HaoSuan.Catalog;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>An order as its consumer sees it, found by its token, and the way to pay it.</summary>
internal sealed class StatusEndpoint(
    OrderList orders, Products products, PayInShop pay, EnterShop shop, Texts texts)
{
    private const string SecondsToLookAgain = "4";

    public static async Task<IResult> Show(
        string invite, string token, string? returned, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        // The consumer is back before the channel's notice: the page looks again by itself, also without scripts.
        var waiting = returned is not null && order.Order.State == OrderState.AwaitingPayment;
        if (waiting) http.Response.Headers["Refresh"] = SecondsToLookAgain;
        return await page.PageAsync(invite, token, order, waiting, [], http, cancel);
    }

    public static async Task<IResult> Pay(
        string invite, string token, string? channel, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var status = $"/s/{invite}/o/{token}";
        if (order.Order.State != OrderState.AwaitingPayment) return TypedResults.LocalRedirect(status);
        var payable = new Payable(PaymentFor.Order, order.Order.Id, order.Order.OrderNo, order.Order.Price, "号卡", status);
        var started = await page.Paying.StartAsync(payable, channel ?? "", http, cancel);
        return started.IsRefused
            ? await page.PageAsync(invite, token, order, false, started.Refusals, http, cancel)
            : await page.Paying.ShowAsync(started.Value, payable, channel ?? "", cancel);
    }

    private PayInShop Paying => pay;

    private Task<OrderDetail?> FindAsync(string token, CancellationToken cancel) => orders.FindByTokenAsync(token, cancel);

    private async Task<IResult> PageAsync(
        string invite, string token, OrderDetail order, bool waiting, IReadOnlyList<Refusal> refusals, HttpContext http, CancellationToken cancel)
    {
        var shown = new
        {
            Shop = await shop.NameAsync(cancel),
            Here = $"/s/{invite}/o/{token}",
            Home = $"/s/{invite}",
            Detail = order,
            Product = (await products.FindAsync(order.Order.ProductId, cancel))?.Name ?? "",
            Waiting = waiting,
            InWeChat = http.IsInWeChat,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        };
        return new RazorComponentResult<StatusPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
