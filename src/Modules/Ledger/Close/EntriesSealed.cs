namespace HaoSuan.Ledger;

/// <summary>Entries get their numbers and hashes some seconds after they are posted; where they do not, nothing proves the month.</summary>
internal sealed class EntriesSealed(Db db, TimeProvider time) : ICheckClosing
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static ClosingStep Step => new("ledger.close_sealed", 80, "/office/ledger");

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var (unsealed, before) = (db.Unsealed, time.Now - Patience);
        var late = await db.Batches.CountAsync(b => b.PostedAt < before && unsealed.Any(u => u.BatchId == b.Id), cancel);
        var last = await db.Blocks.OrderByDescending(b => b.Height).Select(b => (Instant?)b.SealedAt).FirstOrDefaultAsync(cancel);
        return new(late == 0 ? [] : [new(new Refusal("ledger.close_unsealed", late), Step.Href)], At: last);
    }
}
