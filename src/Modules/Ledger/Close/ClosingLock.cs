namespace HaoSuan.Ledger;

/// <summary>
/// Keeps a month from being closed under those who are posting to it. A lock in the server's memory that posters share costs them
/// nothing; on SQLite whoever writes is alone anyway.
/// </summary>
internal static class ClosingLock
{
    private const string Key = "2021093";

    /// <summary>For PostgreSQL: shared by posters until the transaction ends. It has a result without a value.</summary>
    internal const string Share = $"select pg_advisory_xact_lock_shared({Key}, @tenant)";

    extension(Db db)
    {
        /// <summary>For whoever closes: waits for all posters.</summary>
        internal async Task HoldMonthsAsync(CancellationToken cancel)
        {
            if (db.Engine == Engine.Postgres)
                await db.Database.ExecuteSqlRawAsync($"select pg_advisory_xact_lock({Key}, {{0}})", [db.CurrentTenant.Value], cancel);
        }
    }
}
