using HaoSuan.Exceptions;
using HaoSuan.Notifications;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Payments;

/// <summary>Payments (支付): channels, payments, refunds and their vouchers.</summary>
public static class PaymentsModule
{
    /// <summary>Adds the module. The host adds each <see cref="IPaymentChannel"/> that it has keys for.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services, PaymentAddresses addresses)
    {
        services.AddModule<PaymentRow>("payments");
        services.AddSingleton(addresses).AddSingleton<PaymentChannels>();
        services.AddScoped<StartPayment>().AddScoped<RequestRefund>().AddScoped<PaymentRecords>();
        services.AddScoped<ApplyPayment>().AddScoped<ApplyRefund>().AddScoped<WriteVoucher>().AddScoped<TakeNotice>();
        services.AddNavigation(new NavigationEntry(Face.Office, "支付凭证", "/office/vouchers", "receipt", 40, Policies.Finance));
        services.AddScoped<OrderMoney>().Compare<UnsettledMoney>();
        services.Follow<RefundRequested, SendRefund>();
        services.Tell<PaymentDisputed>(p => new(
            new Audience.Staff(Policies.Office), "payments.told_disputed", $"/office/orders/{p.OrderId.Value}", p.TradeNo, p.Asked, p.Paid));
        services.Tell<RefundFailed>(r => new(
            new Audience.Staff(Policies.Office), "payments.told_refund_failed", $"/office/orders/{r.OrderId.Value}", r.RefundNo, r.Amount));
        services.Tell<PaymentUnknown>(p => new(
            new Audience.Staff(Policies.Office), "payments.told_unknown", $"/office/orders/{p.OrderId.Value}", p.TradeNo, p.Amount, p.Minutes));
        services.Tell<RefundUnknown>(r => new(
            new Audience.Staff(Policies.Office), "payments.told_refund_unknown", $"/office/orders/{r.OrderId.Value}", r.RefundNo, r.Amount, r.Minutes));
        return services.AddRecurring<AskChannels>("ask-payment-channels", "0/20 * * * * ?");
    }

    /// <summary>Under <c>/notify</c>.</summary>
    public static RouteGroupBuilder MapNotify(this RouteGroupBuilder group)
    {
        group.MapPost("/{channel}/{tenant}", NotifyEndpoint.Receive).DisableAntiforgery();
        return group;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        office.MapGet("/vouchers", VouchersEndpoint.List).RequireAuthorization(Policies.Finance);
        return office;
    }
}
