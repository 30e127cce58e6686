namespace HaoSuan.Catalog;

/// <summary>
/// Writes a bonus as a draft (草稿), or changes one that is a draft or was rejected; or writes that a live one is to end (结束). It
/// holds when it has been submitted, and approved by somebody else. The terms of a live one never change: other terms are another bonus.
/// </summary>
public sealed class DraftBonus(Db db, Schemes schemes, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    /// <param name="json">A bonus as docs/settlement.md writes it. Its key is its own for ever.</param>
    /// <param name="first">The first calendar month that it holds for: not before this month.</param>
    /// <param name="last">The last one; null: it goes on.</param>
    /// <param name="change">The key of the draft to change; null: a new bonus.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Its key; or a refusal for each fault, on the field of its path.</returns>
    public Task<Result<string>> RunAsync(
        string json, Month first, Month? last = null, string? change = null, CancellationToken cancel = default) =>
        db.InTransaction(() => DraftAsync(json, first, last, change, cancel), cancel);

    /// <summary>Writes that a live bonus ends with that month, not before this one; or changes what was written.</summary>
    /// <returns>The number of the version that ends it.</returns>
    public Task<Result<int>> EndAsync(string key, Month last, CancellationToken cancel = default) => db.InTransaction<Result<int>>(async () =>
    {
        var newest = await db.LockBonusAsync(key, null, cancel);
        if (await db.Bonuses.FirstOrDefaultAsync(b => b.Key == key, cancel) is not { } live) return new Refusal("catalog.bonus_unknown", key);
        if (BonusTerms.EndFault(live, last, BonusTerms.ThisMonth(tenant, time)) is { } fault) return fault;
        if (newest!.State == ProposalState.Submitted) return new Refusal("catalog.version_not_editable");
        var isNew = newest.State == ProposalState.Approved;
        if (!isNew && newest.State == ProposalState.Draft && newest.LastMonth == last) return newest.Version;      // sent twice
        var row = isNew ? Row(key, newest.Version + 1, live.Json, live.FirstMonth, last) : newest;
        if (isNew) db.Add(row);
        row.LastMonth = last;
        await NoteAsync(row, isNew, cancel);
        return row.Version;
    }, cancel);

    private async Task<Result<string>> DraftAsync(string json, Month first, Month? last, string? change, CancellationToken cancel)
    {
        if (!BonusTerms.Read(json).TryGet(out var bonus, out var faults)) return faults.ToList();
        var row = await db.LockBonusAsync(bonus.Key, null, cancel);
        if (change is null && row is { State: ProposalState.Draft, Version: 1 } && row.Json == json && (row.FirstMonth, row.LastMonth) == (first, last))
            return row.Key;     // sent twice
        if (change is null && row is not null) return new Refusal("catalog.bonus_taken", bonus.Key).On("key");
        if (change is not null && change != bonus.Key) return new Refusal("catalog.bonus_key_kept", change).On("key");
        if (change is not null && row is not { Version: 1, State: ProposalState.Draft or ProposalState.Rejected })
            return new Refusal("catalog.version_not_editable");
        List<Refusal> refusals = [.. BonusTerms.MonthFaults(first, last, BonusTerms.ThisMonth(tenant, time)), .. await schemes.FaultsAsync(bonus, db, cancel)];
        if (refusals.Count > 0) return refusals;
        var isNew = row is null;
        row ??= Row(bonus.Key, 1, json, first, last);
        if (isNew) db.Add(row);
        (row.Json, row.FirstMonth, row.LastMonth) = (json, first, last);
        await NoteAsync(row, isNew, cancel);
        return row.Key;
    }

    private async Task NoteAsync(BonusVersionRow row, bool isNew, CancellationToken cancel)
    {
        var steps = await db.BonusSteps.CountAsync(s => s.Key == row.Key && s.Version == row.Version, cancel);
        db.AddStep(row, steps + 1, new(isNew ? ProposalAction.Drafted : ProposalAction.Changed, actor.Name, time.Now), audit);
    }

    private static BonusVersionRow Row(string key, int version, string json, Month first, Month? last) =>
        new() { Key = key, Version = version, State = ProposalState.Draft, FirstMonth = first, LastMonth = last, Json = json };
}
