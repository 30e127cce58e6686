namespace HaoSuan.Distributors;

/// <summary>
/// Adds a distributor, of the first level or under one of the first level. There is no third level: paying for sales further
/// down is what 禁止传销条例 §7(三) forbids.
/// </summary>
public sealed class AddDistributor(Db db, Audit audit, TimeProvider time)
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
            ParentId = asked.ParentId,
            Code = asked.Code,
            Name = asked.Name.Trim(),
            Active = true,
            JoinedAt = time.Now,
        };
        db.Add(row);
        audit.Record("distributor.added", $"distributor:{row.Id.Value}", row.Code);
        return row.Id;
    }

    private async Task<Refusal?> RefusedUnderAsync(DistributorId id, CancellationToken cancel)
    {
        if (await db.Distributors.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } parent)
            return new Refusal("distributors.parent_unknown");
        if (parent.ParentId is not null) return new Refusal("distributors.too_deep");
        return parent.Active ? null : new Refusal("distributors.inactive", parent.Code);
    }
}
