using HaoSuan.Orders;

namespace HaoSuan.Leases;

/// <summary>The devices that are for lease, with what is in stock.</summary>
public sealed class DeviceModels(Db db, EnterShop shop)
{
    public Task<IReadOnlyList<DeviceModel>> AllAsync(CancellationToken cancel = default) => ReadAsync(db.DeviceModels, cancel);

    public async Task<DeviceModel?> FindAsync(DeviceModelId id, CancellationToken cancel = default) =>
        await ReadAsync(db.DeviceModels.Where(m => m.Id == id), cancel) is [var model] ? model : null;

    /// <summary>What consumers may lease now.</summary>
    public Task<IReadOnlyList<DeviceModel>> OnOfferAsync(CancellationToken cancel = default) => ReadAsync(db.DeviceModels.Where(m => m.OnOffer), cancel);

    /// <summary>The contract that who leases it now accepts.</summary>
    public async Task<LeaseContract> ContractAsync(DeviceModel model, CancellationToken cancel = default)
    {
        var text = ContractText.Of(await shop.NameAsync(cancel), model.Name, model.Terms);
        return new(text, ContractText.MarkOf(text));
    }

    private async Task<IReadOnlyList<DeviceModel>> ReadAsync(IQueryable<ModelRow> models, CancellationToken cancel)
    {
        var rows = await models.AsNoTracking().OrderBy(m => m.Code).ToListAsync(cancel);
        var ids = rows.ConvertAll(m => m.Id);
        var free = await db.Devices.Where(d => d.State == DeviceState.InStock && ids.Contains(d.ModelId)).GroupBy(d => d.ModelId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return rows.ConvertAll(m => m.ToModel(free.GetValueOrDefault(m.Id)));
    }
}
