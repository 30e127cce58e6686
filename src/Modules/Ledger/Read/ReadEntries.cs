namespace HaoSuan.Ledger;

internal static class ReadEntries
{
    extension(Db db)
    {
        /// <summary>Rows of entries with their postings, numbers and instants of posting, by id.</summary>
        internal async Task<List<PostedEntry>> ReadEntriesAsync(IQueryable<EntryRow> entries, CancellationToken cancel)
        {
            var rows = await entries.AsNoTracking().OrderBy(e => e.Id).ToListAsync(cancel);
            if (rows.Count == 0) return [];
            var batches = await db.BatchesOfAsync([.. rows.Select(r => r.Id)], cancel);
            var postings = await db.PostingsOfAsync([.. rows.Select(r => r.Id)], cancel);
            return rows.ConvertAll(row =>
            {
                var (postedAt, first) = batches[Batch.BatchOf(row.Id)];
                return new PostedEntry(
                    row.Id, first + Batch.PositionOf(row.Id), row.Period, row.Kind, row.Source, row.At, postedAt, row.Memo, row.OrderId,
                    [.. postings[row.Id]]);
            });
        }

        internal async Task<Dictionary<long, (Instant PostedAt, long? FirstNumber)>> BatchesOfAsync(
            IEnumerable<long> entries, CancellationToken cancel)
        {
            var ids = entries.Select(Batch.BatchOf).Distinct().ToList();
            var seals = db.Seals;
            return await db.Batches.Where(b => EF.Parameter(ids).Contains(b.Id)).Select(b => new
            {
                b.Id,
                b.PostedAt,
                First = seals.Where(s => s.BatchId == b.Id).Select(s => (long?)s.FirstNumber).FirstOrDefault(),
            }).ToDictionaryAsync(b => b.Id, b => (b.PostedAt, b.First), cancel);
        }

        private async Task<ILookup<long, Posting>> PostingsOfAsync(List<long> entries, CancellationToken cancel)
        {
            var accounts = db.Accounts;
            var lines = await db.Postings.Where(p => EF.Parameter(entries).Contains(p.EntryId))
                .Join(accounts, p => p.AccountId, a => a.Id, (p, a) => new { p.EntryId, p.Line, a.Code, p.Amount.Minor, p.Label })
                .ToListAsync(cancel);
            return lines.OrderBy(l => l.Line).ToLookup(l => l.EntryId, l => new Posting(new(l.Code), new(l.Minor), l.Label));
        }
    }
}
