using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Inventory;

/// <summary>The door of the inventory (库存).</summary>
public static class InventoryModule
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddModule<CardRow>("inventory", "number_rule");
        services.AddScoped<Cards>().AddScoped<Numbers>().AddScoped<NumberRules>().AddTransient<ImportNumbers>();
        services.AddScoped<CardsUnderWay>().AddScoped<NumbersOfOrders>().AddSingleton<Pools>();
        services.AddScoped<Warehouses>().AddScoped<Transfers>().AddScoped<Stocktakes>();
        services.Compare<OpenStocktakes>();
        services.AddTransient<CountCards>().AddTransient<CompareStocktake>().AddTransient<DecideDifferences>();
        services.AddTransient<ReceiveCards>().AddTransient<AssignCards>().AddTransient<InspectCards>();
        services.AddTransient<SendCards>().AddTransient<SettleTransfer>();
        services.AddScoped<BookCardsEndpoint>().AddScoped<ReturnsEndpoint>().AddScoped<TransfersEndpoint>().AddScoped<WarehousesEndpoint>();
        services.AddScoped<StocktakesEndpoint>().AddScoped<CardsEndpoint>().AddScoped<NumbersEndpoint>().AddScoped<NumberRulesEndpoint>();
        services.AddNavigation(
            new NavigationEntry(Face.Office, "卡库存", "/office/stock", "device-sim", 30, Policies.Operations),
            new NavigationEntry(Face.Office, "号码池", "/office/numbers", "list-details", 32, Policies.Operations));
        services.AddSingleton(new HomeFigure(Face.Office, ToInspectAsync, Policies.Operations));
        services.Tell<CardReturned>(c => new(new Audience.Staff(Policies.Operations), "inventory.told_returned", $"/office/cards/{c.Iccid}", c.Iccid));
        services.Tell<CardsLost>(l => new(
            new Audience.Staff(Policies.Operations), "inventory.told_lost", $"/office/transfers/{l.Transfer}", l.From, l.To, l.Cards));
        services.Tell<StocktakeCompared>(s => new(
            new Audience.Staff(s.Policy), "inventory.told_compared", $"/office/stocktakes/{s.Id}", s.Place, s.Missing, s.Surplus, s.Elsewhere));
        services.Tell<StocktakeClosed>(s => new(
            new Audience.Staff(s.Policy), "inventory.told_counted", $"/office/stocktakes/{s.Id}", s.Place, s.Booked, s.Left));
        services.Tell<StockRanOut>(s => new(new Audience.Staff(Policies.Operations), "inventory.told_ran_out", "/office/stock", s.Iccid));
        return services;
    }

    private static async Task<HomeFigure.Shown?> ToInspectAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        (await services.GetRequiredService<Cards>().StockAsync(cancel)).Where(s => s.State == CardState.Returned).Sum(s => s.Count) is > 0 and var count
            ? new("待验收退卡", $"{count} 张", "重新入库，或者报废", "/office/stock/returns")
            : null;

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var inventory = office.MapGroup("").RequireAuthorization(Policies.Operations);
        inventory.MapGet("/stock", StockEndpoint.Show);
        inventory.MapGet("/stock/receive", BookCardsEndpoint.ShowReceive);
        inventory.MapPost("/stock/receive", BookCardsEndpoint.Receive);
        inventory.MapGet("/stock/assign", BookCardsEndpoint.ShowAssign);
        inventory.MapPost("/stock/assign", BookCardsEndpoint.Assign);
        inventory.MapGet("/stock/returns", ReturnsEndpoint.Show);
        inventory.MapPost("/stock/returns", ReturnsEndpoint.Decide);
        inventory.MapGet("/transfers", TransfersEndpoint.List);
        inventory.MapGet("/transfers/new", BookCardsEndpoint.ShowSend);
        inventory.MapPost("/transfers/new", BookCardsEndpoint.Send);
        inventory.MapGet("/transfers/{id:guid}", TransfersEndpoint.Show);
        inventory.MapPost("/transfers/{id:guid}", TransfersEndpoint.Settle);
        inventory.MapGet("/stocktakes", StocktakesEndpoint.List);
        inventory.MapPost("/stocktakes", StocktakesEndpoint.Start);
        // Finance is told of it and looks at it: the group's own policy.
        office.MapGet("/stocktakes/{id:guid}", StocktakesEndpoint.Show);
        inventory.MapPost("/stocktakes/{id:guid}", StocktakesEndpoint.Change);
        inventory.MapGet("/warehouses", WarehousesEndpoint.Show);
        inventory.MapPost("/warehouses", WarehousesEndpoint.Change);
        inventory.MapGet("/cards", CardsEndpoint.Search);
        inventory.MapGet("/cards/{iccid}", CardsEndpoint.Show);
        inventory.MapPost("/cards/{iccid}", CardsEndpoint.Move);
        inventory.MapGet("/numbers", NumbersEndpoint.Show);
        inventory.MapPost("/numbers", NumbersEndpoint.Import);
        inventory.MapGet("/numbers/rules", NumberRulesEndpoint.Show);
        inventory.MapPost("/numbers/rules", NumberRulesEndpoint.Set);
        return office;
    }
}
