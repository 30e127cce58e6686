using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>Rows for one table, made by <see cref="BulkInsert{TRow}"/>.</summary>
public abstract class Insert
{
    internal abstract bool IsEmpty { get; }

    internal abstract bool IsWorthCopying { get; }

    internal abstract Task CopyAsync(NpgsqlConnection connection, TenantId tenant, CancellationToken cancel);

    internal abstract NpgsqlBatchCommand Arrays(TenantId tenant);

    internal abstract Task EachAsync(DbTransaction transaction, TenantId tenant, CancellationToken cancel);
}

public static class BulkInserts
{
    extension(Db db)
    {
        /// <summary>
        /// Writes rows into several tables, past the change tracker: one prepared statement for each on SQLite; on PostgreSQL all in one round
        /// trip, as arrays, but by binary COPY what is much and has a partition without row-level security, which COPY refuses. Each row gets
        /// the current tenant's id. It must run inside a transaction.
        /// </summary>
        public async Task InsertAsync(IEnumerable<Insert> inserts, CancellationToken cancel = default)
        {
            var transaction = (db.Database.CurrentTransaction ?? throw new InvalidOperationException("Not in a transaction.")).GetDbTransaction();
            var filled = inserts.Where(i => !i.IsEmpty).ToList();
            if (transaction.Connection is not NpgsqlConnection postgres)
            {
                foreach (var insert in filled) await insert.EachAsync(transaction, db.CurrentTenant, cancel);
                return;
            }
            await using var batch = postgres.CreateBatch();
            foreach (var insert in filled)
            {
                if (insert.IsWorthCopying) await insert.CopyAsync(postgres, db.CurrentTenant, cancel);
                else batch.BatchCommands.Add(insert.Arrays(db.CurrentTenant));
            }
            if (batch.BatchCommands.Count == 0) return;
            await batch.PrepareAsync(cancel);     // once for each connection of the pool
            await batch.ExecuteNonQueryAsync(cancel);
        }
    }
}

/// <summary>How rows are written into a table: <see cref="BulkInserts.InsertAsync"/>.</summary>
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

    public Task RunAsync(Db db, IReadOnlyList<TRow> rows, CancellationToken cancel = default) => db.InsertAsync([Of(rows)], cancel);

    public Insert Of(IReadOnlyList<TRow> rows) => new Rows(this, rows);

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
            await CancelAsync(stream);     // disposing alone would tell the server that these were all rows
            throw;
        }
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Npgsql has ended it itself, as it does when the line breaks: what went wrong first is what is told.
        }
    }

    private NpgsqlBatchCommand Arrays(TenantId tenant, IReadOnlyList<TRow> rows)
    {
        var command = new NpgsqlBatchCommand($"insert into {_copyInto ?? _table} (tenant_id, {Names}) select $1, r.* from unnest({Places}) r{_onConflict}");
        command.Parameters.Add(new() { Value = tenant.Value });
        foreach (var column in _columns) command.Parameters.Add(new() { Value = column.All(rows) });
        return command;
    }

    private async Task EachAsync(DbTransaction transaction, TenantId tenant, IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {_table} (tenant_id, {Names}) values ($1, {Places}){_onConflict}";
        Parameter(command, 1).Value = tenant.Value;
        var parameters = _columns.Index().Select(c => Parameter(command, c.Index + 2)).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Count; i++) parameters[i].Value = _columns[i].Of(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private string Names => string.Join(", ", _columns.Select(c => c.Name));

    private string Places => string.Join(", ", _columns.Index().Select(c => $"${c.Index + 2}"));

    private static DbParameter Parameter(DbCommand command, int place)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"${place}";
        command.Parameters.Add(parameter);
        return parameter;
    }

    private sealed class Rows(BulkInsert<TRow> table, IReadOnlyList<TRow> rows) : Insert
    {
        internal override bool IsEmpty => rows.Count == 0;

        internal override bool IsWorthCopying => table._copyInto is not null && rows.Count >= WorthCopying;

        internal override Task CopyAsync(NpgsqlConnection connection, TenantId tenant, CancellationToken cancel) =>
            table.CopyAsync(connection, tenant, rows, cancel);

        internal override NpgsqlBatchCommand Arrays(TenantId tenant) => table.Arrays(tenant, rows);

        internal override Task EachAsync(DbTransaction transaction, TenantId tenant, CancellationToken cancel) =>
            table.EachAsync(transaction, tenant, rows, cancel);
    }

    private sealed record Column(
        string Name, Func<TRow, object?> Of, Func<IReadOnlyList<TRow>, Array> All, Action<CopyWriter, TRow> Copy);
}
