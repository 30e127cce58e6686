namespace HaoSuan.Distributors;

/// <summary>
/// How many levels of distributors there may be (层级上限): two, unless one person asks for another number with a reason and an
/// administrator who is somebody else agrees. Three is the most that anybody may have.
/// </summary>
public sealed class LevelLimit(Db db, Actor actor, Audit audit, TimeProvider time)
{
    public async Task<int> PresentAsync(CancellationToken cancel = default) =>
        await db.LevelLimits.Where(l => l.Approved == true).OrderByDescending(l => l.Number).Select(l => (int?)l.Levels).FirstOrDefaultAsync(cancel)
        ?? Levels.Usual;

    public Task<Result<int>> AskAsync(int levels, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<int>>(async () =>
        {
            List<Refusal> faults = [];
            if (levels is < 1 or > Levels.Most) faults.Add(new Refusal("distributors.levels_wrong", Levels.Most).On("levels"));
            if (Reasons.Fault(reason) is { } fault) faults.Add(fault);
            if (faults.Count > 0) return faults;
            var last = await db.LevelLimits.OrderByDescending(l => l.Number).FirstOrDefaultAsync(cancel);
            if (last is { Approved: null }) return new Refusal("distributors.levels_asked_already");
            var row = new LevelLimitRow { Number = (last?.Number ?? 0) + 1, Levels = levels, Reason = reason.Trim(), AskedAt = time.Now, AskedBy = actor.Name };
            db.Add(row);
            audit.Record("levels.asked", $"levels:{row.Number}", $"{levels}");
            await db.SaveOrRunAgainAsync(cancel);
            return row.Number;
        }, cancel);

    /// <summary>Says yes or no. Distributors that stand deeper than a lower limit allows stay, and are seen on the page of compliance.</summary>
    public Task<Result<Done>> DecideAsync(int number, bool approve, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.LevelLimits.Where(l => l.Number == number).ForUpdate().FirstOrDefaultAsync(cancel) is not { Approved: null } row)
                return new Refusal("distributors.levels_decided");
            if (row.AskedBy == actor.Name) return new Refusal("distributors.levels_second_person");
            (row.Approved, row.DecidedAt, row.DecidedBy) = (approve, time.Now, actor.Name);
            audit.Record(approve ? "levels.approved" : "levels.refused", $"levels:{number}", $"{row.Levels}");
            return default(Done);
        }, cancel);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<LevelLimitStep>> HistoryAsync(CancellationToken cancel = default) =>
        [.. (await db.LevelLimits.AsNoTracking().OrderByDescending(l => l.Number).ToListAsync(cancel))
            .Select(l => new LevelLimitStep(l.Number, l.Levels, l.Reason, l.AskedAt, l.AskedBy, l.DecidedAt, l.DecidedBy, l.Approved))];
}
