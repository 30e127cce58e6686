using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Inventory;

/// <summary>The door of the inventory (库存).</summary>
public static class InventoryModule
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddModule<CardRow>("inventory");
        services.AddScoped<Cards>().AddScoped<Numbers>().AddTransient<ImportNumbers>();
        services.AddScoped<StockEndpoint>().AddScoped<CardsEndpoint>().AddScoped<NumbersEndpoint>();
        services.AddNavigation(
            new NavigationEntry(Face.Office, "卡库存", "/office/stock", "device-sim", 30, Policies.Operations),
            new NavigationEntry(Face.Office, "号码池", "/office/numbers", "list-details", 32, Policies.Operations));
        return services.AddRecurring<ReleaseExpired>("release-expired-numbers", "0 * * * * ?");
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var inventory = office.MapGroup("").RequireAuthorization(Policies.Operations);
        inventory.MapGet("/stock", StockEndpoint.Show);
        inventory.MapPost("/stock", StockEndpoint.Receive);
        inventory.MapGet("/cards", CardsEndpoint.Search);
        inventory.MapGet("/cards/{iccid}", CardsEndpoint.Show);
        inventory.MapPost("/cards/{iccid}", CardsEndpoint.Move);
        inventory.MapGet("/numbers", NumbersEndpoint.Show);
        inventory.MapPost("/numbers", NumbersEndpoint.Import);
        return office;
    }
}
