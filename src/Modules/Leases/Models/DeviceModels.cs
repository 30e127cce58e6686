namespace HaoSuan.Leases;

/// <summary>The devices that are for lease, with what is in stock.</summary>
public sealed class DeviceModels(Db db)
{
    public async Task<IReadOnlyList<DeviceModel>> AllAsync(CancellationToken cancel = default)
    {
        var free = await db.Devices.Where(d => d.State == DeviceState.InStock).GroupBy(d => d.ModelId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. (await db.DeviceModels.AsNoTracking().OrderBy(m => m.Code).ToListAsync(cancel)).Select(m => m.ToModel(free.GetValueOrDefault(m.Id)))];
    }

    public async Task<DeviceModel?> FindAsync(DeviceModelId id, CancellationToken cancel = default) =>
        (await AllAsync(cancel)).FirstOrDefault(m => m.Id == id);

    /// <summary>What consumers may lease now.</summary>
    public async Task<IReadOnlyList<DeviceModel>> OnOfferAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync(cancel)).Where(m => m.OnOffer)];
}
