namespace HaoSuan.Payments;

/// <summary>The health of the channels: what the office reads.</summary>
public sealed class GatewayHealth(Db db, PaymentChannels channels, TimeProvider time)
{
    private const int Hours = 24;
    private const int MostAlarms = 10;

    public async Task<IReadOnlyList<GatewayState>> AllAsync(CancellationToken cancel = default)
    {
        List<GatewayState> all = [];
        foreach (var channel in channels.Names) all.Add(await OfAsync(channel, cancel));
        return all;
    }

    /// <summary>Notices that are not ours and that nobody has put aside yet.</summary>
    public async Task<IReadOnlyList<OddNotice>> OddAsync(CancellationToken cancel = default) =>
        await db.OddNotices.AsNoTracking().Where(n => n.SeenAt == null).OrderByDescending(n => n.At).Take(100)
            .Select(n => new OddNotice(n.Id, n.Channel, n.NoticeId, n.Number, n.Code, n.At)).ToListAsync(cancel);

    private async Task<GatewayState> OfAsync(string channel, CancellationToken cancel)
    {
        const long hour = 3600 * Instant.MicrosecondsPerSecond;
        var from = new Instant(((time.Now.Microseconds / hour) - Hours + 1) * hour);
        var calls = await db.GatewayCalls.AsNoTracking().Where(c => c.Channel == channel && c.Slot >= from).ToListAsync(cancel);
        var errors = await db.GatewayErrors.Where(e => e.Channel == channel && e.Slot >= from)
            .GroupBy(e => e.Code).Select(g => new { g.Key, Count = g.Sum(e => e.Count) }).ToListAsync(cancel);
        var alarms = await db.GatewayAlarms.AsNoTracking().Where(a => a.Channel == channel).OrderByDescending(a => a.Since).Take(MostAlarms)
            .Select(a => new GatewayAlarm(a.Since, a.RecoveredAt, a.Calls, a.Failed)).ToListAsync(cancel);
        var notice = await db.GatewayNotices.AsNoTracking().FirstOrDefaultAsync(n => n.Channel == channel, cancel);
        var hours = calls.GroupBy(c => c.Slot.Microseconds / hour * hour).OrderByDescending(g => g.Key)
            .Select(g => new GatewayHour(new(g.Key), Sum([.. g])));
        return new(
            channel, Sum(calls), [.. hours], [.. errors.OrderByDescending(e => e.Count).Select(e => (e.Key, e.Count))], alarms,
            notice?.TakenAt, notice?.RefusedAt, notice?.RefusedCode);
    }

    internal static GatewayWindow Sum(IReadOnlyCollection<GatewayCallRow> calls) => new(
        calls.Sum(c => c.Calls), calls.Sum(c => c.Failed),
        [calls.Sum(c => c.Within100), calls.Sum(c => c.Within300), calls.Sum(c => c.Within1000), calls.Sum(c => c.Within3000)]);
}

/// <summary>Somebody has looked into a notice that is not ours.</summary>
public sealed class SeeOddNotice(Db db, Audit audit, Actor actor, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(Guid id, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await db.OddNotices.Where(n => n.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } notice) return new Refusal("payments.no_such_notice");
        if (notice.SeenAt is not null) return default(Done);
        (notice.SeenAt, notice.SeenBy) = (time.Now, actor.Name);
        audit.Record("payment.odd_notice_seen", $"notice:{notice.Channel}:{notice.NoticeId}", notice.Code);
        return default(Done);
    }, cancel);
}
