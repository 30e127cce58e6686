using System.Globalization;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>
/// Starts a payment. The row is committed before the channel is asked, so that no money can arrive that we do not know of;
/// asking again while a payment of the same kind is open asks the channel with the same number, which is harmless.
/// </summary>
public sealed class StartPayment(Db db, PaymentChannels channels, Tenants tenants, Vault vault, TimeProvider time)
{
    private static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan FirstQueryAfter = TimeSpan.FromSeconds(30);

    public async Task<Result<PaymentStarted>> RunAsync(PaymentRequest request, CancellationToken cancel = default)
    {
        if (channels.Find(request.Channel) is not { } channel) return new Refusal("payments.no_such_channel", request.Channel).On("channel");
        if (request.Amount <= Money.Zero) return new Refusal("payments.amount_not_positive", request.Amount);
        var opened = await db.InTransaction(() => OpenAsync(request, cancel), cancel);
        if (!opened.TryGet(out var payment, out var refusals)) return refusals[0];
        return await channel.CreateAsync(await OrderOfAsync(payment, request.Payer, cancel), cancel) switch
        {
            Creation.Ready ready => new PaymentStarted(payment.Id, ready.PayBy, payment.ExpiresAt),
            Creation.Refused => new Refusal("payments.channel_refused").On("channel"),
            Creation.Unknown => new Refusal("payments.channel_silent").On("channel"),
            _ => throw new InvalidOperationException("An unknown kind of creation."),
        };
    }

    private async Task<Result<PaymentRow>> OpenAsync(PaymentRequest request, CancellationToken cancel)
    {
        var now = time.Now;
        // A number stands for one payer: WeChat Pay refuses it for another one. Only the hash is kept.
        var payer = request.Payer is { } p ? Convert.ToHexStringLower(await vault.HashAsync(SecretKind.OpenId, p.Value, cancel)) : null;
        var payments = await db.Payments.Where(p => p.OrderId == request.OrderId).OrderBy(p => p.Id).ForUpdate().ToListAsync(cancel);
        if (payments.Any(p => p.Status is PaymentStatus.Paid or PaymentStatus.Disputed)) return new Refusal("payments.paid_already");
        var open = payments.Find(p => p.Status == PaymentStatus.Pending && p.Channel == request.Channel && p.Face == request.Face
            && p.PayerHash == payer && p.Amount == request.Amount && p.ExpiresAt > now + TimeSpan.FromMinutes(1));
        if (open is not null) return open;
        var payment = new PaymentRow
        {
            Id = NewId.Of<PaymentId>(time),
            OrderId = request.OrderId,
            OrderNo = request.OrderNo,
            TradeNo = string.Create(CultureInfo.InvariantCulture, $"{request.OrderNo}P{payments.Count + 1}"),
            Channel = request.Channel,
            Face = request.Face,
            Amount = request.Amount,
            Description = request.Description,
            ClientIp = request.ClientIp,
            PayerHash = payer,
            ReturnTo = request.ReturnTo.ToString(),
            Purpose = request.For,
            CreatedAt = now,
            ExpiresAt = now + PayWithin,
            NextQueryAt = now + FirstQueryAfter,
        };
        db.Add(payment);
        return payment;
    }

    private async Task<PaymentOrder> OrderOfAsync(PaymentRow payment, OpenId? payer, CancellationToken cancel)
    {
        var tenant = await tenants.FindAsync(db.CurrentTenant, cancel) ?? throw new InvalidOperationException("No tenant was entered.");
        return new(
            TradeNo.Parse(payment.TradeNo), payment.Description, payment.Amount, payment.Face, payment.ExpiresAt,
            channels.NotifyUrl(payment.Channel, tenant.Slug), new Uri(payment.ReturnTo), payment.ClientIp, payer);
    }
}
