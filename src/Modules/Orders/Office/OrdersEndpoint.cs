using HaoSuan.Identity;
using HaoSuan.Inventory;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>All orders, and what the office does with one: <c>/office/orders</c>.</summary>
internal sealed class OrdersEndpoint(
    OrderList orders, Purchases purchases, AssessUse assess, Origins origins, OrderNames names, ShipOrder ship, CancelOrder cancelOrder,
    RevealPerson reveal, PaymentRecords payments, Cards cards, AfterSales sales, Users users, Actor actor, Texts texts)
{
    private const string LookedUp = "looked up in the office";

    public static async Task<IResult> List(
        [AsParameters] OrderFilters.Asked query, OrderList orders, OrderNames names, CancellationToken cancel)
    {
        var filter = query.ToFilter();
        return new RazorComponentResult<OrdersPage>(new
        {
            Orders = await orders.AllAsync(filter, query.Skip, OrderFilters.Asked.PerPage, cancel),
            Total = await orders.CountAsync(filter, cancel),
            Products = await names.ProductsAsync(cancel),
            Sellers = await names.DistributorsAsync(cancel),
            Query = query,
        });
    }

    public static Task<IResult> Show(Guid id, HttpContext http, OrdersEndpoint page, CancellationToken cancel) =>
        page.PageAsync(new(id), http, new(), cancel);

    public static async Task<IResult> Ship(
        Guid id, [FromForm] OrderPage.Input form, OrdersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var shipped = await page.ShipAsync(new(id), form, cancel);
        if (shipped.IsRefused) return await page.PageAsync(new(id), http, new() { Form = form, Shipping = shipped.Refusals }, cancel);
        http.LeaveNotice($"已发货，ICCID {shipped.Value}。");
        return TypedResults.LocalRedirect($"/office/orders/{id}");
    }

    public static async Task<IResult> Cancel(
        Guid id, [FromForm] OrderPage.Input form, OrdersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var cancelled = await page.CancelAsync(new(id), form, cancel);
        if (cancelled.IsRefused) return await page.PageAsync(new(id), http, new() { Form = form, Cancelling = cancelled.Refusals }, cancel);
        http.LeaveNotice(cancelled.Value == OrderState.Cancelling
            ? "取消中：已向上游申请撤单，确认后释放号码和库存，已支付的款项原路退回。"
            : "订单已取消；已支付的款项将原路退回。");
        return TypedResults.LocalRedirect($"/office/orders/{id}");
    }

    public static async Task<IResult> Assess(
        Guid id, [FromForm] OrderPage.Input form, OrdersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.AssessAsync(new(id), form, cancel) is not { } assessed) return TypedResults.NotFound();
        if (assessed.IsRefused) return await page.PageAsync(new(id), http, new() { Form = form, Assessing = assessed.Refusals }, cancel);
        http.LeaveNotice("用途评估已记录，订单提交上游。");
        return TypedResults.LocalRedirect($"/office/orders/{id}");
    }

    /// <summary>Shows the person in the answer itself: what is personal stands in no address and is asked for each time.</summary>
    public static async Task<IResult> Reveal(Guid id, OrdersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var person = await page.RevealAsync(new(id), cancel);
        return person.IsRefused ? TypedResults.NotFound() : await page.PageAsync(new(id), http, new() { Person = person.Value }, cancel);
    }

    private Task<Result<string>> ShipAsync(OrderId id, OrderPage.Input form, CancellationToken cancel) =>
        ship.RunAsync(id, form.Courier ?? "", form.TrackingNo ?? "", cancel);

    private Task<Result<OrderState>> CancelAsync(OrderId id, OrderPage.Input form, CancellationToken cancel) =>
        cancelOrder.RunAsync(id, form.Reason ?? "", cancel);

    private async Task<Result<Done>?> AssessAsync(OrderId id, OrderPage.Input form, CancellationToken cancel)
    {
        if (await purchases.OfAsync(id, cancel) is not { } purchase) return null;
        return await assess.RunAsync(purchase.Id, Enum.TryParse<UseRisk>(form.Risk, out var risk) ? risk : null, form.Limits ?? "", cancel);
    }

    private Task<Result<Person>> RevealAsync(OrderId id, CancellationToken cancel) => reveal.RunAsync(id, LookedUp, cancel);

    /// <summary>What a page shows besides the order, where one of its forms has come back or the person was asked for.</summary>
    internal sealed record Reply
    {
        public OrderPage.Input Form { get; init; } = new();
        public AfterSalePanel.Input AfterSale { get; init; } = new();
        public IReadOnlyList<Refusal> Shipping { get; init; } = [];
        public IReadOnlyList<Refusal> Cancelling { get; init; } = [];
        public IReadOnlyList<Refusal> AfterSales { get; init; } = [];
        public IReadOnlyList<Refusal> Assessing { get; init; } = [];
        public Person? Person { get; init; }

        public bool IsRefused => Shipping.Count + Cancelling.Count + AfterSales.Count + Assessing.Count > 0;
    }

    internal async Task<IResult> PageAsync(OrderId id, HttpContext http, Reply reply, CancellationToken cancel)
    {
        if (await orders.FindAsync(id, cancel: cancel) is not { } order) return TypedResults.NotFound();
        var shown = new
        {
            Detail = order,
            Origins = await origins.OfAsync(id, Face.Office, cancel),
            Product = (await names.ProductsAsync(cancel)).GetValueOrDefault(order.Order.ProductId, ""),
            Distributors = await names.DistributorsAsync(cancel),
            Payments = await payments.OfOrderAsync(id, cancel),
            FromStock = order.Order.Iccid is { } iccid && await cards.FindAsync(iccid, cancel) is not null,
            Sales = await sales.OfOrderAsync(id, cancel),
            People = await AfterSalesEndpoint.PeopleAsync(users, cancel),
            Purchase = await purchases.OfAsync(id, cancel),
            AssessErrors = FormErrors.Of(reply.Assessing, r => texts.Of(r)),
            Me = actor.Name,
            MayAct = http.User.Role is Role.Admin or Role.Operations,
            MayRefund = http.User.Role is Role.Admin or Role.Finance,
            reply.Person,
            reply.Form,
            reply.AfterSale,
            ShipErrors = FormErrors.Of(reply.Shipping, r => texts.Of(r)),
            CancelErrors = FormErrors.Of(reply.Cancelling, r => texts.Of(r)),
            AfterSaleErrors = FormErrors.Of(reply.AfterSales, r => texts.Of(r)),
        };
        return new RazorComponentResult<OrderPage>(shown) { StatusCode = reply.IsRefused ? 422 : 200 };
    }
}
