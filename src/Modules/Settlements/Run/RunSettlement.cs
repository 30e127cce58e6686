using HaoSuan.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Settlements;

/// <summary>
/// Posts target - booked for the orders with new facts and those that mature, and then the bonuses of the months that they
/// touch. Each part is one transaction: a run that is cut off is finished by the next one, and two at once post nothing twice.
/// </summary>
public sealed class RunSettlement(Db db, IServiceScopeFactory scopes, Tenants tenants, Runs runs, SealBooks seal, TimeProvider time)
{
    // While one waits for the database, the other computes.
    private const int Workers = 2;

    /// <summary>How many orders are settled in one transaction.</summary>
    internal int PartSize { get; set; } = 4_000;

    /// <param name="asOf">The instant of the targets, not in the future. An order that was settled as of a later one is left alone.</param>
    /// <param name="cancel">Stops between two parts; what is posted stays.</param>
    public async Task<RunReport> RunAsync(Instant asOf, CancellationToken cancel = default)
    {
        if (asOf > time.Now) throw new ArgumentOutOfRangeException(nameof(asOf), "Facts of the future are not known.");
        var run = await StartAsync(asOf, cancel);
        var tenant = (await tenants.FindAsync(db.CurrentTenant, cancel))!;
        var coverage = await InScope<CountCards, Coverage>(tenant, cards => cards.CoverageAsync(asOf, cancel));
        await Task.WhenAll(Enumerable.Range(0, db.Engine == Engine.Sqlite ? 1 : Workers)
            .Select(_ => InScope<SettleOrders, Done>(tenant, orders => PartsAsync(orders, run, asOf, coverage, cancel))));
        await InScope<SettleBonuses, Done>(tenant, async bonuses =>
        {
            await bonuses.RunAsync(run, asOf, cancel);
            return default;
        });
        await seal.RunAsync(cancel);
        return await FinishAsync(run, cancel);
    }

    private async Task<Done> PartsAsync(SettleOrders orders, RunId run, Instant asOf, Coverage coverage, CancellationToken cancel)
    {
        while (await orders.PartAsync(run, asOf, coverage, PartSize, cancel) > 0)
        {
        }
        return default;
    }

    private async Task<T> InScope<TService, T>(Tenant tenant, Func<TService, Task<T>> call) where TService : notnull
    {
        await using var scope = scopes.CreateScope(tenant);
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<RunId> StartAsync(Instant asOf, CancellationToken cancel)
    {
        var run = NewId.Of<RunId>(time);
        await db.InTransaction(() =>
        {
            db.Add(new RunRow { Id = run, AsOf = asOf, StartedAt = time.Now });
            return Task.CompletedTask;
        }, cancel);
        return run;
    }

    private async Task<RunReport> FinishAsync(RunId run, CancellationToken cancel)
    {
        Instant? now = time.Now;
        await db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(set => set.SetProperty(r => r.FinishedAt, now), cancel);
        return (await runs.FindAsync(run, cancel))!;
    }
}
