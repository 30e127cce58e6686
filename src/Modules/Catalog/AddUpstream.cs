namespace HaoSuan.Catalog;

/// <summary>Adds an upstream.</summary>
public sealed class AddUpstream(Db db, Audit audit, TimeProvider time)
{
    public Task<Result<UpstreamId>> RunAsync(NewUpstream asked, CancellationToken cancel = default) =>
        db.InTransaction(() => AddAsync(asked, cancel), cancel);

    private async Task<Result<UpstreamId>> AddAsync(NewUpstream asked, CancellationToken cancel)
    {
        var faults = Naming.Faults(asked).ToList();
        if (faults.Count > 0) return faults;
        if (await db.Upstreams.AnyAsync(u => u.Key == asked.Key, cancel)) return new Refusal("catalog.key_taken", asked.Key).On("key");
        var row = new UpstreamRow
        {
            Id = NewId.Of<UpstreamId>(time),
            Key = asked.Key,
            Name = asked.Name.Trim(),
            Wire = asked.Wire,
            Settings = asked.Settings,
            CreatedAt = time.Now,
        };
        db.Add(row);
        audit.Record("upstream.added", $"upstream:{row.Id.Value}", row.Key);
        return row.Id;
    }
}
