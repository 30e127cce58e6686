using HaoSuan.Catalog;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>An order as its consumer sees it, found by its token, and the way to pay it.</summary>
internal sealed class StatusEndpoint(
    OrderList orders, Products products, StartPayment start, PaymentAddresses addresses, Tenants tenants, TenantScope tenant, Texts texts)
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
        var started = await page.StartAsync(order.Order, channel ?? "", status, http, cancel);
        if (started.IsRefused) return await page.PageAsync(invite, token, order, false, started.Refusals, http, cancel);
        return started.Value.PayBy switch
        {
            PayBy.Redirect redirect => TypedResults.Redirect(redirect.Url.AbsoluteUri),
            PayBy.QrText qr => new RazorComponentResult<PayPage>(new
            {
                Shop = await page.ShopAsync(cancel),
                Order = order.Order,
                Status = $"{status}?returned=1",
                Channel = channel,
                Code = qr.Text,
                Until = started.Value.ExpiresAt,
            }),
            _ => throw new InvalidOperationException("No hand-over was asked for."),
        };
    }

    private Task<OrderDetail?> FindAsync(string token, CancellationToken cancel) => orders.FindByTokenAsync(token, cancel);

    private async Task<string> ShopAsync(CancellationToken cancel) => (await tenants.FindAsync(tenant.Id, cancel))!.Name;

    private Task<Result<PaymentStarted>> StartAsync(OrderSummary order, string channel, string status, HttpContext http, CancellationToken cancel) =>
        start.RunAsync(new(order.Id, order.OrderNo, order.Price, channel, http.PayFaceFor(channel), "号卡",
            http.Connection.RemoteIpAddress?.ToString(), new(addresses.PublicBase, $"{status}?returned=1")), cancel);

    private async Task<IResult> PageAsync(
        string invite, string token, OrderDetail order, bool waiting, IReadOnlyList<Refusal> refusals, HttpContext http, CancellationToken cancel)
    {
        var shown = new
        {
            Shop = await ShopAsync(cancel),
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
