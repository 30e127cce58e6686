using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaoSuan.Platform;

/// <summary>
/// Inserts many rows in one statement, past the change tracker: arrays on PostgreSQL (COPY does not work under row-level
/// security), one prepared statement on SQLite. Each row gets the current tenant's id. It must run inside a transaction.
/// </summary>
public sealed class BulkInsert<TRow>
{
    private readonly List<Column> _columns = [];
    private readonly string _table;
    private readonly string _onConflict;

    /// <param name="table">The table's name.</param>
    /// <param name="onConflict">What follows "on conflict", such as "do nothing"; empty: a conflict is an error.</param>
    public BulkInsert(string table, string onConflict = "") =>
        (_table, _onConflict) = (table, onConflict.Length == 0 ? "" : $" on conflict {onConflict}");

    public BulkInsert<TRow> With<TValue>(string column, Func<TRow, TValue> value)
    {
        _columns.Add(new(column, row => value(row), rows => rows.Select(value).ToArray()));
        return this;
    }

    public async Task RunAsync(Db db, IReadOnlyList<TRow> rows, CancellationToken cancel = default)
    {
        if (rows.Count == 0) return;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (db.Database.CurrentTransaction ?? throw new InvalidOperationException("Not in a transaction.")).GetDbTransaction();
        Parameter(command, "tenant").Value = db.CurrentTenant.Value;
        await (db.Engine switch
        {
            Engine.Postgres => InsertArraysAsync(command, rows, cancel),
            Engine.Sqlite => InsertEachAsync(command, rows, cancel),
        });
    }

    private async Task InsertArraysAsync(DbCommand command, IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        command.CommandText = $"insert into {_table} (tenant_id, {Names}) select @tenant, r.* from unnest({Parameters}) r{_onConflict}";
        foreach (var (i, column) in _columns.Index()) Parameter(command, $"p{i}").Value = column.All(rows);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task InsertEachAsync(DbCommand command, IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        command.CommandText = $"insert into {_table} (tenant_id, {Names}) values (@tenant, {Parameters}){_onConflict}";
        var parameters = _columns.Index().Select(c => Parameter(command, $"p{c.Index}")).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Count; i++) parameters[i].Value = _columns[i].Of(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private string Names => string.Join(", ", _columns.Select(c => c.Name));

    private string Parameters => string.Join(", ", _columns.Index().Select(c => $"@p{c.Index}"));

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private sealed record Column(string Name, Func<TRow, object?> Of, Func<IReadOnlyList<TRow>, Array> All);
}
