using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using Module = HaoSuan.Platform.Module;

namespace HaoSuan.Tests.Engine;

public sealed class Migrations_on_sqlite(SqliteDatabases engine) : MigrationCases(engine);

public sealed class Migrations_on_postgres(PostgresDatabases engine) : MigrationCases(engine);

/// <summary>What stands in the tables of a version before is brought along.</summary>
public abstract class MigrationCases(Databases engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_that_nothing_waited_for_has_paid_nothing()
    {
        await using var database = await Before("Payments", "0013");
        const string Payment = "insert into payment (tenant_id, id, order_id, order_no, trade_no, channel, face, amount, description, return_to, status, "
            + "created_at, expires_at, received) values ";
        foreach (var tenant in new[] { 1, 2 })
        {
            await Run(database, $"{Payment}({tenant}, '{Id(1)}', '{Id(9)}', 'HS1', 'T1', 'wechat', 'Qr', 100, '', '', 'Paid', 1, 2, 100)");
            await Run(database, $"{Payment}({tenant}, '{Id(2)}', '{Id(9)}', 'HS1', 'T2', 'wechat', 'Qr', 100, '', '', 'Paid', 1, 2, 100)");
            await Run(database, "insert into refund (tenant_id, id, payment_id, order_id, refund_no, idempotency_key, amount, reason, status, created_at) "
                + $"values ({tenant}, '{Id(3)}', '{Id(2)}', '{Id(9)}', 'T2R1', 'not-needed', 100, '', 'Done', 3)");
        }

        Migrate(database);

        Assert.Equal(["1 T1 Paid", "1 T2 GivenBack", "2 T1 Paid", "2 T2 GivenBack"],
            await Rows(database, "select tenant_id || ' ' || trade_no || ' ' || status from payment order by tenant_id, trade_no"));
    }

    [Fact]
    public async Task Leases_of_before_go_on_without_who_they_are_of_and_their_bills_are_not_corrected()
    {
        await using var database = await Before("Leases", "0003");
        const string Lease = "insert into lease (tenant_id, id, lease_no, token, model_id, serial, seller, state, terms, contract, name_id, id_number_id, "
            + "phone_id, address_id, placed_at, next_period, deposit, bills, steps) values ";
        await Run(database, $"insert into device_model values (1, '{Id(1)}', 'MF1', '随身 WiFi', '', true, '{{}}')");
        await Run(database, $"insert into device values (1, 'SN1', '{Id(1)}', 'Leased', '{Id(2)}', 1, 1)");
        await Run(database, Lease + $"(1, '{Id(2)}', 'ZL1', 't', '{Id(1)}', 'SN1', '{Id(3)}', 'Active', '{{}}', '', '{Id(4)}', "
            + $" '{Id(4)}', '{Id(4)}', '{Id(4)}', 1, 1, 100, 1, 1)");
        await Run(database, "insert into lease_bill (tenant_id, id, lease_id, number, kind, text, due, amount, paid, state, overdue, issued_at) values "
            + $"(1, '{Id(5)}', '{Id(2)}', 1, 'First', '', '2026-03-01', 130, 130, 'Settled', false, 1)");

        Migrate(database);

        Assert.Equal(["ZL1 130 0"], await Rows(database,
            "select l.lease_no || ' ' || b.paid || ' ' || b.corrected from lease l join lease_bill b on b.lease_id = l.id where l.id_hash is null"));
    }

    [Fact]
    public async Task Who_has_applied_twice_keeps_what_counts_and_is_blacklisted_once()
    {
        await using var database = await Before("Distributors", "0011");
        var sqlite = database.App.StartsWith("Data Source", StringComparison.Ordinal);
        foreach (var (code, state, hash, at) in new[]
        {
            ("a", "Applied", 1, 2), ("b", "Applied", 1, 1), ("c", "Applied", 2, 1), ("d", "Approved", 2, 2), ("e", "Approved", 2, 3), ("f", "Refused", 1, 1),
        })
        {
            await Run(database, "insert into joining (tenant_id, code, share, rates, state, invited_at, invited_by, expires_at, applied_at, decided_at, "
                + $"id_hash, checked_by) values (1, '{code}', 1, '', '{state}', 1, 'x', 9, {at}, {at}, {Hash(hash)}, 'local')");
        }
        foreach (var (nth, hash) in new[] { (1, 1), (2, 1), (3, 2) })
        {
            await Run(database, "insert into distributor_blacklist (tenant_id, id, kind, secret_id, hash, reason, evidence, listed_at, listed_by) values "
                + $"(1, '{Id(nth)}', 'Phone', '{Id(9)}', {Hash(hash)}, '', '', {nth}, 'x')");
        }

        Migrate(database);

        Assert.Equal(["a Refused true", "b Applied true", "c Refused true", "d Approved true", "e Approved false", "f Refused true"],
            await Rows(database, "select code || ' ' || state || ' ' || case when id_hash is null then 'false' else 'true' end from joining order by code"));
        Assert.Equal(["1", "3"], await Rows(database, "select listed_at || '' from distributor_blacklist where lifted_at is null order by listed_at"));
        Assert.Equal(["Local"], await Rows(database, "select distinct checked_by from joining"));

        string Hash(int nth) => sqlite ? $"x'0{nth}'" : $"'\\x0{nth}'";
    }

    private static Guid Id(int nth) => Guid.Parse($"0198a000-0000-7000-8000-{nth:000000000000}");

    /// <summary>Everything is migrated but what that module brings from that number on.</summary>
    private async Task<TestDatabase> Before(string module, string number)
    {
        var database = await engine.CreateEmptyAsync();
        Migrate(database, m => m.Assembly.GetName().Name == $"HaoSuan.{module}" ? new(m.Name, new Earlier(m.Assembly, number)) : m);
        return database;
    }

    private static void Migrate(TestDatabase database, Func<Module, Module>? change = null)
    {
        using var services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddPlatform(database.Owner + ";Pooling=false", Databases.MasterKeyForTests).AddModules().BuildServiceProvider();
        new Migrator(services.GetRequiredService<DatabaseAddress>(), services.GetServices<Module>().Select(change ?? (m => m))).Migrate();
    }

    private static async Task Run(TestDatabase database, string sql)
    {
        await using var connection = await Open(database);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }

    private static async Task<List<string>> Rows(TestDatabase database, string sql)
    {
        await using var connection = await Open(database);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        List<string> rows = [];
        while (await reader.ReadAsync(Cancel)) rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task<DbConnection> Open(TestDatabase database)
    {
        DbConnection connection = database.Owner.StartsWith("Host", StringComparison.Ordinal)
            ? new NpgsqlConnection(database.Owner + ";Options=-c haosuan.tenant=0")
            : new SqliteConnection(database.Owner + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }

    /// <summary>A module as it was before that migration.</summary>
    private sealed class Earlier(Assembly now, string number) : Assembly
    {
        public override string[] GetManifestResourceNames() =>
            [.. now.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && string.CompareOrdinal(NumberOf(n), number) < 0)];

        public override Stream? GetManifestResourceStream(string name) => now.GetManifestResourceStream(name);

        public override AssemblyName GetName() => now.GetName();

        /// <summary>HaoSuan.Payments.Data.0013_given_back.sqlite.sql.</summary>
        private static string NumberOf(string resource) => resource.Split('.').First(p => p.Length > 4 && p[4] == '_' && char.IsAsciiDigit(p[0]))[..4];
    }
}
