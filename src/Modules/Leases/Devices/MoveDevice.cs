namespace HaoSuan.Leases;

/// <summary>What becomes of a device that is with nobody: back into stock after its inspection, scrapped, lost, found again.</summary>
public sealed class MoveDevice(Db db, DeviceBook book, Audit audit)
{
    public Task<Result<Done>> RunAsync(string serial, DeviceState to, string? reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (!Reasons.Read(reason).TryGet(out var words, out var faults)) return faults.ToList();
            if (await book.LockAsync(serial, cancel) is not { } device) return new Refusal("leases.device_unknown", serial);
            if (!DeviceLife.ByHand(device.State).Contains(to)) return new Refusal("leases.move_not_possible", serial).On("to");
            if (await db.Leases.AnyAsync(l => l.Serial == serial && l.State == LeaseState.Inspecting, cancel))
                return new Refusal("leases.inspect_first", serial).On("to");
            if (book.Move(device, to, null, words) is { } refused) return refused;
            audit.Record("device.moved", $"device:{serial}", $"{to}: {words}");
            return default(Done);
        }, cancel);
}
