using System.Globalization;
using HaoSuan.Settlements;
using Npgsql;

namespace HaoSuan.Tests.Engine;

/// <summary>The database goes away under a run: it says so, and the next run ends what it began.</summary>
public sealed class Settlements_lose_postgres(PostgresDatabases engine) : SettlementsSafetyTest(engine)
{
    private readonly AtStatement _at = new();
    private Cable? _cable;

    protected override IServiceCollection Configure(IServiceCollection services)
    {
        _cable = new(Database.App);
        return services.AddSingleton(new DatabaseAddress(_cable.Address)).ConfigureDbContext<Db>(o => o.AddInterceptors(_at));
    }

    [Fact]
    public async Task A_cut_line_ends_the_run_and_the_next_one_goes_on()
    {
        await ActivatedOrders(60);
        var undisturbed = await Undisturbed();

        await LoseAtEveryFew(step: 4, () =>
        {
            _cable!.Cut();
            return Task.CompletedTask;
        }, _cable!.Mend);

        Assert.Equal(undisturbed, await Posted());
        await AssertSound();
    }

    [Fact]
    public async Task Sessions_ended_by_the_server_end_the_run_and_the_next_one_goes_on()
    {
        await ActivatedOrders(60);
        var undisturbed = await Undisturbed();

        await LoseAtEveryFew(step: 5, EndSessions, () => { });

        Assert.Equal(undisturbed, await Posted());
        await AssertSound();
    }

    /// <summary>Runs until one gets through. Each one that does not, loses the database some statements later than the one before.</summary>
    private async Task LoseAtEveryFew(int step, Func<Task> lose, Action mend)
    {
        var losses = 0;
        NpgsqlConnection.ClearAllPools();       // copying has ended their sessions
        for (var statement = 1; ; statement += step)
        {
            _at.Do(statement, lose);
            var outcome = await Xunit.Record.ExceptionAsync(RunInParts);
            if (outcome is null) break;
            losses++;
            Assert.Equal("platform.database_unreachable", Outage.Of(outcome)?.Code);
            mend();
            // The first one had not even begun, and the last one may have been through and lost only its report.
            Assert.Equal(losses - 1, await With<Runs, int>(r => r.CountAsync(Cancel)));
            Assert.InRange((await Unfinished()).Count, Math.Max(0, losses - 2), losses - 1);
        }
        _at.Disarm();
        Assert.True(losses > 3);
    }

    private async Task EndSessions()
    {
        await using var direct = new NpgsqlConnection(Database.App + ";Pooling=false");
        await direct.OpenAsync(Cancel);
        await using var command = direct.CreateCommand();
        command.CommandText = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

/// <summary>The disk is full under a run.</summary>
public sealed class Settlements_fill_sqlite(SqliteDatabases engine) : SettlementsSafetyTest(engine)
{
    private readonly FullDisk _disk = new();

    protected override IServiceCollection Configure(IServiceCollection services) =>
        services.ConfigureDbContext<Db>(o => o.AddInterceptors(_disk));

    [Fact]
    public async Task A_full_disk_ends_the_run_and_with_more_room_the_next_one_goes_on()
    {
        await ActivatedOrders(120);
        var undisturbed = await Undisturbed();

        var full = 0;
        for (var room = await UsedPages(); ; room += 2)
        {
            _disk.LeaveRoomFor(room);
            var outcome = await Xunit.Record.ExceptionAsync(RunInParts);
            if (outcome is null) break;
            full++;
            Assert.Equal("platform.storage_full", Outage.Of(outcome)?.Code);
            await AssertSound();
        }
        Assert.True(full > 3);

        Assert.Equal(undisturbed, await Posted());
        await AssertSound();
        Assert.InRange((await Unfinished()).Count, 1, full);
    }

    [Fact]
    public async Task A_job_says_that_the_disk_is_full_in_words()
    {
        await ActivatedOrders(60);
        _disk.LeaveNoRoom();
        var job = Services.GetServices<RecurringJob>().Single(j => j.Name == "settle");

        var failure = await Assert.ThrowsAsync<AggregateException>(() => Services.GetRequiredService<JobRunner>().RunAsync(job, Cancel));

        var texts = Services.GetRequiredService<Texts>();
        Assert.Contains("磁盘空间已用完", texts.Of(Outage.Of(failure)!, CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Contains("disk is full", texts.Of(Outage.Of(failure)!, CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        _disk.Lift();
        await Services.GetRequiredService<JobRunner>().RunAsync(job, Cancel);
        Assert.Equal(60, (await Posted()).Count);
        await AssertSound();
    }

    private Task<long> UsedPages() =>
        With<Db, long>(db => db.Database.SqlQuery<long>($"select page_count as Value from pragma_page_count").SingleAsync(Cancel));
}
