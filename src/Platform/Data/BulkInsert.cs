using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>
/// Inserts many rows in one statement, past the change tracker: one prepared statement on SQLite, arrays on PostgreSQL, or binary
/// COPY where the table has a partition without row-level security, which COPY refuses. Each row gets the current tenant's id.
/// It must run inside a transaction.
/// </summary>
public sealed class BulkInsert<TRow>
{
    // For a few rows the one round trip of an array insert is cheaper than the two of COPY.
    private const int WorthCopying = 64;

    private readonly List<Column> _columns = [];
    private readonly string _table;
    private readonly string _onConflict;
    private readonly string? _copyInto;

    /// <param name="table">The table's name.</param>
    /// <param name="onConflict">What follows "on conflict", such as "do nothing"; empty: a conflict is an error.</param>
    /// <param name="copyInto">On PostgreSQL, the table's only partition.</param>
    public BulkInsert(string table, string onConflict = "", string? copyInto = null) =>
        (_table, _onConflict, _copyInto) = (table, onConflict.Length == 0 ? "" : $" on conflict {onConflict}", copyInto);

    public BulkInsert<TRow> With<TValue>(string column, Func<TRow, TValue> value)
    {
        _columns.Add(new(
            column, row => value(row), rows => rows.Select(value).ToArray(),
            (copy, row) => copy.Value(value(row))));
        return this;
    }

    public async Task RunAsync(Db db, IReadOnlyList<TRow> rows, CancellationToken cancel = default)
    {
        if (rows.Count == 0) return;
        var transaction = (db.Database.CurrentTransaction ?? throw new InvalidOperationException("Not in a transaction.")).GetDbTransaction();
        if (_copyInto is not null && rows.Count >= WorthCopying && transaction.Connection is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, db.CurrentTenant, rows, cancel);
            return;
        }
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction;
        Parameter(command, "tenant").Value = db.CurrentTenant.Value;
        await (db.Engine switch
        {
            Engine.Postgres => InsertArraysAsync(command, rows, cancel),
            Engine.Sqlite => InsertEachAsync(command, rows, cancel),
        });
    }

    private async Task CopyAsync(NpgsqlConnection connection, TenantId tenant, IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {_copyInto} (tenant_id, {Names}) from stdin (format binary)", cancel);
        try
        {
            var copy = new CopyWriter(stream);
            copy.Begin();
            foreach (var row in rows)
            {
                copy.Row(_columns.Count + 1);
                copy.Value(tenant.Value);
                foreach (var column in _columns) column.Copy(copy, row);
                await copy.SendAsync(cancel);
            }
            await copy.EndAsync(cancel);
        }
        catch
        {
            await stream.CancelAsync();     // disposing alone would tell the server that these were all rows
            throw;
        }
    }

    private async Task InsertArraysAsync(DbCommand command, IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        command.CommandText =
            $"insert into {_copyInto ?? _table} (tenant_id, {Names}) select @tenant, r.* from unnest({Parameters}) r{_onConflict}";
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

    private sealed record Column(
        string Name, Func<TRow, object?> Of, Func<IReadOnlyList<TRow>, Array> All, Action<CopyWriter, TRow> Copy);
}
