using System.Data.Common;
using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>
/// Brings the schema up to date: each module's <c>Data/NNNN_name[.sqlite|.postgres].sql</c>, in the order of modules and numbers,
/// each once and in a transaction of its own. On PostgreSQL every table that has a tenant_id gets its row-level security;
/// partitions do not, they are written in bulk and read through their table. Tables that are kept in memory get the triggers that tell of changes.
/// </summary>
public sealed class Migrator(DatabaseAddress address, IEnumerable<Module> modules)
{
    public void Migrate()
    {
        var scripts = modules.SelectMany((module, order) => Scripts(module.Assembly, order)).ToList();
        if (address.Engine == Engine.Postgres) scripts.Add(Scheduling.Tables());
        Run(Upgrade().WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build());
        if (address.Engine == Engine.Postgres) SecureRows();
        foreach (var table in modules.SelectMany(m => m.Kept)) RenewStampWith(table);
    }

    private IEnumerable<SqlScript> Scripts(Assembly assembly, int order)
    {
        var other = address.Engine == Engine.Sqlite ? ".postgres.sql" : ".sqlite.sql";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (name.EndsWith(other, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name, reader.ReadToEnd(), new SqlScriptOptions { RunGroupOrder = order });
        }
    }

    private UpgradeEngineBuilder Upgrade() => address.Engine switch
    {
        Engine.Sqlite => DeployChanges.To.SqliteDatabase(address.ConnectionString),
        Engine.Postgres => DeployChanges.To.PostgresqlDatabase(address.ConnectionString),
    };

    private static void Run(UpgradeEngine engine)
    {
        var result = engine.PerformUpgrade();
        if (!result.Successful) throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed.", result.Error);
    }

    private void SecureRows() =>
        Execute("""
            do $$
            declare t text;
            begin
                for t in
                    select c.table_name from information_schema.columns c
                    join information_schema.tables b using (table_schema, table_name)
                    where c.table_schema = current_schema() and c.column_name = 'tenant_id' and b.table_type = 'BASE TABLE'
                      and not (select relispartition from pg_class where oid = format('%I', c.table_name)::regclass)
                      and not exists (select from pg_policies p where p.tablename = c.table_name and p.policyname = 'of_tenant')
                loop
                    execute format('alter table %I enable row level security, force row level security', t);
                    -- As a subquery the setting is read once for a statement, not once for a row.
                    execute format('create policy of_tenant on %I using ('
                        '(select coalesce(nullif(current_setting(''haosuan.tenant'', true), ''''), ''-1'')::int) in (0, tenant_id))', t);
                end loop;
            end $$
            """);

    private void RenewStampWith(string table)
    {
        foreach (var (change, row) in new[] { ("insert", "new"), ("update", "new"), ("delete", "old") })
        {
            Execute(address.Engine switch
            {
                Engine.Sqlite => $"""
                    create trigger if not exists {table}_{change}_kept after {change} on {table} begin
                        insert into tenant_stamp values ({row}.tenant_id, hex(randomblob(16))) on conflict (tenant_id) do update set stamp = excluded.stamp;
                    end
                    """,
                Engine.Postgres => $"""
                    do $$
                    begin
                        if not exists (select from pg_trigger where tgrelid = '{table}'::regclass and tgname = '{table}_{change}_kept') then
                            create trigger {table}_{change}_kept after {change} on {table} referencing {row} table as changed
                            for each statement execute function renew_stamp();
                        end if;
                    end $$
                    """,
            });
        }
    }

    private void Execute(string sql)
    {
        using DbConnection connection = address.Engine == Engine.Sqlite
            ? new SqliteConnection(address.ConnectionString)
            : new NpgsqlConnection(address.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
