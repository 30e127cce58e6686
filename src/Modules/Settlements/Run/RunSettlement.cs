namespace HaoSuan.Settlements;

/// <summary>
/// Posts target - booked for the orders with new facts and those that mature, and then the bonuses of the months that they
/// touch. Each batch is one transaction: a run that is cut off is finished by the next one, and two at once post nothing twice.
/// </summary>
public sealed class RunSettlement
{
    private readonly Db _db;
    private readonly SettleOrders _orders;
    private readonly SettleBonuses _bonuses;
    private readonly TimeProvider _time;

    internal RunSettlement(Db db, SettleOrders orders, SettleBonuses bonuses, TimeProvider time) =>
        (_db, _orders, _bonuses, _time) = (db, orders, bonuses, time);

    /// <param name="asOf">The instant of the targets, not in the future. An order that was settled as of a later one is left alone.</param>
    /// <param name="cancel">Stops between two batches; what is posted stays.</param>
    public async Task<RunReport> RunAsync(Instant asOf, CancellationToken cancel = default)
    {
        if (asOf > _time.Now) throw new ArgumentOutOfRangeException(nameof(asOf), "Facts of the future are not known.");
        var run = await StartAsync(asOf, cancel);
        for (var after = await _orders.BatchAsync(run, asOf, null, cancel); after is not null;)
        {
            after = await _orders.BatchAsync(run, asOf, after, cancel);
        }
        await _bonuses.RunAsync(run, asOf, cancel);
        return await FinishAsync(run, cancel);
    }

    private async Task<RunId> StartAsync(Instant asOf, CancellationToken cancel)
    {
        var run = NewId.Of<RunId>(_time);
        await _db.InTransaction(() =>
        {
            _db.Add(new RunRow { Id = run, AsOf = asOf, StartedAt = _time.Now });
            return Task.CompletedTask;
        }, cancel);
        return run;
    }

    private async Task<RunReport> FinishAsync(RunId run, CancellationToken cancel)
    {
        Instant? now = _time.Now;
        await _db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(set => set.SetProperty(r => r.FinishedAt, now), cancel);
        return (await _db.Runs.AsNoTracking().SingleAsync(r => r.Id == run, cancel)).ToReport();
    }
}
