using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaoSuan.Ledger;

/// <summary>What has to be known before entries are posted, asked in one round trip.</summary>
/// <param name="NextBatch">The id of the batch that they will be.</param>
/// <param name="ClosedThrough">The last month that is closed; 0 where none is. Nobody closes another one until the transaction ends.</param>
/// <param name="Posted">The ids of entries that have one of the sources.</param>
/// <param name="Accounts">Those of the accounts asked for that are there, by code.</param>
internal sealed record JournalState(long NextBatch, Month ClosedThrough, List<long> Posted, Dictionary<string, int> Accounts);

internal static class JournalStates
{
    private const string ClosedThrough =
        "coalesce((select closed_through from ledger_closing where tenant_id = @tenant order by sequence desc limit 1), 0)";

    // The lock comes first, so that what follows is as of a moment when it is held. The limits keep the planner to looking up one by one.
    private const string Postgres =
        $"""
        {ClosingLock.Share};
        select nextval('ledger_batch_id'), {ClosedThrough};
        select e.id from unnest(@sources) s (source)
            cross join lateral (select id from ledger_entry where tenant_id = @tenant and source = s.source limit 1) e;
        select c.code, a.id from unnest(@codes) c (code)
            cross join lateral (select id from ledger_account where tenant_id = @tenant and code = c.code limit 1) a
        """;

    private const string Sqlite =
        $"""
        select coalesce(max(id), 0) + 1, {ClosedThrough} from ledger_batch where tenant_id = @tenant;
        select id from ledger_entry where tenant_id = @tenant and source in (select value from json_each(@sources));
        select code, id from ledger_account where tenant_id = @tenant and code in (select value from json_each(@codes))
        """;

    extension(Db db)
    {
        internal async Task<JournalState> JournalStateAsync(IReadOnlyCollection<string> sources, IReadOnlyCollection<string> codes, CancellationToken cancel)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            command.CommandText = db.Engine == Engine.Postgres ? Postgres : Sqlite;
            Add(command, "tenant", db.CurrentTenant.Value);
            AddList(command, "sources", sources);
            AddList(command, "codes", codes);
            // Prepared for one entry the server still plans by what it is given; for many it would keep a plan from when the tables were small.
            if (sources.Count == 1) await command.PrepareAsync(cancel);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            if (db.Engine == Engine.Postgres) await reader.NextResultAsync(cancel);     // the lock's
            await reader.ReadAsync(cancel);
            var (next, closed) = (reader.GetInt64(0), new Month(reader.GetInt32(1)));
            await reader.NextResultAsync(cancel);
            List<long> posted = [];
            while (await reader.ReadAsync(cancel)) posted.Add(reader.GetInt64(0));
            await reader.NextResultAsync(cancel);
            Dictionary<string, int> accounts = new(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancel)) accounts.Add(reader.GetString(0), reader.GetInt32(1));
            return new(next, closed, posted, accounts);
        }
    }

    private static void AddList(DbCommand command, string name, IEnumerable<string> texts) =>
        Add(command, name, command is SqliteCommand ? JsonSerializer.Serialize(texts) : texts.ToArray());

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
