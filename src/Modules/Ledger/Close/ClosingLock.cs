namespace HaoSuan.Ledger;

/// <summary>
/// Keeps a month from being closed under those who are posting to it. A lock in the server's memory that posters share costs them
/// nothing; on SQLite whoever writes is alone anyway.
/// </summary>
internal static class ClosingLock
{
    private const int Key = 0x1ED6E5;

    extension(Db db)
    {
        /// <summary>Shared by posters until the transaction ends.</summary>
        internal async Task KeepMonthsOpenAsync(CancellationToken cancel)
        {
            if (db.Engine == Engine.Postgres)
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Key}, {db.CurrentTenant.Value})", cancel);
        }

        /// <summary>For whoever closes: waits for all posters.</summary>
        internal async Task HoldMonthsAsync(CancellationToken cancel)
        {
            if (db.Engine == Engine.Postgres)
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key}, {db.CurrentTenant.Value})", cancel);
        }
    }
}
