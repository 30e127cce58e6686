using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Payments;

/// <summary>
/// Where the channels report. Only a verified notice is acted on, and it is answered as taken only after what it brought
/// about is committed; a notice that does not tell how things stand makes us ask.
/// </summary>
internal static partial class NotifyEndpoint
{
    public static async Task<IResult> Receive(
        string channel, string tenant, HttpRequest request, Tenants tenants, TenantScope scope, Actor actor, PaymentChannels channels,
        TakeNotice take, OddNotices odd, GatewayLog log, ILoggerFactory loggers, CancellationToken cancel)
    {
        if (channels.Find(channel) is not { } payments || await tenants.FindAsync(tenant, cancel) is not { } found) return Results.NotFound();
        scope.Enter(found);
        actor.Name = $"channel:{channel}";
        var read = await payments.ReadNotifyAsync(request, cancel);
        if (!read.TryGet(out var notice, out var refusals))
        {
            Log.Refused(loggers.CreateLogger("HaoSuan.Payments.Notify"), channel, refusals[0].Code);
            await log.NoticedAsync(channel, refusals[0].Code, cancel);
            if (refusals[0] is { Code: "payments.notify_other_merchant", Arguments: [string id, ..] })
                await odd.KeepAsync(channel, id, "", refusals[0].Code, cancel);
            return payments.NotTaken(refusals[0]);
        }
        await take.RunAsync(payments, notice, cancel);
        await log.NoticedAsync(channel, null, cancel);
        return payments.Taken();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A notice from {Channel} was refused: {Code}")]
        public static partial void Refused(ILogger logger, string channel, string code);
    }
}

internal sealed class TakeNotice(Db db, ApplyPayment applyPayment, ApplyRefund applyRefund, OddNotices odd, Outbox outbox)
{
    public Task RunAsync(IPaymentChannel channel, ChannelNotice notice, CancellationToken cancel) => notice switch
    {
        ChannelNotice.OfPayment payment => PaymentAsync(channel, payment, cancel),
        ChannelNotice.OfRefund refund => RefundAsync(channel, refund, cancel),
        ChannelNotice.OfTransfer => TransferAsync(channel, notice, cancel),
        _ => throw new InvalidOperationException("An unknown kind of notice."),
    };

    private async Task PaymentAsync(IPaymentChannel channel, ChannelNotice.OfPayment notice, CancellationToken cancel)
    {
        var number = notice.OutTradeNo.Value;
        var id = await db.Payments.Where(p => p.TradeNo == number && p.Channel == channel.Name).Select(p => (PaymentId?)p.Id).FirstOrDefaultAsync(cancel);
        if (id is not { } payment)
        {
            await odd.KeepAsync(channel.Name, notice.Id, number, "payments.unknown_number", cancel);
            return;
        }
        var state = notice.State is PaymentState.Unknown ? await channel.QueryAsync(notice.OutTradeNo, cancel) : notice.State;
        await applyPayment.RunAsync(payment, state with { Proof = state.Proof ?? notice.Proof }, cancel);
    }

    private async Task RefundAsync(IPaymentChannel channel, ChannelNotice.OfRefund notice, CancellationToken cancel)
    {
        var number = notice.OutRefundNo.Value;
        var id = await db.Refunds.Where(r => r.RefundNo == number).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancel);
        if (id is not { } refund)
        {
            await odd.KeepAsync(channel.Name, notice.Id, number, "payments.unknown_number", cancel);
            return;
        }
        var state = notice.State is RefundState.Unknown
            ? await channel.QueryRefundAsync(notice.OutTradeNo, notice.OutRefundNo, cancel)
            : notice.State;
        await applyRefund.RunAsync(refund, state with { Proof = state.Proof ?? notice.Proof }, cancel);
    }

    // Transfers belong to whoever has sent them: that one asks how it stands.
    private Task TransferAsync(IPaymentChannel channel, ChannelNotice notice, CancellationToken cancel) => db.InTransaction(() =>
    {
        outbox.Publish(new TransferTold(channel.Name, notice.OutTradeNo.Value, notice.Id));
        return Task.CompletedTask;
    }, cancel);
}
