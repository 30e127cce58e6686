using System.Diagnostics;
using HaoSuan.Ledger;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

public sealed class Settlements_crash_on_sqlite(SqliteDatabases engine) : SettlementsCrashCases(engine);

public sealed class Settlements_crash_on_postgres(PostgresDatabases engine) : SettlementsCrashCases(engine);

public abstract class SettlementsCrashCases(Databases engine) : SettlementsSafetyTest(engine)
{
    private const int Kills = 50;
    private const int MostCommits = 5;
    private const int MostMicroseconds = 30_000;

    // After the first run of April, in which the bonuses of March are due.
    private static readonly Instant End = Zone.Shanghai.StartOf(new(2026, 4, 9));

    private int _kills;

    [Fact]
    public async Task Runs_that_are_killed_at_any_moment_come_to_what_an_undisturbed_run_comes_to()
    {
        var orders = await ActivatedOrders(64);
        var process = NewProcess();
        while (_kills < Kills || Time.Now < End)
        {
            var undisturbed = await Undisturbed();
            process = await KillUntilDone(process);

            Assert.Equal(undisturbed, await Posted());
            await AssertSound();
            Time.Advance(TimeSpan.FromDays(8));     // what was pending becomes available
            foreach (var order in orders.Where(_ => Throw(4) == 0)) await Record(order, Throw(2) == 0 ? "cancelled" : "topped_up", amount: new(50_00));
        }
        await process.DisposeAsync();
        Assert.InRange((await Unfinished()).Count, Kills / 2, _kills);
    }

    /// <summary>One process after the other, each killed in its work, until one gets through. Returns the next one, which has not begun.</summary>
    private async Task<WorkerProcess> KillUntilDone(WorkerProcess process)
    {
        for (var done = false; !done;)
        {
            await process.GoAsync(Time.Now);
            var next = NewProcess();        // starts while this one works
            done = !await process.CommitsAsync(1 + Throw(MostCommits));
            if (!done)
            {
                Spin(Throw(MostMicroseconds));
                done = !await process.KillAsync();
            }
            if (!done) _kills++;
            await process.DisposeAsync();
            process = next;
        }
        return process;
    }

    private WorkerProcess NewProcess() => new(Database, PartSize);

    // Shorter than what a timer can wait for.
    private static void Spin(int microseconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds) Thread.SpinWait(20);
    }

    [Fact]
    public async Task Processes_at_once_post_nothing_twice_while_facts_come_in_and_one_of_them_dies()
    {
        const int Orders = 120;
        var product = await Product();
        List<OrderId> orders = [];
        for (var i = 0; i < Orders; i++) orders.Add(await Order(product));
        foreach (var order in orders.Take(Orders / 2)) await Record(order, "activated");
        await using WorkerProcess dies = NewProcess(), first = NewProcess(), second = NewProcess();
        foreach (var process in new[] { dies, first, second }) await process.GoAsync(Time.Now);

        await Task.WhenAll(
            Task.Run(async () => { foreach (var order in orders.Skip(Orders / 2)) await Record(order, "activated"); }, Cancel),
            Task.Run(async () => { if (await dies.CommitsAsync(4)) await dies.KillAsync(); }, Cancel),
            first.DoneAsync(), second.DoneAsync());
        await Run();

        Assert.Equal((Orders * 80_00, 0), await Balance(Seller));
        Assert.Equal((Orders * 20_00, 0), await Balance(Parent));
        Assert.Equal(Orders, await With<Books, long>(b => b.CountAsync(JournalEntries.Kinds, Cancel)));
        Assert.Equal(new Money(Orders * 100_00), (await With<Runs, RunTotals>(r => r.TotalsAsync(Cancel))).Commission);
        await AssertSound();
    }
}
