using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaoSuan.Platform;

public static class Transaction
{
    private const int Attempts = 8;

    extension(Db db)
    {
        /// <summary>
        /// Runs the work, saves and commits, or changes nothing: on an exception, and on a refused outcome. Inside a running
        /// transaction the work joins it. Work that lost against a concurrent transaction (serialization, deadlock, a busy
        /// file) is run again from the start, so it must gather what it needs inside:
        /// rows that were read before are forgotten, and so are these afterwards.
        /// </summary>
        public async Task<T> InTransaction<T>(Func<Task<T>> work, CancellationToken cancel = default)
        {
            if (db.Database.CurrentTransaction is not null) return await Joined(db, work, cancel);
            if (db.ChangeTracker.HasChanges()) throw new InvalidOperationException("Unsaved changes from outside the transaction.");
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    db.ChangeTracker.Clear();
                    await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                    var outcome = await Joined(db, work, cancel);
                    if (outcome is not IOutcome { IsRefused: true }) await transaction.CommitAsync(cancel);
                    return outcome;
                }
                catch (Exception e) when (attempt < Attempts && IsLost(e))
                {
                    // Another transaction was first: gather and decide anew.
                }
                finally
                {
                    db.ChangeTracker.Clear();
                    db.Turn++;
                }
            }
        }

        public Task InTransaction(Func<Task> work, CancellationToken cancel = default) =>
            db.InTransaction(async () =>
            {
                await work();
                return default(Done);
            }, cancel);

        /// <summary>
        /// Saves within the running transaction. Where somebody else has taken a unique key at the same time, the work is run again from the start, and
        /// decides with that row before its eyes.
        /// </summary>
        public async Task SaveOrRunAgainAsync(CancellationToken cancel = default)
        {
            try
            {
                if (!await db.TryInsertAsync(cancel)) await db.SaveChangesAsync(cancel);
            }
            catch (Exception e) when (IsDuplicate(e))
            {
                throw new LostRaceException(e);
            }
        }

        /// <summary>Reads everything as of one moment, whatever is written meanwhile: sums that are compared come from the same books.</summary>
        public async Task<T> InSnapshot<T>(Func<Task<T>> read, CancellationToken cancel = default)
        {
            if (db.Database.CurrentTransaction is not null) return await read();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            return await read();
        }
    }

    /// <summary>Whether the exception says that a unique key was already there.</summary>
    public static bool IsDuplicate(Exception e) => e is DbUpdateException { InnerException: { } inner } ? IsDuplicate(inner) : e switch
    {
        PostgresException p => p.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException s => s.SqliteExtendedErrorCode is 1555 or 2067,
        _ => false,
    };

    private static async Task<T> Joined<T>(Db db, Func<Task<T>> work, CancellationToken cancel)
    {
        var outcome = await work();
        if (outcome is not IOutcome { IsRefused: true }) await db.SaveChangesAsync(cancel);
        return outcome;
    }

    private static bool IsLost(Exception e) => e switch
    {
        DbUpdateConcurrencyException or LostRaceException => true,
        PostgresException p => p.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        SqliteException s => s.SqliteErrorCode is 5 or 6,
        { InnerException: { } inner } => IsLost(inner),
        _ => false,
    };
}

/// <summary>Another transaction has done the same in the meantime: <see cref="Transaction"/> runs the work again, and it will find it done.</summary>
public sealed class LostRaceException(Exception inner) : Exception(inner.Message, inner);
