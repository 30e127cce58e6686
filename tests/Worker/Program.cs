using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using HaoSuan.Tests.Worker;
using Microsoft.Extensions.Logging;

if (args is [var database, "pay", var masterKey])
{
    await Paying.RunAsync(database, masterKey);
    return;
}

// A process that settles once and may be killed at any instant. Its arguments: connection string, how many orders make a part.
// It says "ready", waits for a line with the instant of the run (µs), says "committed" after each transaction, and "done".
var clock = new StoppedClock();
await using var services = new ServiceCollection()
    .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
    .AddSingleton<TimeProvider>(clock)
    .AddPlatform(args[0], Convert.ToBase64String(new byte[32]))     // settling reads no personal data
    .AddCatalog().AddLedger().AddDistributors().AddOrders().AddSettlements()
    .ConfigureDbContext<Db>(o => o.AddInterceptors(new SayCommitted()))
    .BuildServiceProvider();
await using (var first = services.CreateAsyncScope()) _ = first.ServiceProvider.GetRequiredService<Db>().Model;
Console.WriteLine("ready");
if (Console.ReadLine() is not { } line) return;     // whoever started it has gone
clock.Now = new(long.Parse(line, CultureInfo.InvariantCulture));
var tenant = (await services.GetRequiredService<Tenants>().AllAsync())[0];
await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
var run = scope.ServiceProvider.GetRequiredService<RunSettlement>();
run.PartSize = int.Parse(args[1], CultureInfo.InvariantCulture);
await run.RunAsync(clock.Now);
Console.WriteLine("done");
