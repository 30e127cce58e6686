using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Tests.Engine;

/// <summary>A payment channel that says what a test tells it to say.</summary>
internal sealed class FakeChannel : IPaymentChannel
{
    public PaymentState Payment { get; set; } = new PaymentState.NotPaid();

    public RefundState? Refund { get; set; }

    public string Name => "wechat";

    public Bps? FeeRate { get; set; } = new(60);

    public Task<Creation> CreateAsync(PaymentOrder order, CancellationToken cancel) =>
        Task.FromResult<Creation>(new Creation.Ready(new PayBy.QrText("weixin://pay")));

    public Task<PaymentState> QueryAsync(TradeNo outTradeNo, CancellationToken cancel) => Task.FromResult(Payment);

    public Task<PaymentState> CloseAsync(TradeNo outTradeNo, CancellationToken cancel) => Task.FromResult(Payment);

    public Task<RefundState> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        Task.FromResult(Refund ?? new RefundState.Success("50300", refund.Amount, null));

    public Task<RefundState> QueryRefundAsync(TradeNo outTradeNo, TradeNo outRefundNo, CancellationToken cancel) => Task.FromResult(Refund!);

    public Task<Result<ChannelNotice>> ReadNotifyAsync(HttpRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public IResult Taken() => throw new NotSupportedException();

    public IResult NotTaken(Refusal why) => throw new NotSupportedException();

    /// <summary>The files that the channel has.</summary>
    public Dictionary<(DateOnly, BillKind), byte[]> Bills { get; } = [];

    /// <summary>How often a file was asked for that is there.</summary>
    public int Downloads { get; private set; }

    /// <summary>Why no file can be had now.</summary>
    public Refusal? BillTrouble { get; set; }

    public Task<Result<ChannelBill>> DownloadBillAsync(DateOnly day, BillKind kind, CancellationToken cancel)
    {
        if (BillTrouble is { } trouble) return Task.FromResult<Result<ChannelBill>>(trouble);
        if (!Bills.TryGetValue((day, kind), out var file))
            return Task.FromResult<Result<ChannelBill>>(new Refusal("payments.bill_missing", day, "NO_STATEMENT_EXIST"));
        Downloads++;
        return Task.FromResult<Result<ChannelBill>>(new ChannelBill($"{day:yyyyMMdd}.csv", file));
    }
}
