using HaoSuan.Appeals;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Exceptions;
using HaoSuan.Identity;
using HaoSuan.Inventory;
using HaoSuan.Invoices;
using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Outlook;
using HaoSuan.Payments;
using HaoSuan.Payouts;
using HaoSuan.Reconciliation;
using HaoSuan.Reports;
using HaoSuan.Settlements;
using HaoSuan.Upstreams;

namespace HaoSuan.Web;

/// <summary>The one place where the modules come together: their services, and their pages under the faces.</summary>
public static class Composition
{
    /// <summary>Everything but the web: what pages, jobs, verbs and tests work with. A module stands after those that it uses.</summary>
    public static IServiceCollection AddHaoSuan(this IServiceCollection services, Settings settings)
    {
        services.AddPlatform(settings.Database, settings.MasterKey).AddKeyRing();
        services.AddUi();
        settings.Lines.AddTo(services);
        services.AddIdentity();
        services.AddNotifications();
        services.AddExceptions();
        services.AddCatalog();
        services.AddLedger();
        services.AddDistributors();
        services.AddPayments(new(settings.PublicUrl));
        services.AddUpstreams(new(settings.PublicUrl));
        services.AddInventory();
        services.AddOrders();
        services.AddInvoices();
        services.AddLeases();
        services.AddPayouts();
        services.AddSettlements();
        services.AddOutlook();
        services.AddReconciliation();
        services.AddAppeals();
        services.AddReports();
        return services.AddSingleton(settings);
    }

    /// <summary>What the operator's staff sees, under <c>/office</c>. A page asks for a narrower policy itself.</summary>
    public static void MapOffice(RouteGroupBuilder office)
    {
        IdentityModule.MapOffice(office);
        ExceptionsModule.MapOffice(office);
        CatalogModule.MapOffice(office);
        DistributorsModule.MapOffice(office);
        InventoryModule.MapOffice(office);
        OrdersModule.MapOffice(office);
        InvoicesModule.MapOffice(office);
        LeasesModule.MapOffice(office);
        PaymentsModule.MapOffice(office);
        PayoutsModule.MapOffice(office);
        SettlementsModule.MapOffice(office);
        OutlookModule.MapOffice(office);
        ReconciliationModule.MapOffice(office);
        AppealsModule.MapOffice(office);
        ReportsModule.MapOffice(office);
    }

    /// <summary>What a distributor sees, under <c>/agent</c>.</summary>
    public static void MapAgent(RouteGroupBuilder agent)
    {
        DistributorsModule.MapAgent(agent);
        OrdersModule.MapAgent(agent);
        LeasesModule.MapAgent(agent);
        PayoutsModule.MapAgent(agent);
        SettlementsModule.MapAgent(agent);
        OutlookModule.MapAgent(agent);
        AppealsModule.MapAgent(agent);
    }

    /// <summary>What a consumer sees, under <c>/s/{invite}</c>; the invitation has told the tenant.</summary>
    public static void MapShop(RouteGroupBuilder shop)
    {
        OrdersModule.MapShop(shop);
        InvoicesModule.MapShop(shop);
        LeasesModule.MapShop(shop);
    }

    /// <summary>What somebody who was invited to be a distributor sees, under <c>/join/{invite}</c>; the invitation has told the tenant.</summary>
    public static void MapJoin(RouteGroupBuilder join)
    {
        DistributorsModule.MapJoin(join);
    }

    /// <summary>What payment channels call, under <c>/notify</c>; the route value <c>tenant</c> tells the tenant.</summary>
    public static void MapNotify(RouteGroupBuilder notify)
    {
        PaymentsModule.MapNotify(notify);
    }

    /// <summary>What upstreams call, under <c>/upstream</c>; the route value <c>tenant</c> tells the tenant.</summary>
    public static void MapUpstream(RouteGroupBuilder upstream)
    {
        UpstreamsModule.MapCallbacks(upstream);
    }
}
