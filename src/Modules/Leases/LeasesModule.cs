using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Leases;

/// <summary>The door of device leases (设备租赁).</summary>
public static class LeasesModule
{
    public static IServiceCollection AddLeases(this IServiceCollection services)
    {
        services.AddModule<LeaseRow>("leases");
        services.AddScoped<DeviceModels>().AddScoped<SaveModel>().AddScoped<DeviceList>().AddScoped<DeviceBook>();
        services.AddScoped<ReceiveDevices>().AddScoped<MoveDevice>();
        services.AddScoped<LeaseBook>().AddScoped<LeaseMoney>().AddScoped<LeaseList>().AddScoped<BillsToPay>().AddScoped<RevealLessee>();
        services.AddScoped<PlaceLease>().AddScoped<CallOffLease>().AddScoped<HandOverLease>().AddScoped<AnnounceReturn>().AddScoped<AskBuyOut>();
        services.AddScoped<TakeBack>().AddScoped<DeclareLost>().AddScoped<OffsetFromDeposit>().AddScoped<WriteOffLease>().AddScoped<CorrectBill>();
        services.AddScoped<ISales, LeaseSales>();
        services.AddScoped<DevicesEndpoint>().AddScoped<ShopLeaseEndpoint>().AddScoped<LeasesEndpoint>().AddScoped<OfficeDevicesEndpoint>();
        services.AddNavigation(
            new NavigationEntry(Face.Office, "设备租赁", "/office/leases", "device-mobile", 12, Policies.Office),
            new NavigationEntry(Face.Office, "租赁设备", "/office/devices", "box", 31, Policies.Operations),
            new NavigationEntry(Face.Office, "设备型号", "/office/device-models", "list-details", 33, Policies.Schemes),
            new NavigationEntry(Face.Agent, "设备租赁", "/agent/leases", "device-mobile", 38));
        services.AddSingleton(new ShopSection(
            "租用设备（随身 WiFi、路由器等）", "/devices", async (p, cancel) => (await p.GetRequiredService<DeviceModels>().OnOfferAsync(cancel)).Count > 0));
        services.AddSingleton(new HomeFigure(Face.Office, ToShipAsync, Policies.Operations));
        services.Compare<LeasesInTrouble>().Compare<MoneyAndLeases>();
        services.Follow<PaymentSucceeded, TakeLeasePayment>(p => p.For == PaymentFor.Lease);
        services.Follow<LeaseBilled, TellLessee>().Follow<LeaseFellOverdue, TellLessee>().Follow<LeaseDeviceArrived, TellLessee>();
        services.Tell<LeasePaid>(l => new(new Audience.Staff(Policies.Operations), "leases.told_paid", Office(l.LeaseId), l.LeaseNo));
        services.Tell<LeaseReturnAnnounced>(l => new(
            new Audience.Staff(Policies.Operations), "leases.told_return", Office(l.LeaseId), l.LeaseNo, l.Serial));
        services.Done<LeaseMoved>(l => l.To is LeaseState.ToShip or LeaseState.Returning
            ? null
            : new(Office(l.LeaseId), "leases.told_paid", "leases.told_return"));
        // Staff hears of it by the case.
        services.Tell<LeaseFellOverdue>(l => new(
            new Audience.Distributor(l.Seller), "leases.told_overdue", "/agent/leases", l.LeaseNo, l.Open, l.Due));
        return services.AddRecurring<BillLeases>("bill-leases", "0 20 * * * ?").AddRecurring<LapseOffers>("lapse-lease-offers", "45 * * * * ?");
    }

    /// <summary>Under <c>/s/{invite}</c>.</summary>
    public static RouteGroupBuilder MapShop(this RouteGroupBuilder shop)
    {
        shop.MapGet("/devices", DevicesEndpoint.List);
        shop.MapGet("/devices/{code}", DevicesEndpoint.Show);
        shop.MapPost("/devices/{code}", DevicesEndpoint.Place).RequireRateLimiting(OrdersModule.ShopPosts);
        var lease = shop.MapGroup("/devices/leases/{token}");
        lease.MapGet("", ShopLeaseEndpoint.Show);
        lease.MapGet("/pay", ShopLeaseEndpoint.Pay).RequireRateLimiting(OrdersModule.ShopPosts);
        lease.MapGet("/pay/wechat", ShopLeaseEndpoint.PayInWeChat).RequireRateLimiting(OrdersModule.ShopPosts);
        // Where a form came back with its faults and the page is loaded anew.
        lease.MapGet("/{act}", (string invite, string token) => TypedResults.LocalRedirect(ShopLeaseEndpoint.AddressOf(invite, token)));
        var acts = lease.MapGroup("").RequireRateLimiting(OrdersModule.ShopPosts);
        acts.MapPost("/return", ShopLeaseEndpoint.Return);
        acts.MapPost("/keep", ShopLeaseEndpoint.Keep);
        acts.MapPost("/buy-out", ShopLeaseEndpoint.BuyOut);
        acts.MapPost("/withdraw", ShopLeaseEndpoint.Withdraw);
        acts.MapPost("/call-off", ShopLeaseEndpoint.CallOff);
        return shop;
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        agent.MapGet("/leases", AgentLeasesEndpoint.List);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        office.MapGet("/leases", LeasesEndpoint.List);
        office.MapGet("/leases/bills/{id:guid}", LeasesEndpoint.OfBill);
        office.MapGet("/leases/{id:guid}", LeasesEndpoint.Show);
        office.MapGet("/leases/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/leases/{id}"));
        var operations = office.MapGroup("").RequireAuthorization(Policies.Operations);
        operations.MapPost("/leases/{id:guid}/hand-over", LeasesEndpoint.HandOver);
        operations.MapPost("/leases/{id:guid}/call-off", LeasesEndpoint.CallOff);
        operations.MapPost("/leases/{id:guid}/receive", LeasesEndpoint.Receive);
        operations.MapPost("/leases/{id:guid}/withdraw", LeasesEndpoint.Withdraw);
        operations.MapPost("/leases/{id:guid}/inspect", LeasesEndpoint.Inspect);
        operations.MapPost("/leases/{id:guid}/reveal", LeasesEndpoint.Reveal);
        operations.MapGet("/devices", OfficeDevicesEndpoint.List);
        operations.MapGet("/devices/receive", OfficeDevicesEndpoint.ShowReceive);
        operations.MapPost("/devices/receive", OfficeDevicesEndpoint.Receive);
        operations.MapGet("/devices/{serial}", OfficeDevicesEndpoint.Show);
        operations.MapPost("/devices/{serial}", OfficeDevicesEndpoint.Move);
        // What is charged beside the contract's course, or given up, is money.
        var finance = office.MapGroup("/leases/{id:guid}").RequireAuthorization(Policies.Finance);
        finance.MapPost("/offset", LeasesEndpoint.Offset);
        finance.MapPost("/lost", LeasesEndpoint.Lost);
        finance.MapPost("/write-off", LeasesEndpoint.WriteOff);
        finance.MapPost("/correct", LeasesEndpoint.Correct);
        var models = office.MapGroup("/device-models").RequireAuthorization(Policies.Schemes);
        models.MapGet("", ModelsEndpoint.List);
        models.MapGet("/new", ModelsEndpoint.New);
        models.MapPost("/new", ModelsEndpoint.Add);
        models.MapGet("/{id:guid}", ModelsEndpoint.Show);
        models.MapPost("/{id:guid}", ModelsEndpoint.Change);
        return office;
    }

    private static string Office(LeaseId id) => $"/office/leases/{id.Value}";

    private static async Task<HomeFigure.Shown?> ToShipAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<LeaseList>().CountAsync(new(LeaseState.ToShip), cancel) is > 0 and var count
            ? new("待发货租约", $"{count} 件", "已付押金和首月租金，等待发货起租", "/office/leases?state=ToShip")
            : null;
}
