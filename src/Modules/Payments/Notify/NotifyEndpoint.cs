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
        TakeNotice take, GatewayLog log, ILoggerFactory loggers, CancellationToken cancel)
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
                await take.KeepOddAsync(channel, id, "", refusals[0].Code, cancel);
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

internal sealed class TakeNotice(Db db, ApplyPayment applyPayment, ApplyRefund applyRefund, Outbox outbox, TimeProvider time)
{
    private const int LongestId = 64;

    public Task RunAsync(IPaymentChannel channel, ChannelNotice notice, CancellationToken cancel) => notice switch
    {
        ChannelNotice.OfPayment payment => PaymentAsync(channel, payment, cancel),
        ChannelNotice.OfRefund refund => RefundAsync(channel, refund, cancel),
        _ => throw new InvalidOperationException("An unknown kind of notice."),
    };

    private async Task PaymentAsync(IPaymentChannel channel, ChannelNotice.OfPayment notice, CancellationToken cancel)
    {
        var number = notice.OutTradeNo.Value;
        var id = await db.Payments.Where(p => p.TradeNo == number && p.Channel == channel.Name).Select(p => (PaymentId?)p.Id).FirstOrDefaultAsync(cancel);
        if (id is not { } payment)
        {
            await KeepOddAsync(channel.Name, notice.Id, number, "payments.unknown_number", cancel);
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
            await KeepOddAsync(channel.Name, notice.Id, number, "payments.unknown_number", cancel);
            return;
        }
        var state = notice.State is RefundState.Unknown
            ? await channel.QueryRefundAsync(notice.OutTradeNo, notice.OutRefundNo, cancel)
            : notice.State;
        await applyRefund.RunAsync(refund, state with { Proof = state.Proof ?? notice.Proof }, cancel);
    }

    /// <summary>
    /// A genuine notice that is not about us: another system uses the same merchant, or the merchant's console sends us those of another
    /// one. Kept once for a person to see, however often it comes.
    /// </summary>
    public Task KeepOddAsync(string channel, string noticeId, string number, string code, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var id = noticeId.Length > LongestId ? noticeId[..LongestId] : noticeId;
        if (await db.OddNotices.AnyAsync(n => n.Channel == channel && n.NoticeId == id, cancel)) return;
        db.Add(new OddNoticeRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Channel = channel,
            NoticeId = id,
            Number = number,
            Code = code,
            At = time.Now,
        });
        outbox.Publish(new NoticeNotOurs(channel, number.Length > 0 ? number : id));
    }, cancel);
}
