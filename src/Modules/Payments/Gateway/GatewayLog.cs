using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>Counts calls and notices of the channels where all processes see them.</summary>
internal sealed class GatewayLog(Db db, TimeProvider time)
{
    public const long Slot = 5 * 60 * Instant.MicrosecondsPerSecond;

    private const int LongestCode = 60;

    /// <summary>Calls, and counts how that went.</summary>
    /// <param name="fault">What kept the outcome from being an answer; null where it is one.</param>
    public async Task<T> MeasureAsync<T>(string channel, string what, Func<Task<T>> call, Func<T, ChannelError?> fault)
    {
        var begin = time.GetTimestamp();
        var outcome = await call();
        var took = time.GetElapsedTime(begin);
        // Whoever has called off the request still gets what the channel has answered.
        await CountAsync(channel, what, took, fault(outcome)?.Code, CancellationToken.None);
        return outcome;
    }

    /// <summary>A notice was taken, or refused for a reason.</summary>
    public Task NoticedAsync(string channel, string? refused, CancellationToken cancel)
    {
        var (tenant, now) = (db.CurrentTenant.Value, time.Now.Microseconds);
        return refused is null
            ? db.Database.ExecuteSqlAsync(
                $"""
                insert into gateway_notice (tenant_id, channel, taken_at) values ({tenant}, {channel}, {now})
                on conflict (tenant_id, channel) do update set taken_at = excluded.taken_at
                """, cancel)
            : db.Database.ExecuteSqlAsync(
                $"""
                insert into gateway_notice (tenant_id, channel, refused_at, refused_code) values ({tenant}, {channel}, {now}, {Short(refused)})
                on conflict (tenant_id, channel) do update set refused_at = excluded.refused_at, refused_code = excluded.refused_code
                """, cancel);
    }

    private async Task CountAsync(string channel, string what, TimeSpan took, string? fault, CancellationToken cancel)
    {
        var (tenant, slot) = (db.CurrentTenant.Value, time.Now.Microseconds / Slot * Slot);
        var place = GatewayWindow.Bounds.TakeWhile(b => took.TotalMilliseconds > b).Count();
        var (failed, a, b, c, d) = (fault is null ? 0 : 1, One(place == 0), One(place == 1), One(place == 2), One(place == 3));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into gateway_call (tenant_id, channel, slot, what, calls, failed, within_100, within_300, within_1000, within_3000)
            values ({tenant}, {channel}, {slot}, {what}, 1, {failed}, {a}, {b}, {c}, {d})
            on conflict (tenant_id, channel, slot, what) do update set
                calls = gateway_call.calls + 1, failed = gateway_call.failed + excluded.failed,
                within_100 = gateway_call.within_100 + excluded.within_100, within_300 = gateway_call.within_300 + excluded.within_300,
                within_1000 = gateway_call.within_1000 + excluded.within_1000, within_3000 = gateway_call.within_3000 + excluded.within_3000
            """, cancel);
        if (fault is null) return;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into gateway_error (tenant_id, channel, slot, code, count) values ({tenant}, {channel}, {slot}, {Short(fault)}, 1)
            on conflict (tenant_id, channel, slot, code) do update set count = gateway_error.count + 1
            """, cancel);
    }

    private static int One(bool counts) => counts ? 1 : 0;

    private static string Short(string code) => code.Length > LongestCode ? code[..LongestCode] : code;
}
