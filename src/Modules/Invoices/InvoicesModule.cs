using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Orders;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Invoices;

/// <summary>The door of invoices (发票).</summary>
public static class InvoicesModule
{
    public static IServiceCollection AddInvoices(this IServiceCollection services)
    {
        services.AddModule<InvoiceRow>("invoices");
        services.AddScoped<Sales>().AddScoped<ISales, OrderSales>();
        services.AddScoped<InvoiceBook>().AddScoped<InvoiceList>().AddScoped<InvoiceRates>().AddScoped<ReadStatement>();
        services.AddScoped<IInvoiceIssuer, OwnIssuer>().AddScoped<Issuers>();
        services.AddScoped<AskInvoice>().AddScoped<MendInvoice>().AddScoped<SendInvoice>().AddScoped<ConfirmRed>();
        services.AddScoped<InvoicesEndpoint>().AddScoped<StatementEndpoint>();
        services.Follow<InvoiceAsked, IssueInvoice>();
        services.Follow<RefundSucceeded, RedLetters>().Follow<InvoiceIssued, RedLetters>();
        services.AddNavigation(
            new NavigationEntry(Face.Office, "发票", "/office/invoices", "file-invoice", 43, Policies.Finance),
            new NavigationEntry(Face.Office, "税率与销售方", "/office/invoice-rates", "calculator", 44, Policies.Finance));
        services.AddSingleton(new TrackSection("我的账单、开发票", "/statement"));
        services.AddSingleton(new HomeFigure(Face.Office, ToPostAsync, Policies.Finance));
        services.Compare<InvoicesInTrouble>();
        return services.AddRecurring<AskIssuers>("ask-invoice-issuers", "25 * * * * ?")
            .AddRecurring<LapseConfirmations>("lapse-red-confirmations", "35 * * * * ?");
    }

    /// <summary>Under <c>/s/{invite}</c>.</summary>
    public static RouteGroupBuilder MapShop(this RouteGroupBuilder shop)
    {
        var statement = shop.MapGroup("/statement");
        statement.MapGet("", StatementEndpoint.Show);
        statement.MapGet("/file/{format}", StatementEndpoint.Paper);
        statement.MapGet("/{source}/{id:guid}", StatementEndpoint.ShowAsk);
        statement.MapPost("/{source}/{id:guid}", StatementEndpoint.Ask).RequireRateLimiting(OrdersModule.ShopPosts);
        statement.MapGet("/invoices/{id:guid}", StatementEndpoint.ShowInvoice);
        statement.MapGet("/invoices/{id:guid}/file/{format}", StatementEndpoint.File);
        statement.MapGet("/invoices/{id:guid}/{act}", (string invite, Guid id) => TypedResults.LocalRedirect($"/s/{invite}/statement/invoices/{id}"));
        var acts = statement.MapGroup("/invoices/{id:guid}").RequireRateLimiting(OrdersModule.ShopPosts);
        acts.MapPost("/send", StatementEndpoint.Send);
        acts.MapPost("/confirm", StatementEndpoint.Confirm);
        acts.MapPost("/decline", StatementEndpoint.Decline);
        return shop;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var invoices = office.MapGroup("/invoices").RequireAuthorization(Policies.Finance);
        invoices.MapGet("", InvoicesEndpoint.List);
        invoices.MapGet("/new", InvoicesEndpoint.New);
        invoices.MapPost("/new", InvoicesEndpoint.Ask);
        invoices.MapGet("/{id:guid}", InvoicesEndpoint.Show);
        invoices.MapGet("/{id:guid}/file/{format}", InvoicesEndpoint.File);
        // Where a form came back with its faults and the page is loaded anew.
        invoices.MapGet("/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/invoices/{id}"));
        invoices.MapPost("/{id:guid}/again", InvoicesEndpoint.Again);
        invoices.MapPost("/{id:guid}/withdraw", InvoicesEndpoint.Withdraw);
        invoices.MapPost("/{id:guid}/send", InvoicesEndpoint.Send);
        invoices.MapPost("/{id:guid}/came-back", InvoicesEndpoint.CameBack);
        invoices.MapPost("/{id:guid}/address", InvoicesEndpoint.Address);
        invoices.MapPost("/{id:guid}/post", InvoicesEndpoint.Post);
        invoices.MapPost("/{id:guid}/booked", InvoicesEndpoint.Booked);
        invoices.MapPost("/{id:guid}/red", InvoicesEndpoint.Red);
        invoices.MapPost("/{id:guid}/red-again", InvoicesEndpoint.RedAgain);
        invoices.MapPost("/{id:guid}/confirm", InvoicesEndpoint.Confirm);
        invoices.MapPost("/{id:guid}/decline", InvoicesEndpoint.Decline);
        var rates = office.MapGroup("/invoice-rates").RequireAuthorization(Policies.Finance);
        rates.MapGet("", RatesEndpoint.Show);
        rates.MapPost("", RatesEndpoint.Set);
        rates.MapGet("/seller", () => TypedResults.LocalRedirect("/office/invoice-rates"));
        rates.MapPost("/seller", RatesEndpoint.SetSeller);
        return office;
    }

    private static async Task<HomeFigure.Shown?> ToPostAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<InvoiceList>().CountAsync(new(ToPost: true), cancel) is > 0 and var count
            ? new("待寄出的发票", $"{count} 张", "打印后寄出并登记运单号", "/office/invoices?show=post")
            : null;
}
