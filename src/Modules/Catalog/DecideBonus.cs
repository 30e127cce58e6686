namespace HaoSuan.Catalog;

/// <summary>
/// Approves a submitted bonus, or the end of one (批准), or rejects it with a reason (驳回). Whoever wrote, changed or submitted it
/// cannot decide it.
/// </summary>
public sealed class DecideBonus(Db db, Schemes schemes, Actor actor, Audit audit, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    /// <param name="key">Which bonus.</param>
    /// <param name="version">1 for its terms, a later one for its end.</param>
    /// <param name="seen">How many steps it had when the approver read it; null where nobody looks.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> ApproveAsync(string key, int version, int? seen = null, CancellationToken cancel = default)
    {
        var move = new Move(ProposalAction.Approved, actor.Name, time.Now) { Seen = seen };
        return db.TakeAsync(schemes, (key, version), move, audit, outbox, (row, read) => GoLiveAsync(row, read, move.At, cancel), cancel);
    }

    public Task<Result<Done>> RejectAsync(string key, int version, string reason, CancellationToken cancel = default) =>
        db.TakeAsync(schemes, (key, version), new(ProposalAction.Rejected, actor.Name, time.Now) { Reason = reason }, audit, outbox, null, cancel);

    private async Task<IReadOnlyList<Refusal>> GoLiveAsync(BonusVersionRow row, BonusVersion read, Instant now, CancellationToken cancel)
    {
        var faults = await schemes.FaultsAsync(read, db, BonusTerms.ThisMonth(tenant, time), cancel);
        if (faults.Count > 0) return faults;
        if (read.IsEnd) (await db.Bonuses.SingleAsync(b => b.Key == row.Key, cancel)).LastMonth = row.LastMonth;
        else db.Add(new BonusRow { Key = row.Key, FirstMonth = row.FirstMonth, LastMonth = row.LastMonth, Json = row.Json, PublishedAt = now });
        return [];
    }
}
