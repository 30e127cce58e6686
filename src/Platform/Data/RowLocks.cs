using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Platform;

public static class RowLocks
{
    internal const string Tag = "for update";

    /// <summary>Locks the rows that the query returns until the transaction ends. On SQLite a write transaction is alone anyway.</summary>
    public static IQueryable<T> ForUpdate<T>(this IQueryable<T> query) => query.TagWith(Tag);
}

/// <summary>Turns the tag of <see cref="RowLocks.ForUpdate{T}"/> into PostgreSQL's clause, which LINQ has no word for.</summary>
internal sealed class RowLockInterceptor : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("-- " + RowLocks.Tag, StringComparison.Ordinal)) command.CommandText += "\nFOR UPDATE";
        return new(result);
    }
}
