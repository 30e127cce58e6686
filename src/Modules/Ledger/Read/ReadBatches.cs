using System.Runtime.CompilerServices;

namespace HaoSuan.Ledger;

internal static class ReadBatches
{
    private const int EntriesAtOnce = 4_000;
    private const int IdsAtOnce = 256;

    extension(Db db)
    {
        /// <summary>Whole batches with their entries by id and their postings by entry and line, some at a time, so that memory does not grow.</summary>
        /// <param name="batches">By id or in any other order: what comes is in the same.</param>
        /// <param name="cancel">Stops it.</param>
        internal async IAsyncEnumerable<(BatchRow Batch, IReadOnlyList<EntryRow> Entries, IReadOnlyList<PostingRow> Postings)> ReadBatchesAsync(
            IReadOnlyList<BatchRow> batches, [EnumeratorCancellation] CancellationToken cancel)
        {
            for (var start = 0; start < batches.Count;)
            {
                var count = 1;
                for (var sum = batches[start].Entries; start + count < batches.Count; count++)
                {
                    sum += batches[start + count].Entries;
                    if (sum > EntriesAtOnce || Math.Abs(batches[start + count].Id - batches[start].Id) > IdsAtOnce) break;
                }
                var chunk = batches.Skip(start).Take(count).ToList();
                var ids = chunk.ConvertAll(b => b.Id);
                var (from, until) = (ids.Min() * Batch.MostEntries, (ids.Max() + 1) * Batch.MostEntries);
                var entries = (await db.Entries.AsNoTracking()
                    .Where(e => e.Id >= from && e.Id < until && EF.Parameter(ids).Contains(e.Id / Batch.MostEntries)).ToListAsync(cancel))
                    .ToLookup(e => Batch.BatchOf(e.Id));
                var postings = (await db.Postings.AsNoTracking()
                    .Where(p => p.EntryId >= from && p.EntryId < until && EF.Parameter(ids).Contains(p.EntryId / Batch.MostEntries)).ToListAsync(cancel))
                    .ToLookup(p => Batch.BatchOf(p.EntryId));
                foreach (var batch in chunk)
                {
                    yield return (
                        batch, [.. entries[batch.Id].OrderBy(e => e.Id)], [.. postings[batch.Id].OrderBy(p => p.EntryId).ThenBy(p => p.Line)]);
                }
                start += count;
            }
        }
    }
}
