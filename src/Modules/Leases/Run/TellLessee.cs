using HaoSuan.Notifications;

namespace HaoSuan.Leases;

/// <summary>
/// Sends a short message to who leases a device, where the host has an account and a template for it: of a month's bill, of what is late, of the device
/// that has arrived. Whether it is still true is looked up first; what could not be sent within a day is not news any more.
/// </summary>
internal sealed class TellLessee(Db db, Vault vault, TimeProvider time, TencentSms? line = null)
    : IFollow<LeaseBilled>, IFollow<LeaseFellOverdue>, IFollow<LeaseDeviceArrived>
{
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    public async Task FollowAsync(LeaseBilled happened, CancellationToken cancel)
    {
        if (!await db.LeaseBills.AnyAsync(b => b.Id == happened.Bill && b.State == LeaseBillState.Open, cancel)) return;
        await SendAsync(happened.LeaseId, happened.At, SmsKind.LeaseBill, [happened.LeaseNo, $"{happened.Amount}", Day(happened.Due)], cancel);
    }

    public async Task FollowAsync(LeaseFellOverdue happened, CancellationToken cancel)
    {
        if (!await IsAsync(happened.LeaseId, LeaseState.Overdue, cancel)) return;
        await SendAsync(happened.LeaseId, happened.At, SmsKind.LeaseOverdue, [happened.LeaseNo, $"{happened.Open}", Day(happened.Due)], cancel);
    }

    public async Task FollowAsync(LeaseDeviceArrived happened, CancellationToken cancel)
    {
        if (!await IsAsync(happened.LeaseId, LeaseState.Inspecting, cancel)) return;
        await SendAsync(happened.LeaseId, happened.At, SmsKind.LeaseReturned, [happened.LeaseNo], cancel);
    }

    private async Task SendAsync(LeaseId id, Instant at, SmsKind kind, IReadOnlyList<string> values, CancellationToken cancel)
    {
        if (line?.Has(kind) != true || time.Now - at > News) return;
        var phone = await db.Leases.Where(l => l.Id == id).Select(l => l.PhoneId).SingleAsync(cancel);
        var number = await vault.RevealAsync(phone, "tell of a lease", cancel);
        if (await line.SendAsync(number, kind, values, cancel) is { } why) throw new InvalidOperationException($"The message was not taken: {why}");
    }

    private Task<bool> IsAsync(LeaseId id, LeaseState state, CancellationToken cancel) => db.Leases.AnyAsync(l => l.Id == id && l.State == state, cancel);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
