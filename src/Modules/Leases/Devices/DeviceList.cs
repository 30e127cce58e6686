namespace HaoSuan.Leases;

/// <summary>Devices as the office reads them.</summary>
public sealed class DeviceList(Db db)
{
    /// <summary>Devices by serial number, from the end of one that is looked for or in a state.</summary>
    public async Task<IReadOnlyList<Device>> FindAsync(string? ends, DeviceState? state, int skip, int take, CancellationToken cancel = default)
    {
        var devices = db.Devices.AsNoTracking();
        if (ends?.Trim().ToUpperInvariant() is { Length: > 0 } tail) devices = devices.Where(d => d.Serial.EndsWith(tail));
        if (state is { } one) devices = devices.Where(d => d.State == one);
        return [.. (await devices.OrderBy(d => d.Serial).Skip(skip).Take(take).ToListAsync(cancel)).Select(d => d.ToDevice())];
    }

    public async Task<Device?> OfAsync(string serial, CancellationToken cancel = default) =>
        (await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == serial, cancel))?.ToDevice();

    /// <summary>A device's whole life, from its receipt on.</summary>
    public async Task<IReadOnlyList<DeviceMove>> HistoryAsync(string serial, CancellationToken cancel = default) =>
        await db.DeviceMoves.Where(m => m.Serial == serial).OrderBy(m => m.Step)
            .Select(m => new DeviceMove(m.FromState, m.ToState, m.LeaseId, m.Reason, m.Actor, m.At)).ToListAsync(cancel);

    /// <summary>How many devices of each model are in each state.</summary>
    public async Task<IReadOnlyList<DeviceCount>> CountAsync(CancellationToken cancel = default) =>
        await db.Devices.GroupBy(d => new { d.ModelId, d.State }).Select(g => new DeviceCount(g.Key.ModelId, g.Key.State, g.Count())).ToListAsync(cancel);
}
