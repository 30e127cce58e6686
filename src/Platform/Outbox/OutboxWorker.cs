using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Platform;

/// <summary>Keeps the outbox empty: looks every half second, and as long as something is due.</summary>
public sealed partial class OutboxWorker(OutboxDelivery delivery, TimeProvider time, ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await delivery.DrainAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, e);
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be read; trying again")]
    private static partial void Failed(ILogger logger, Exception e);
}
