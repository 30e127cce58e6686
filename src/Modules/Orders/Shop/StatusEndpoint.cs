using HaoSuan.Catalog;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>An order as its consumer sees it, found by its token, and the way to pay it.</summary>
internal sealed class StatusEndpoint(
    OrderList orders, Purchases purchases, AfterSales sales, AskAfterSale ask, HandleAfterSale handle, Products products, PayInShop pay, EnterShop shop,
    IEnumerable<TrackSection> sections, Texts texts)
{
    private const string SecondsToLookAgain = "4";

    public static async Task<IResult> Show(
        string invite, string token, string? returned, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        // The consumer is back before the channel's notice: the page looks again by itself, also without scripts.
        var waiting = returned is not null && order.Order.State == OrderState.AwaitingPayment;
        if (waiting) http.Response.Headers["Refresh"] = SecondsToLookAgain;
        return await page.PageAsync(invite, token, order, new() { Waiting = waiting }, http, cancel);
    }

    /// <summary>The consumer asks for an after-sale.</summary>
    public static async Task<IResult> Ask(
        string invite, string token, [FromForm] string? wish, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var asked = await page.AskAsync(order.Order.Id, wish, cancel);
        if (asked.IsRefused) return await page.PageAsync(invite, token, order, new() { Wish = wish, Asking = asked.Refusals }, http, cancel);
        http.LeaveNotice("申请已提交，客服会在 1 天内处理。");
        return TypedResults.LocalRedirect($"/s/{invite}/o/{token}");
    }

    public static async Task<IResult> Withdraw(
        string invite, string token, int number, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var withdrawn = await page.WithdrawAsync(order.Order.Id, number, cancel);
        if (withdrawn.IsRefused) return await page.PageAsync(invite, token, order, new() { Withdrawing = withdrawn.Refusals }, http, cancel);
        http.LeaveNotice("申请已撤销。");
        return TypedResults.LocalRedirect($"/s/{invite}/o/{token}");
    }

    /// <summary>The consumer tells by which parcel he sends the old card back.</summary>
    public static async Task<IResult> SendBack(
        string invite, string token, int number, [FromForm] string? courier, [FromForm] string? trackingNo, StatusEndpoint page, HttpContext http,
        CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var sent = await page.SendBackAsync(order.Order.Id, number, courier, trackingNo, cancel);
        if (sent.IsRefused)
        {
            var reply = new Reply { Courier = courier, TrackingNo = trackingNo, Withdrawing = sent.Refusals };
            return await page.PageAsync(invite, token, order, reply, http, cancel);
        }
        http.LeaveNotice("已记下，收到后为您办理。");
        return TypedResults.LocalRedirect($"/s/{invite}/o/{token}");
    }

    public static async Task<IResult> Pay(
        string invite, string token, string? channel, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var payable = PayableOf(order.Order, invite, token);
        if (order.Order.State != OrderState.AwaitingPayment) return TypedResults.LocalRedirect(payable.Status);
        if (page.Paying.Recognise(payable, channel ?? "", http) is { } weChat) return TypedResults.Redirect(weChat.AbsoluteUri);
        var started = await page.Paying.StartAsync(payable, channel ?? "", http, cancel);
        return started.IsRefused
            ? await page.PageAsync(invite, token, order, new() { Paying = started.Refusals }, http, cancel)
            : await page.Paying.ShowAsync(started.Value, payable, channel ?? "", cancel);
    }

    /// <summary>The browser is back from WeChat, with a code that tells who will pay.</summary>
    public static async Task<IResult> PayInWeChat(
        string invite, string token, string? code, string? state, StatusEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } order) return TypedResults.NotFound();
        var payable = PayableOf(order.Order, invite, token);
        if (order.Order.State != OrderState.AwaitingPayment) return TypedResults.LocalRedirect(payable.Status);
        var started = await page.Paying.StartRecognisedAsync(payable, code ?? "", state ?? "", http, cancel);
        return started.IsRefused
            ? await page.PageAsync(invite, token, order, new() { Paying = started.Refusals }, http, cancel)
            : await page.Paying.ShowAsync(started.Value, payable, "wechat", cancel);
    }

    private static Payable PayableOf(OrderSummary order, string invite, string token) =>
        new(PaymentFor.Order, order.Id, order.OrderNo, order.Price, "号卡", $"/s/{invite}/o/{token}");

    private PayInShop Paying => pay;

    private Task<OrderDetail?> FindAsync(string token, CancellationToken cancel) => orders.FindByTokenAsync(token, cancel);

    private async Task<Result<int>> AskAsync(OrderId id, string? wish, CancellationToken cancel)
    {
        if (AfterSaleWishes.Read(wish) is not { } wished) return new Refusal("orders.after_sale_wish").On("Wish");
        var asked = await ask.ByConsumerAsync(id, wished.Kind, wished.Reason, cancel);
        return asked.IsRefused ? asked.Refusals[0].On("Wish") : asked;
    }

    private Task<Result<AfterSaleState>> WithdrawAsync(OrderId id, int number, CancellationToken cancel) =>
        handle.WithdrawByConsumerAsync(id, number, cancel);

    private Task<Result<AfterSaleState>> SendBackAsync(OrderId id, int number, string? courier, string? trackingNo, CancellationToken cancel) =>
        handle.SendBackByConsumerAsync(id, number, courier, trackingNo, cancel);

    /// <summary>What the page shows besides the order, where one of its forms has come back.</summary>
    private sealed record Reply
    {
        public bool Waiting { get; init; }
        public string? Wish { get; init; }
        public string? Courier { get; init; }
        public string? TrackingNo { get; init; }
        public IReadOnlyList<Refusal> Paying { get; init; } = [];
        public IReadOnlyList<Refusal> Asking { get; init; } = [];
        public IReadOnlyList<Refusal> Withdrawing { get; init; } = [];
    }

    private async Task<IResult> PageAsync(string invite, string token, OrderDetail order, Reply reply, HttpContext http, CancellationToken cancel)
    {
        var known = await sales.OfOrderAsync(order.Order.Id, cancel);
        IReadOnlyList<Refusal> refusals = [.. reply.Asking, .. reply.Withdrawing];
        var shown = new
        {
            Shop = await shop.NameAsync(cancel),
            Here = $"/s/{invite}/o/{token}",
            Home = $"/s/{invite}",
            Detail = order,
            Sales = known,
            Wishes = AfterSaleWishes.Of(order.Order, known),
            reply.Wish,
            reply.Courier,
            reply.TrackingNo,
            Asking = reply.Asking.Count > 0,
            AfterSaleErrors = FormErrors.Of(refusals, r => texts.Of(r)),
            Product = (await products.FindAsync(order.Order.ProductId, cancel))?.Name ?? "",
            Purchase = await purchases.OfAsync(order.Order.Id, cancel),
            reply.Waiting,
            Face = http.Face,
            Sections = sections,
            Errors = FormErrors.Of(reply.Paying, r => texts.Of(r)),
        };
        return new RazorComponentResult<StatusPage>(shown) { StatusCode = refusals.Count + reply.Paying.Count > 0 ? 422 : 200 };
    }
}
