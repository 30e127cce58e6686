using System.Data;
using System.Runtime.CompilerServices;

namespace HaoSuan.Ledger;

/// <summary>
/// Replays the whole journal in one snapshot of the database and compares: numbers without a gap, every entry balanced, every
/// hash, the chain's end, and every balance. It streams, so its memory does not grow with the books.
/// </summary>
public sealed class VerifyLedger(Db db)
{
    private const int Chunk = 2_000;

    public async Task<Verification> RunAsync(CancellationToken cancel = default)
    {
        if (db.Database.CurrentTransaction is not null) return await ReplayAsync(cancel);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await ReplayAsync(cancel);
    }

    private async Task<Verification> ReplayAsync(CancellationToken cancel)
    {
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, cancel);
        var replay = new Replay();
        await foreach (var (entries, postings) in ChunksAsync(cancel))
        {
            foreach (var row in entries) replay.Take(row.Number, EntryOf(row, postings[row.Number], accounts), row.PostedAt, row.Hash);
            foreach (var stray in postings.Select(p => p.Key).Except(entries.Select(e => e.Number))) replay.TakeStray(stray);
        }
        var head = await db.Heads.AsNoTracking().SingleOrDefaultAsync(cancel);
        return replay.Finish(head, accounts.Values.ToDictionary(a => a.Code, a => a.Balance, StringComparer.Ordinal));
    }

    private async IAsyncEnumerable<(List<EntryRow> Entries, ILookup<long, PostingRow> Postings)> ChunksAsync(
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var after = long.MinValue;
        while (true)
        {
            var entries = await db.Entries.AsNoTracking().Where(e => e.Number > after).OrderBy(e => e.Number).Take(Chunk).ToListAsync(cancel);
            var last = entries.Count < Chunk ? long.MaxValue : entries[^1].Number;
            var postings = await db.Postings.AsNoTracking().Where(p => p.EntryNumber > after && p.EntryNumber <= last)
                .OrderBy(p => p.EntryNumber).ThenBy(p => p.Line).ToListAsync(cancel);
            yield return (entries, postings.ToLookup(p => p.EntryNumber));
            if (last == long.MaxValue) yield break;
            after = last;
        }
    }

    private static Entry EntryOf(EntryRow row, IEnumerable<PostingRow> postings, Dictionary<int, AccountRow> accounts) =>
        new(row.Kind, row.Source, row.At, row.Memo,
            [.. postings.Select(p => new Posting(new(accounts.GetValueOrDefault(p.AccountId)?.Code ?? $"?{p.AccountId}"), p.Amount))],
            row.OrderId);
}
