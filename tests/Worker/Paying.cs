using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Exceptions;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Payouts;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Tests.Worker;

/// <summary>
/// A process that pays out what is due and is killed in the worst moment: it says "ready", waits for a line with the instant (µs), and says
/// "sent NUMBER" when a transfer has left it, whose answer never comes.
/// </summary>
internal static class Paying
{
    public static async Task RunAsync(string database, string masterKey)
    {
        var clock = new StoppedClock();
        await using var services = new ServiceCollection()
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton<TimeProvider>(clock)
            .AddPlatform(database, masterKey)
            .AddIdentity().AddNotifications().AddExceptions().AddCatalog().AddLedger().AddDistributors()
            .AddPayments(new(new("https://example.test/"))).AddPayouts()
            .AddSingleton<ITransferChannel, SilentChannel>()
            .BuildServiceProvider();
        Console.WriteLine("ready");
        if (Console.ReadLine() is not { } line) return;     // whoever started it has gone
        clock.Now = new(long.Parse(line, CultureInfo.InvariantCulture));
        await services.GetRequiredService<OutboxDelivery>().DrainAsync();
        Console.WriteLine("done");
    }

    private sealed class SilentChannel : ITransferChannel
    {
        public string Name => "alipay";

        public async Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel)
        {
            Console.WriteLine($"sent {transfer.OutBizNo}");
            await Task.Delay(Timeout.Infinite, cancel);
            throw new InvalidOperationException("It was to be killed.");
        }

        public Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel) => throw new NotSupportedException();
    }
}
