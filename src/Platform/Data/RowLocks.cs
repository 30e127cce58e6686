using System.Buffers.Binary;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Platform;

public static class RowLocks
{
    internal const string Tag = "for update";
    internal const string SkippingTag = "for update skip locked";

    /// <summary>Locks the rows that the query returns until the transaction ends. On SQLite a write transaction is alone anyway.</summary>
    public static IQueryable<T> ForUpdate<T>(this IQueryable<T> query) => query.TagWith(Tag);

    /// <summary>The same for those rows that nobody else holds: how workers share a queue.</summary>
    public static IQueryable<T> ForUpdateSkippingLocked<T>(this IQueryable<T> query) => query.TagWith(SkippingTag);

    /// <summary>
    /// Locks what has these hashes, whether there is a row of it or not, until the transaction ends. Always in one sequence, so that nobody waits
    /// in a circle. Two hashes with the same first 8 bytes wait for each other, which does no harm.
    /// </summary>
    public static async Task HoldAsync(this Db db, IEnumerable<byte[]> hashes, CancellationToken cancel = default)
    {
        if (db.Engine == Engine.Sqlite) return;
        var keys = hashes.Select(h => BinaryPrimitives.ReadInt64BigEndian(h)).Distinct().Order().ToArray();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(k) from unnest({keys}) k", cancel);
    }
}

/// <summary>Turns the tags of <see cref="RowLocks"/> into PostgreSQL's clauses, which LINQ has no words for.</summary>
internal sealed class RowLockInterceptor : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("-- " + RowLocks.SkippingTag, StringComparison.Ordinal)) command.CommandText += "\nFOR UPDATE SKIP LOCKED";
        else if (command.CommandText.StartsWith("-- " + RowLocks.Tag, StringComparison.Ordinal)) command.CommandText += "\nFOR UPDATE";
        return new(result);
    }
}
