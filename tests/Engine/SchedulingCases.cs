using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Tests.Engine;

public sealed class Scheduling_on_sqlite(SqliteDatabases engine) : SchedulingCases(engine);

public sealed class Scheduling_on_postgres(PostgresDatabases engine) : SchedulingCases(engine);

public abstract class SchedulingCases(Databases engine) : EngineTest(engine)
{
    [Fact]
    public async Task Jobs_run_for_every_tenant_and_one_that_fails_stops_no_other()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        var runs = new Runs(Tenant.Id, other.Id);
        using var worker = new HostBuilder().ConfigureServices(services => services
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Critical))
            .AddPlatform(Database.App, Databases.MasterKeyForTests)
            .AddSingleton(runs)
            .AddRecurring<Fails>("fails", "* * * * * ?")
            .AddRecurring<Ticks>("ticks", "* * * * * ?")
            .AddScheduling(Database.App)).Build();

        await worker.StartAsync(Cancel);
        await runs.All.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        await worker.StopAsync(Cancel);
    }

    private sealed class Runs(params TenantId[] expected)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<TenantId> _missing = [.. expected];
        private readonly Lock _lock = new();

        public Task All => _all.Task;

        public void Add(TenantId tenant)
        {
            lock (_lock)
            {
                _missing.Remove(tenant);
                if (_missing.Count == 0) _all.TrySetResult();
            }
        }
    }

    private sealed class Ticks(TenantScope tenant, Runs runs) : IRecurring
    {
        public Task RunAsync(CancellationToken cancel)
        {
            runs.Add(tenant.Id);
            return tenant.Id.Value == 1 ? throw new InvalidOperationException("The first tenant's run breaks.") : Task.CompletedTask;
        }
    }

    private sealed class Fails : IRecurring
    {
        public Task RunAsync(CancellationToken cancel) => throw new InvalidOperationException("This job always breaks.");
    }
}
