using System.Security.Claims;
using System.Threading.RateLimiting;
using HaoSuan.Exceptions;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Upstreams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Orders;

/// <summary>The door of orders (订单).</summary>
public static class OrdersModule
{
    /// <summary>The rate limit of what consumers send.</summary>
    public const string ShopPosts = "shop-posts";

    private const string Track = "track";

    // Many phones of a carrier share one address.
    private const int PostsPerMinute = 60;
    private const int TracksPerMinute = 30;

    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddModule<OrderRow>("orders");
        services.AddScoped<Facts>().AddScoped<OrdersToSettle>().AddScoped<OrderList>().AddScoped<Origins>();
        foreach (var source in OwnSources.All) services.AddSingleton(source);
        services.AddScoped<PlaceOrder>().AddScoped<Applicants>().AddScoped<FindFitting>();
        services.AddScoped<KeepPerson>().AddScoped<RevealPerson>().AddScoped<TakePerson>().AddScoped<Purchases>().AddScoped<AssessUse>();
        services.AddScoped<ShipOrder>().AddScoped<CancelOrder>().AddScoped<AddToBlacklist>().AddScoped<LiftFromBlacklist>();
        services.AddScoped<EnterShop>().AddScoped<PayInShop>();
        services.AddScoped<AfterSales>().AddScoped<AfterSaleDesk>().AddScoped<AskAfterSale>().AddScoped<HandleAfterSale>();
        services.AddScoped<SendCard>().AddScoped<RefundReturn>().AddScoped<AfterSaleEndpoint>();
        services.AddScoped<ShopEndpoint>().AddScoped<StatusEndpoint>().AddScoped<OrdersEndpoint>().AddScoped<BlacklistEndpoint>().AddScoped<OrderNames>();
        services.AddScoped<AskTrackCode>().AddScoped<TrackOrders>().AddScoped<TrackCookie>().AddScoped<TrackEndpoint>();
        services.AddRateLimiter(o => o.AddPolicy(ShopPosts, http => FromOneAddress(http, PostsPerMinute))
            .AddPolicy(Track, http => FromOneAddress(http, TracksPerMinute)));
        services.AddNavigation(
            new NavigationEntry(Face.Office, "订单", "/office/orders", "clipboard-list", 10, Policies.Office),
            new NavigationEntry(Face.Office, "售后", "/office/after-sales", "refresh", 12, Policies.Office),
            new NavigationEntry(Face.Office, "用户黑名单", "/office/consumer-blacklist", "circle-x", 34, Policies.Operations),
            new NavigationEntry(Face.Agent, "订单", "/agent/orders", "clipboard-list", 10));
        services.AddSingleton(new HomeFigure(Face.Office, ToAssessAsync, Policies.Operations));
        services.Compare<StuckOrders>().Compare<MoneyAndOrders>().Compare<EndedOrders>().Compare<OrderIdentities>().Compare<CardsAndOrders>();
        services.Compare<AfterSalesStanding>();
        Follow(services);
        services.AddRecurring<ForgetTrackCodes>("forget-track-codes", "0 50 20 * * ?");
        return services.AddRecurring<CloseUnpaid>("close-unpaid-orders", "30 * * * * ?");
    }

    /// <summary>Under <c>/s/{invite}</c>.</summary>
    public static RouteGroupBuilder MapShop(this RouteGroupBuilder shop)
    {
        shop.MapGet("", ShopEndpoint.List);
        shop.MapGet("/terms", ShopEndpoint.Terms);
        shop.MapGet("/{code}", ShopEndpoint.Show);
        shop.MapPost("/{code}", ShopEndpoint.Place).RequireRateLimiting(ShopPosts);
        shop.MapGet("/{code}/number", (string invite, string code) => TypedResults.LocalRedirect($"/s/{invite}/{code}"));
        shop.MapPost("/{code}/number", ShopEndpoint.Pick).RequireRateLimiting(ShopPosts);
        shop.MapGet("/track", TrackEndpoint.Show);
        shop.MapPost("/track", TrackEndpoint.Ask).RequireRateLimiting(Track);
        shop.MapGet("/track/{token}", TrackEndpoint.ShowCode);
        shop.MapPost("/track/{token}", TrackEndpoint.Open).RequireRateLimiting(Track);
        shop.MapPost("/track/leave", TrackEndpoint.Leave);
        shop.MapGet("/o/{token}", StatusEndpoint.Show);
        shop.MapGet("/o/{token}/pay", StatusEndpoint.Pay).RequireRateLimiting(ShopPosts);
        shop.MapGet("/o/{token}/pay/wechat", StatusEndpoint.PayInWeChat).RequireRateLimiting(ShopPosts);
        shop.MapPost("/o/{token}/after-sales", StatusEndpoint.Ask).RequireRateLimiting(ShopPosts);
        shop.MapPost("/o/{token}/after-sales/{number:int}/withdraw", StatusEndpoint.Withdraw).RequireRateLimiting(ShopPosts);
        shop.MapPost("/o/{token}/after-sales/{number:int}/parcel", StatusEndpoint.SendBack).RequireRateLimiting(ShopPosts);
        // Where a form came back with its faults and the page is loaded anew.
        shop.MapGet("/o/{token}/after-sales/{number:int}/{act}", (string invite, string token) => TypedResults.LocalRedirect($"/s/{invite}/o/{token}"));
        shop.MapGet("/o/{token}/after-sales", (string invite, string token) => TypedResults.LocalRedirect($"/s/{invite}/o/{token}"));
        return shop;
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        agent.MapGet("/orders", AgentOrdersEndpoint.List);
        agent.MapGet("/orders/{id:guid}", AgentOrdersEndpoint.Show);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        office.MapGet("/orders", OrdersEndpoint.List);
        office.MapGet("/orders/{id:guid}", OrdersEndpoint.Show);
        // Where a form came back with its faults and the page is loaded anew.
        office.MapGet("/orders/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/orders/{id}"));
        office.MapPost("/orders/{id:guid}/ship", OrdersEndpoint.Ship).RequireAuthorization(Policies.Operations);
        office.MapPost("/orders/{id:guid}/assess", OrdersEndpoint.Assess).RequireAuthorization(Policies.Operations);
        office.MapPost("/orders/{id:guid}/cancel", OrdersEndpoint.Cancel).RequireAuthorization(Policies.Operations);
        office.MapPost("/orders/{id:guid}/reveal", OrdersEndpoint.Reveal).RequireAuthorization(Policies.Operations);
        office.MapGet("/after-sales", AfterSalesEndpoint.List);
        office.MapPost("/orders/{id:guid}/after-sales", AfterSaleEndpoint.Ask).RequireAuthorization(Policies.Operations);
        office.MapPost("/orders/{id:guid}/after-sales/{number:int}/refund", AfterSaleEndpoint.Refund).RequireAuthorization(Policies.Finance);
        office.MapPost("/orders/{id:guid}/after-sales/{number:int}/take", AfterSaleEndpoint.Take).RequireAuthorization(Policies.Cases);
        office.MapPost("/orders/{id:guid}/after-sales/{number:int}/send", AfterSaleEndpoint.Send).RequireAuthorization(Policies.Operations);
        office.MapPost("/orders/{id:guid}/after-sales/{number:int}/step", AfterSaleEndpoint.Step).RequireAuthorization(Policies.Operations);
        office.MapGet("/orders/{id:guid}/after-sales/{number:int}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/orders/{id}"));
        var blacklist = office.MapGroup("/consumer-blacklist").RequireAuthorization(Policies.Operations);
        blacklist.MapGet("", BlacklistEndpoint.List);
        blacklist.MapPost("", BlacklistEndpoint.Add);
        blacklist.MapGet("/{id:guid}/lift", (Guid id) => TypedResults.LocalRedirect("/office/consumer-blacklist"));
        blacklist.MapPost("/{id:guid}/lift", BlacklistEndpoint.Lift);
        return office;
    }

    private static void Follow(IServiceCollection services)
    {
        services.Follow<PaymentSucceeded, TakePayment>(p => p.For == PaymentFor.Order);
        services.Follow<RefundSucceeded, TakeRefund>(r => r.For == PaymentFor.Order);
        services.Follow<OrderConfirmed, SubmitToUpstream>().Follow<SubmissionLost, SubmitToUpstream>();
        services.Follow<UseAssessed, SubmitToUpstream>();
        services.Follow<UpstreamReported, TakeReport>().Follow<UpstreamRefused, TakeReport>();
        services.Follow<FactRecorded, WithdrawFromUpstream>(Withdrawing.IsAsked).Follow<WithdrawalUnanswered, WithdrawFromUpstream>();
        services.Follow<OrderWithdrawn, TakeWithdrawal>().Follow<WithdrawalRefused, TakeWithdrawal>();
        services.Tell<WithdrawalRefused>(w => new(
            new Audience.Staff(Policies.Operations), "orders.told_not_withdrawn", $"/office/orders/{w.OrderId.Value}", w.OrderNo, w.Reason));
        services.Tell<CancellationRefused>(c => new(
            new Audience.Distributor(c.Seller), "orders.told_not_withdrawn", $"/agent/orders/{c.OrderId.Value}", c.OrderNo, c.Reason));
        services.Follow<TrackCodeAsked, SendTrackCode>();
        services.Tell<AfterSaleMoved>(AfterSaleNews.Of).Done<AfterSaleMoved>(AfterSaleNews.Done);
        services.Follow<FactRecorded, EndOrder>(EndOrder.MayEnd).Follow<FactRecorded, MoveCard>(MoveCard.MayMove);
    }

    private static async Task<HomeFigure.Shown?> ToAssessAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<Purchases>().WaitingAsync(cancel) is (var count, { } oldest)
            ? new("待评估的物联网卡用途", $"{count} 笔", "评估后才提交上游", $"/office/orders/{oldest.Value}")
            : null;

    private static RateLimitPartition<string> FromOneAddress(HttpContext http, int perMinute) =>
        RateLimitPartition.GetFixedWindowLimiter($"{http.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
        });
}
