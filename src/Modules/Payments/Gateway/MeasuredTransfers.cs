using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>A channel of transfers whose calls are counted, and which is told where it finds us.</summary>
internal sealed class MeasuredTransfers(ITransferChannel channel, GatewayLog log, Func<CancellationToken, Task<Uri>> notifyUrl) : ITransferChannel
{
    public string Name => channel.Name;

    public async Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel)
    {
        var told = transfer with { NotifyUrl = await notifyUrl(cancel) };
        return await log.MeasureAsync(Name, "transfer", () => channel.TransferAsync(told, cancel), s => (s as TransferState.Unknown)?.Error);
    }

    public Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel) =>
        log.MeasureAsync(Name, "query_transfer", () => channel.QueryAsync(outBizNo, cancel), s => (s as TransferState.Unknown)?.Error);
}
