namespace HaoSuan.Distributors;

/// <summary>Adds a distributor, of the first level or under another one, as deep as <see cref="LevelLimit"/> allows.</summary>
public sealed class AddDistributor(Db db, LevelLimit levels, Audit audit, TimeProvider time)
{
    public Task<Result<DistributorId>> RunAsync(NewDistributor asked, CancellationToken cancel = default) =>
        db.InTransaction(() => AddAsync(asked, cancel), cancel);

    private async Task<Result<DistributorId>> AddAsync(NewDistributor asked, CancellationToken cancel)
    {
        var faults = Naming.Faults(asked).ToList();
        if (await db.Distributors.AnyAsync(d => d.Code == asked.Code, cancel))
            faults.Add(new Refusal("distributors.code_taken", asked.Code).On("code"));
        if (asked.ParentId is { } parentId && await RefusedUnderAsync(parentId, cancel) is { } refusal) faults.Add(refusal.On("parent"));
        if (faults.Count > 0) return faults;
        var row = new DistributorRow
        {
            Id = NewId.Of<DistributorId>(time),
            JoinedUnder = asked.ParentId,
            Code = asked.Code,
            Name = asked.Name.Trim(),
            Active = true,
            JoinedAt = time.Now,
        };
        db.Add(row);
        audit.Record("distributor.added", $"distributor:{row.Id.Value}", row.Code);
        await db.SaveOrRunAgainAsync(cancel);
        return row.Id;
    }

    /// <summary>A parent that is itself going to move takes its children along: they must not stand too deep then, either.</summary>
    internal async Task<Refusal?> RefusedUnderAsync(DistributorId id, CancellationToken cancel)
    {
        if (await db.Distributors.AsNoTracking().Where(d => d.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } parent)
            return new Refusal("distributors.parent_unknown");
        if (!parent.Active) return new Refusal("distributors.inactive", parent.Code);
        // Whoever is frozen would go on selling by the links of those whom he brings in meanwhile.
        if ((await db.Freezes.AsNoTracking().Where(f => f.DistributorId == id).ToListAsync(cancel)).Exists(f => f.ToFreeze().HoldsAt(time.Now)))
            return new Refusal("distributors.frozen_parent", parent.Code);
        var newcomer = new Placement(NewId.Of<DistributorId>(time), id, []);
        var all = new Dictionary<DistributorId, Placement>(await db.PlacementsAsync(db.Distributors, cancel)) { [newcomer.Id] = newcomer };
        return Shape.Fault(all, newcomer.Id, time.Now, await levels.PresentAsync(cancel));
    }
}
