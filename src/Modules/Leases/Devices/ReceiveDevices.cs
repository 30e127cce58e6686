using HaoSuan.Platform.Sheets;

namespace HaoSuan.Leases;

/// <summary>
/// Takes devices into stock (设备入库) by a sheet, all of them or none. Those that are there already stay as they are, so that a sheet may come twice;
/// one that is of another model is refused by its line.
/// </summary>
public sealed class ReceiveDevices(Db db, DeviceBook book, Audit audit)
{
    public Task<Result<DevicesReceived>> RunAsync(DeviceModelId model, IReadOnlyList<SheetLine> lines, CancellationToken cancel = default) =>
        DeviceLines.Of(lines).TryGet(out var devices, out var faults)
            ? db.InTransaction(() => ReceiveAsync(model, devices, cancel), cancel)
            : Task.FromResult<Result<DevicesReceived>>(faults.ToList());

    private async Task<Result<DevicesReceived>> ReceiveAsync(DeviceModelId model, IReadOnlyList<DeviceLine> devices, CancellationToken cancel)
    {
        if (!await db.DeviceModels.AnyAsync(m => m.Id == model, cancel)) return new Refusal("leases.model_unknown").On("model");
        var asked = devices.Select(d => d.Serial).ToList();
        var known = await db.Devices.Where(d => EF.Parameter(asked).Contains(d.Serial)).ToDictionaryAsync(d => d.Serial, d => d.ModelId, cancel);
        var others = devices.Where(d => known.TryGetValue(d.Serial, out var other) && other != model)
            .Select(d => new Refusal("leases.line_of_another_model", d.Line, d.Serial)).ToList();
        if (others.Count > 0) return DeviceLines.Shown(others);
        List<string> fresh = [.. asked.Where(s => !known.ContainsKey(s))];
        book.Receive(fresh, model);
        audit.Record("devices.received", $"device_model:{model.Value}", $"{fresh.Count}");
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            // Somebody else has received them at the same time.
            throw new LostRaceException(e);
        }
        return new DevicesReceived(fresh.Count, known.Count);
    }
}
