using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>
/// Brings the schema up to date: each module's <c>Data/NNNN_name[.sqlite|.postgres].sql</c>, in the order of modules and numbers,
/// each once and in a transaction of its own. On PostgreSQL every table that has a tenant_id gets its row-level security;
/// partitions do not, they are written in bulk and read through their table.
/// </summary>
public sealed class Migrator(DatabaseAddress address, IEnumerable<Module> modules)
{
    public void Migrate()
    {
        var scripts = modules.SelectMany((module, order) => Scripts(module.Assembly, order)).ToList();
        if (address.Engine == Engine.Postgres) scripts.Add(Scheduling.Tables());
        Run(Upgrade().WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build());
        if (address.Engine == Engine.Postgres) SecureRows();
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

    private void SecureRows()
    {
        using var connection = new NpgsqlConnection(address.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
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
            """;
        command.ExecuteNonQuery();
    }
}
