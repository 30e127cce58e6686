using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Payouts;

/// <summary>Payouts (提现): what distributors are paid, less tax and fee.</summary>
public static class PayoutsModule
{
    /// <summary>Adds the module. The host adds the channels of transfers that it has keys for.</summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services)
    {
        services.AddModule<PayoutRow>("payouts");
        services.AddScoped<PayoutPolicies>().AddScoped<GatherFacts>().AddScoped<PreviewPayout>();
        services.AddScoped<RequestPayout>().AddScoped<SetPayoutAccount>().AddScoped<BindWallet>().AddScoped<SetTaxProfile>();
        services.AddScoped<ApprovePayout>().AddScoped<RejectPayout>().AddScoped<RetryPayout>().AddScoped<PayoutTax>().AddScoped<EndPayout>();
        services.AddScoped<Holds>().AddScoped<MakeBatch>().AddScoped<BatchFile>().AddScoped<ReadResults>().AddScoped<ConfirmPayment>();
        services.AddScoped<ApplyTransfer>().AddScoped<PayoutRecords>().AddScoped<PayoutBatches>();
        services.AddScoped<CorrectTax>().AddScoped<MatchInvoice>().AddScoped<TaxRecords>().AddScoped<TaxPapers>().AddScoped<TaxEndpoint>();
        services.AddScoped<PayoutsEndpoint>().AddScoped<WalletEndpoint>();
        services.AddScoped<PayoutDeskEndpoint>().AddScoped<BatchesEndpoint>().AddScoped<PoliciesEndpoint>();
        services.Compare<SilentTransfers>().CheckClosing<PayoutsEnded>();
        services.AddNavigation(
            new NavigationEntry(Face.Agent, "提现", "/agent/payouts", "wallet", 30),
            new NavigationEntry(Face.Office, "提现审核", "/office/payouts", "wallet", 50, Policies.Finance),
            new NavigationEntry(Face.Office, "代扣个税", "/office/payouts/tax", "receipt", 51, Policies.Finance));
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Finance));
        services.AddSingleton(new HomeFigure(Face.Office, UnpaidAsync, Policies.Finance));
        services.Follow<PayoutDue, SendTransfer>();
        services.Follow<TransferTold, HearTransfer>();
        services.Tell<PayoutRequested>(p => new(
            new Audience.Staff(Policies.Finance), "payouts.told_requested", $"/office/payouts/{p.PayoutId.Value}", p.Number, p.Amount));
        services.Tell<PayoutChecked>(p => new(
            new Audience.Staff(Policies.Finance), "payouts.told_checked", $"/office/payouts/{p.PayoutId.Value}", p.Number, p.Amount));
        services.Tell<PayoutContradicted>(p => new(
            new Audience.Staff(Policies.Finance), "payouts.told_contradicted", $"/office/payouts/{p.PayoutId.Value}", p.Reference, p.Net));
        services.Done<PayoutChecked>(p => new($"/office/payouts/{p.PayoutId.Value}", "payouts.told_requested"));
        services.Done<PayoutUnderway>(p => new($"/office/payouts/{p.PayoutId.Value}", "payouts.told_requested", "payouts.told_checked"));
        services.Done<PayoutReturned>(p => new($"/office/payouts/{p.PayoutId.Value}", "payouts.told_requested", "payouts.told_checked"));
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

    private static async Task<HomeFigure.Shown?> UnpaidAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<PayoutBatches>().UnpaidAsync(cancel) is (> 0 and var count, var net)
            ? new("待付款提现", $"{count} 笔", $"共 {YuanText.Of(net)}，等待组成批次", "/office/payouts/batches")
            : null;

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        var payouts = agent.MapGroup("/payouts");
        payouts.MapGet("", PayoutsEndpoint.Show);
        payouts.MapPost("", PayoutsEndpoint.Ask);
        payouts.MapPost("/preview", PayoutsEndpoint.Preview);
        payouts.MapPost("/account", PayoutsEndpoint.SetAccount);
        payouts.MapGet("/tax/{year:int}.{format}", CertificatesEndpoint.Download);
        payouts.MapGet("/wallet", WalletEndpoint.Ask);
        payouts.MapGet("/wallet/back", WalletEndpoint.Return);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var payouts = office.MapGroup("/payouts").RequireAuthorization(Policies.Finance);
        payouts.MapGet("", PayoutDeskEndpoint.List);
        payouts.MapPost("", PayoutDeskEndpoint.ApproveMany);
        payouts.MapGet("/policies", PoliciesEndpoint.Show);
        payouts.MapPost("/policies", PoliciesEndpoint.Set);
        payouts.MapGet("/batches", BatchesEndpoint.List);
        payouts.MapPost("/batches", BatchesEndpoint.Make);
        payouts.MapGet("/batches/{id:guid}", BatchesEndpoint.Detail);
        payouts.MapPost("/batches/{id:guid}/file", BatchesEndpoint.HandOver);
        payouts.MapGet("/batches/{id:guid}/file", BatchesEndpoint.Download);
        payouts.MapPost("/batches/{id:guid}", BatchesEndpoint.TakeResults);
        payouts.MapPost("/{id:guid}/invoice", PayoutDeskEndpoint.Invoice);
        payouts.MapGet("/tax", TaxEndpoint.Show);
        payouts.MapGet("/tax/return.{format}", TaxEndpoint.Return);
        payouts.MapGet("/tax/incomes.{format}", TaxEndpoint.Incomes);
        payouts.MapGet("/tax/{code}", TaxEndpoint.Person);
        payouts.MapPost("/tax/{code}", TaxEndpoint.SetProfile);
        payouts.MapPost("/tax/{code}/corrections", TaxEndpoint.Correct);
        payouts.MapGet("/{id:guid}", PayoutDeskEndpoint.Detail);
        payouts.MapPost("/{id:guid}/approve", PayoutDeskEndpoint.Approve);
        payouts.MapPost("/{id:guid}/reject", PayoutDeskEndpoint.Reject);
        payouts.MapPost("/{id:guid}/retry", PayoutDeskEndpoint.Retry);
        payouts.MapPost("/{id:guid}/bank", PayoutDeskEndpoint.Bank);
        return office;
    }
}
