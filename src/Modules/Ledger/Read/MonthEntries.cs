namespace HaoSuan.Ledger;

/// <summary>
/// The ids between which a month's entries stand: they are in the order of posting, and nothing is booked in a month to come or in a
/// closed one.
/// </summary>
internal static class MonthEntries
{
    extension(Db db)
    {
        /// <summary>Entries of other months may stand there, too.</summary>
        internal async Task<(long First, long Last)> EntriesOfAsync(Month month, Zone zone, CancellationToken cancel)
        {
            var begin = zone.StartOf(month.First);
            // The product keeps PostgreSQL from walking through all ids until it meets that month.
            return await db.Batches.Where(b => b.PostedAt >= begin).MinAsync(b => (long?)(b.Id * Batch.MostEntries), cancel) is { } first
                ? (first, await LastAsync(db, month, cancel))
                : (long.MaxValue, long.MinValue);
        }

        /// <summary>The act since which the month is closed without a break; null where it is open.</summary>
        internal async Task<ClosingRow?> ClosingOfAsync(Month month, CancellationToken cancel)
        {
            var open = await db.Closings.Where(c => c.ClosedThrough < month).MaxAsync(c => (int?)c.Sequence, cancel) ?? 0;
            return await db.Closings.AsNoTracking().Where(c => c.Sequence > open).OrderBy(c => c.Sequence).FirstOrDefaultAsync(cancel);
        }
    }

    // Closing waits for all posters and seals what they have posted: whatever is sealed later has a greater id.
    private static async Task<long> LastAsync(Db db, Month month, CancellationToken cancel) =>
        await db.ClosingOfAsync(month, cancel) is { Height: var height }
            && await db.Seals.Where(s => s.Height == height + 1).MaxAsync(s => (long?)s.BatchId, cancel) is { } later
                ? (later * Batch.MostEntries) - 1
                : long.MaxValue;
}
