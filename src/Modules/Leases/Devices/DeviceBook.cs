namespace HaoSuan.Leases;

/// <summary>Writes the steps of devices: the row as it is now, and beside it the move, which is never changed.</summary>
public sealed class DeviceBook(Db db, Actor actor, TimeProvider time)
{
    internal Task<DeviceRow?> LockAsync(string serial, CancellationToken cancel) =>
        db.Devices.Where(d => d.Serial == serial).ForUpdate().FirstOrDefaultAsync(cancel);

    /// <summary>The next device of the stock, locked; null where there is none. Nobody else gets it.</summary>
    internal async Task<DeviceRow?> NextAsync(DeviceModelId model, CancellationToken cancel)
    {
        while (await NextSerialAsync(model, cancel) is { } serial)
        {
            // Somebody else may be as fast: whoever has waited for the row finds it taken, and asks for the next one.
            if (await db.Devices.Where(d => d.Serial == serial && d.State == DeviceState.InStock).ForUpdate().FirstOrDefaultAsync(cancel) is { } device)
                return device;
        }
        return null;
    }

    /// <summary>New devices, in stock.</summary>
    internal void Receive(IReadOnlyList<string> serials, DeviceModelId model)
    {
        foreach (var serial in serials)
        {
            var device = new DeviceRow { Serial = serial, ModelId = model, State = DeviceState.InStock, ReceivedAt = time.Now, Steps = 1 };
            db.Add(device);
            db.Add(MoveOf(device, null, null, ""));
        }
    }

    /// <summary>A step of a locked device.</summary>
    internal Refusal? Move(DeviceRow device, DeviceState to, LeaseId? lease, string reason)
    {
        if (!DeviceLife.Allows(device.State, to)) return new("leases.move_not_possible", device.Serial);
        var from = device.State;
        (device.State, device.Steps) = (to, device.Steps + 1);
        db.Add(MoveOf(device, from, lease, reason));
        device.LeaseId = DeviceLife.IsWithLease(to) ? lease : null;
        return null;
    }

    private Task<string?> NextSerialAsync(DeviceModelId model, CancellationToken cancel) =>
        db.Devices.Where(d => d.ModelId == model && d.State == DeviceState.InStock).OrderBy(d => d.Serial).Select(d => d.Serial).FirstOrDefaultAsync(cancel);

    private DeviceMoveRow MoveOf(DeviceRow device, DeviceState? from, LeaseId? lease, string reason) => new()
    {
        Serial = device.Serial,
        Step = device.Steps,
        FromState = from,
        ToState = device.State,
        LeaseId = lease,
        Reason = reason,
        Actor = actor.Name,
        At = time.Now,
    };
}
