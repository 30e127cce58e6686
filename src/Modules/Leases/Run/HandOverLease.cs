namespace HaoSuan.Leases;

/// <summary>The device is sent to the consumer: the lease begins today.</summary>
public sealed class HandOverLease(Db db, LeaseBook book, LeaseMoney money, Audit audit)
{
    private const int LongestParcel = 40;

    public Task<Result<Done>> RunAsync(LeaseId id, string? courier, string? trackingNo, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        var (by, no) = (courier?.Trim() ?? "", trackingNo?.Trim() ?? "");
        if (by.Length is 0 or > LongestParcel) return new Refusal("leases.courier_required").On("courier");
        if (no.Length is 0 or > LongestParcel) return new Refusal("leases.tracking_required").On("trackingNo");
        if (book.Refuse(lease, new LeaseEvent.HandedOver()) is { } refused) return refused;
        (lease.ContractDay, lease.Parcel) = (book.Today, $"{by} {no}");
        _ = book.Move(lease, new LeaseEvent.HandedOver(), lease.Parcel);
        var first = await db.LeaseBills.SingleAsync(b => b.LeaseId == id && b.Kind == LeaseBillKind.First, cancel);
        await money.EarnFirstMonthAsync(lease, first, cancel);
        audit.Record("lease.handed_over", $"lease:{id.Value}", lease.Serial);
        return await book.MoveDeviceAsync(lease, DeviceState.Leased, lease.Parcel, cancel) is { } stuck ? stuck : default(Done);
    }, cancel);
}
