using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Payments;

/// <summary>Payments (支付): channels, payments, refunds and their vouchers.</summary>
public static class PaymentsModule
{
    /// <summary>Adds the module. The host adds each <see cref="IPaymentChannel"/> and <see cref="ITransferChannel"/> that it has keys for.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services, PaymentAddresses addresses)
    {
        services.AddModule<PaymentRow>("payments");
        services.AddSingleton(addresses).AddScoped<GatewayLog>().AddScoped(p => new PaymentChannels(
            p.GetServices<IPaymentChannel>(), addresses, p.GetRequiredService<GatewayLog>()));
        services.AddScoped(p => new TransferChannels(
            p.GetServices<ITransferChannel>(), addresses, p.GetRequiredService<GatewayLog>(), p.GetRequiredService<TenantScope>(),
            p.GetRequiredService<Tenants>()));
        services.AddScoped<GatewayHealth>().AddScoped<SeeOddNotice>();
        services.AddScoped<StartPayment>().AddScoped<RequestRefund>().AddScoped<PaymentRecords>().AddScoped<ReadVouchers>();
        services.AddScoped<Disputes>().AddScoped<DecideDispute>();
        services.AddScoped<ApplyPayment>().AddScoped<ApplyRefund>().AddScoped<WriteVoucher>().AddScoped<TakeNotice>().AddScoped<OddNotices>();
        services.AddScoped<OrderMoney>().Compare<UnsettledMoney>().Compare<OpenDays>();
        services.AddScoped<FetchBill>().AddScoped<CheckDay>().AddScoped<OtherOperators>().AddScoped<ExplainDifference>().AddScoped<ChannelDays>()
            .CheckClosing<DaysChecked>();
        services.AddNavigation(
            new NavigationEntry(Face.Office, "支付凭证", "/office/vouchers", "receipt", 40, Policies.Finance),
            new NavigationEntry(Face.Office, "渠道对账", "/office/channel-days", "scale", 41, Policies.Finance),
            new NavigationEntry(Face.Office, "渠道状态", "/office/gateways", "link", 42, Policies.Finance));
        services.AddSingleton(new HomeFigure(Face.Office, DifferencesAsync, Policies.Finance));
        services.AddSingleton(new HomeFigure(Face.Office, DisputesAsync, Policies.Finance));
        services.AddSingleton(new SuspenseSource(
            "payments", "金额不符的收款", (provider, cancel) => provider.GetRequiredService<Disputes>().InSuspenseAsync(cancel)));
        services.Follow<RefundRequested, SendRefund>();
        services.Tell<PaymentDisputed>(p => new(
            new Audience.Staff(Policies.Office), "payments.told_disputed", PaidPages.Of(p.For, p.OrderId), p.TradeNo, p.Asked, p.Paid));
        services.Tell<RefundFailed>(r => new(
            new Audience.Staff(Policies.Office), "payments.told_refund_failed", PaidPages.Of(r.For, r.OrderId), r.RefundNo, r.Amount));
        services.Tell<PaymentUnknown>(p => new(
            new Audience.Staff(Policies.Office), "payments.told_unknown", PaidPages.Of(p.For, p.OrderId), p.TradeNo, p.Amount, p.Minutes));
        services.Tell<RefundUnknown>(r => new(
            new Audience.Staff(Policies.Office), "payments.told_refund_unknown", PaidPages.Of(r.For, r.OrderId), r.RefundNo, r.Amount, r.Minutes));
        services.Tell<ChannelDayDiffers>(d => new(
            new Audience.Staff(Policies.Finance), "payments.told_day_differs", ChannelDaysEndpoint.AddressOf(d.Channel, d.Day),
            ChannelWords.Of(d.Channel), d.Day, d.Count, d.Amount));
        services.Tell<ChannelBillLate>(d => new(
            new Audience.Staff(Policies.Finance), "payments.told_bill_late", ChannelDaysEndpoint.AddressOf(d.Channel, d.Day),
            ChannelWords.Of(d.Channel), d.Day));
        services.Tell<GatewayDegraded>(g => new(
            new Audience.Staff(Policies.Finance), "payments.told_degraded", "/office/gateways", ChannelWords.Of(g.Channel), g.Calls, g.Failed));
        services.Tell<GatewayRecovered>(g => new(
            new Audience.Staff(Policies.Finance), "payments.told_recovered", "/office/gateways", ChannelWords.Of(g.Channel), g.Minutes));
        services.Tell<NoticeNotOurs>(n => new(
            new Audience.Staff(Policies.Finance), "payments.told_odd_notice", "/office/gateways", ChannelWords.Of(n.Channel), n.Number));
        return services.AddRecurring<AskChannels>("ask-payment-channels", "0/20 * * * * ?")
            .AddRecurring<WatchGateways>("watch-gateways", "40 * * * * ?")
            .AddRecurring<CheckChannelDays>("check-channel-days", "0 9 * * * ?");
    }

    private static async Task<HomeFigure.Shown?> DifferencesAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<ChannelDays>().DifferingAsync(cancel) is > 0 and var days
            ? new("渠道对账差异", $"{days} 天", "凭证、渠道账单与总账不一致", "/office/channel-days?state=Differs")
            : null;

    private static async Task<HomeFigure.Shown?> DisputesAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<Disputes>().Waiting().CountAsync(cancel) is > 0 and var count
            ? new("金额不符的收款", $"{count} 笔", "已挂账，等待财务决定", "/office/disputes")
            : null;

    /// <summary>Under <c>/notify</c>.</summary>
    public static RouteGroupBuilder MapNotify(this RouteGroupBuilder group)
    {
        group.MapPost("/{channel}/{tenant}", NotifyEndpoint.Receive).DisableAntiforgery();
        return group;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var vouchers = office.MapGroup("/vouchers").RequireAuthorization(Policies.Finance);
        vouchers.MapGet("", VouchersEndpoint.List);
        vouchers.MapGet("/{number:long}", VouchersEndpoint.Detail);
        vouchers.MapPost("/{number:long}/message", VouchersEndpoint.Message);
        vouchers.MapPost("/{number:long}/refund", VouchersEndpoint.Refund);
        vouchers.MapPost("/{number:long}/decision", VouchersEndpoint.Decide);
        office.MapGet("/disputes", VouchersEndpoint.Disputed).RequireAuthorization(Policies.Finance);
        var days = office.MapGroup("/channel-days").RequireAuthorization(Policies.Finance);
        days.MapGet("", ChannelDaysEndpoint.List);
        days.MapGet("/{channel}/{day}", ChannelDaysEndpoint.Detail);
        days.MapGet("/{channel}/{day}/files/{kind}", ChannelDaysEndpoint.Download);
        days.MapPost("/{channel}/{day}", ChannelDaysEndpoint.Explain);
        var gateways = office.MapGroup("/gateways").RequireAuthorization(Policies.Finance);
        gateways.MapGet("", GatewaysEndpoint.Show);
        gateways.MapPost("/notices", GatewaysEndpoint.Seen);
        return office;
    }
}
