using System.Collections.Concurrent;

namespace HaoSuan.Tests.Engine;

public sealed class Platform_on_sqlite(SqliteDatabases engine) : PlatformCases(engine);

public sealed class Platform_on_postgres(PostgresDatabases engine) : PlatformCases(engine);

public abstract class PlatformCases(Databases engine) : EngineTest(engine)
{
    private sealed record CardLost(string Iccid) : IEvent;

    private sealed class Listener : IFollow<CardLost>
    {
        public static readonly ConcurrentDictionary<string, int> Calls = [];

        public Task FollowAsync(CardLost happened, CancellationToken cancel) =>
            Calls.AddOrUpdate(happened.Iccid, 1, (_, calls) => calls + 1) == 1
                ? throw new InvalidOperationException("Not the first time.")
                : Task.CompletedTask;
    }

    protected override IServiceCollection Configure(IServiceCollection services) => services.Follow<CardLost, Listener>();

    [Fact]
    public async Task A_secret_is_shown_masked_found_by_its_hash_and_revealed_with_an_audit()
    {
        var id = await With<IServiceProvider, SecretId>(s => s.GetRequiredService<Db>().InTransaction(() =>
            s.GetRequiredService<Vault>().KeepAsync(SecretKind.Phone, "13912345678", Cancel), Cancel));

        Assert.Equal("139****5678", (await With<Vault, IReadOnlyDictionary<SecretId, string>>(v => v.MaskedAsync([id], Cancel)))[id]);
        Assert.Equal("13912345678", await With<Vault, string>(v => v.RevealAsync(id, "support", Cancel)));
        Assert.Equal(
            await With<Vault, byte[]>(v => v.HashAsync(SecretKind.Phone, "13912345678", Cancel)),
            await With<Db, byte[]>(async db => await db.Set<SecretRow>().Select(s => s.Hash).SingleAsync(Cancel)));
        Assert.Equal("secret.revealed", await With<Db, string>(async db => await db.Set<AuditRow>().Select(a => a.Action).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task The_audit_log_refuses_changes()
    {
        await With<IServiceProvider>(async s =>
        {
            s.GetRequiredService<Audit>().Record("test", "x");
            await s.GetRequiredService<Db>().SaveChangesAsync(Cancel);
        });

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("update audit set detail = 'other'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("delete from audit"));
    }

    [Fact]
    public async Task A_tenant_does_not_see_the_rows_of_another()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "别家", Cancel);
        await With<IServiceProvider>(s => s.GetRequiredService<Db>().InTransaction(() =>
            s.GetRequiredService<Vault>().KeepAsync(SecretKind.Name, "张三", Cancel), Cancel));

        Assert.Equal(0, await With<Db, int>(db => db.Set<SecretRow>().CountAsync(Cancel), other));
        var fenced = await With<Db, int>(db => db.Set<SecretRow>().IgnoreQueryFilters().CountAsync(Cancel), other);
        Assert.Equal(Database.App.StartsWith("Host", StringComparison.Ordinal) ? 0 : 1, fenced);
    }

    [Fact]
    public async Task An_event_is_delivered_after_its_commit_once_and_again_after_a_failure()
    {
        await Publish();

        Assert.Equal(0, await Drain());
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Drain());
        Assert.Equal(0, await Drain());
        Assert.Equal(2, Listener.Calls[Database.App]);
    }

    [Fact]
    public async Task A_refused_use_case_changes_nothing()
    {
        var result = await With<IServiceProvider, Result<Done>>(s => s.GetRequiredService<Db>().InTransaction<Result<Done>>(async () =>
        {
            await s.GetRequiredService<Vault>().KeepAsync(SecretKind.Name, "李四", Cancel);
            return new Refusal("platform.test");
        }, Cancel));

        Assert.True(result.IsRefused);
        Assert.Equal(0, await With<Db, int>(db => db.Set<SecretRow>().CountAsync(Cancel)));
    }

    private Task Publish() => With<IServiceProvider>(s => s.GetRequiredService<Db>().InTransaction(() =>
    {
        s.GetRequiredService<Outbox>().Publish(new CardLost(Database.App));
        return Task.CompletedTask;
    }, Cancel));
}
