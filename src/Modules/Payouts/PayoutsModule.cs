using System.Security.Claims;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Payouts;

/// <summary>Payouts (提现): what distributors are paid, less tax and fee.</summary>
public static class PayoutsModule
{
    /// <summary>Adds the module. The host adds <see cref="Payments.Channels.AlipayTransfers"/> where it has keys for them.</summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services, PayoutPolicy? policy = null)
    {
        services.AddModule<PayoutRow>("payouts");
        services.AddSingleton(policy ?? PayoutPolicy.Default);
        services.AddScoped<RequestPayout>().AddScoped<SetPayoutAccount>().AddScoped<SetTaxProfile>();
        services.AddScoped<ApprovePayout>().AddScoped<RejectPayout>().AddScoped<PayoutTax>().AddScoped<EndPayout>();
        services.AddScoped<ApplyTransfer>().AddScoped<BankFile>().AddScoped<PayoutRecords>();
        services.AddScoped<PayoutsEndpoint>().AddScoped<PayoutDeskEndpoint>();
        services.AddNavigation(
            new NavigationEntry(Face.Agent, "提现", "/agent/payouts", "wallet", 30),
            new NavigationEntry(Face.Office, "提现审核", "/office/payouts", "wallet", 50, Policies.Finance));
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Finance));
        services.Follow<PayoutApproved, SendTransfer>();
        services.Tell<PayoutRequested>(p => new(
            new Audience.Staff(Policies.Finance), "payouts.told_requested", $"/office/payouts/{p.PayoutId.Value}", p.Number, p.Amount));
        services.Done<PayoutUnderway>(p => new($"/office/payouts/{p.PayoutId.Value}", "payouts.told_requested"));
        services.Done<PayoutReturned>(p => new($"/office/payouts/{p.PayoutId.Value}", "payouts.told_requested"));
        services.Tell<PayoutUnderway>(p => new(
            new Audience.Distributor(p.DistributorId), "payouts.told_approved", "/agent/payouts", p.Number, p.Amount, p.Net));
        services.Tell<PayoutPaid>(p => new(new Audience.Distributor(p.DistributorId), "payouts.told_paid", "/agent/payouts", p.Amount, p.Net));
        services.Tell<PayoutReturned>(p => new(new Audience.Distributor(p.DistributorId), "payouts.told_returned", "/agent/payouts", p.Amount));
        return services.AddRecurring<AskTransfers>("ask-transfers", "15/30 * * * * ?");
    }

    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<PayoutRecords>().WaitingAsync(cancel) is (> 0 and var count, var amount)
            ? new("待审核提现", $"{count} 笔", $"共 {YuanText.Of(amount)}", "/office/payouts?status=Requested")
            : null;

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        var payouts = agent.MapGroup("/payouts");
        payouts.MapGet("", PayoutsEndpoint.Show);
        payouts.MapPost("", PayoutsEndpoint.Ask);
        payouts.MapPost("/account", PayoutsEndpoint.SetAccount);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var payouts = office.MapGroup("/payouts").RequireAuthorization(Policies.Finance);
        payouts.MapGet("", PayoutDeskEndpoint.List);
        payouts.MapGet("/bank-file", PayoutDeskEndpoint.Download);
        payouts.MapGet("/{id:guid}", PayoutDeskEndpoint.Detail);
        payouts.MapPost("/{id:guid}/approve", PayoutDeskEndpoint.Approve);
        payouts.MapPost("/{id:guid}/reject", PayoutDeskEndpoint.Reject);
        payouts.MapPost("/{id:guid}/bank", PayoutDeskEndpoint.Bank);
        return office;
    }
}
