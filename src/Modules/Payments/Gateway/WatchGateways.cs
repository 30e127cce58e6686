namespace HaoSuan.Payments;

/// <summary>
/// Every minute: raises an alarm where a channel does not answer as it should, and ends it when it does again; finance is told of both,
/// once. Whether an alarm is raised stands in its table, so it does not matter who looks.
/// </summary>
internal sealed class WatchGateways(Db db, PaymentChannels channels, Outbox outbox, TimeProvider time) : IRecurring
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var channel in channels.Names) await db.InTransaction(() => WatchAsync(channel, cancel), cancel);
        var old = time.Now - Kept;
        await db.GatewayCalls.Where(c => c.Slot < old).ExecuteDeleteAsync(cancel);
        await db.GatewayErrors.Where(e => e.Slot < old).ExecuteDeleteAsync(cancel);
    }

    private async Task WatchAsync(string channel, CancellationToken cancel)
    {
        var alarm = await db.GatewayAlarms.Where(a => a.Channel == channel && a.RecoveredAt == null).ForUpdate().FirstOrDefaultAsync(cancel);
        var from = time.Now - Window;
        // What came before the alarm is what raised it: only calls since can end it.
        if (alarm is not null && alarm.Since > from) from = alarm.Since;
        // A file takes its time, and nobody waits for it: it says nothing of payments.
        var calls = await db.GatewayCalls.AsNoTracking()
            .Where(c => c.Channel == channel && c.Slot >= from && c.What != MeasuredChannel.Bill).ToListAsync(cancel);
        var window = GatewayHealth.Sum(calls);
        if (alarm is null && window.IsBad)
        {
            db.Add(new GatewayAlarmRow { Channel = channel, Since = time.Now, Calls = window.Calls, Failed = window.Failed });
            outbox.Publish(new GatewayDegraded(channel, window.Calls, window.Failed));
        }
        else if (alarm is not null && window.IsGood)
        {
            alarm.RecoveredAt = time.Now;
            outbox.Publish(new GatewayRecovered(channel, (int)(time.Now - alarm.Since).TotalMinutes));
        }
    }
}
