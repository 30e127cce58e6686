using HaoSuan.Appeals;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;
using HaoSuan.Invoices;
using HaoSuan.Identity;
using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Outlook;
using HaoSuan.Payments;
using HaoSuan.Payouts;
using HaoSuan.Upstreams;
using HaoSuan.Reconciliation;
using HaoSuan.Reports;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

internal static class Modules
{
    /// <summary>The modules under test, in the order of the host's composition.</summary>
    public static IServiceCollection AddModules(this IServiceCollection services)
    {
        services.AddIdentity();
        services.AddNotifications();
        services.AddExceptions();
        services.AddCatalog();
        services.AddTransient<PublishScheme>().AddTransient<PublishBonus>();
        services.AddLedger();

        services.AddDistributors();

        services.AddPayments(new(new Uri("https://example.test/")));
        services.AddUpstreams(new(new Uri("https://example.test/")));

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
        return services;
    }
}
