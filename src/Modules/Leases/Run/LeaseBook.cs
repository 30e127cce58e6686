namespace HaoSuan.Leases;

/// <summary>
/// Where a lease is changed: its row is locked first, so that whatever comes at once (a payment, a bill, staff) comes one after the other; then every
/// step is asked of <see cref="LeaseLife"/> and kept, and the device goes along.
/// </summary>
public sealed class LeaseBook(Db db, DeviceBook devices, Actor actor, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    /// <summary>A step that leaves the lease in its state: a bill was corrected.</summary>
    internal const string Corrected = "Corrected";

    internal Instant Now => time.Now;

    internal DateOnly Today => tenant.Zone.DateOf(time.Now);

    internal Instant EndOf(DateOnly day) => tenant.Zone.StartOf(day.AddDays(1));

    /// <summary>Works on the locked lease in a transaction.</summary>
    internal Task<Result<Done>> OnAsync(LeaseId id, Func<LeaseRow, Task<Result<Done>>> work, CancellationToken cancel) => db.InTransaction<Result<Done>>(
        async () => await LockAsync(id, cancel) is { } lease ? await work(lease) : new Refusal("leases.unknown"), cancel);

    /// <summary>The same with each of them by itself: one that fails keeps no other from its turn. Returns what has failed.</summary>
    internal async Task<IReadOnlyList<Exception>> OnEachAsync(
        IEnumerable<LeaseId> ids, Func<LeaseRow, Task<Result<Done>>> work, CancellationToken cancel)
    {
        List<Exception> failures = [];
        foreach (var id in ids)
        {
            try
            {
                await OnAsync(id, work, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                failures.Add(new InvalidOperationException($"The lease {id.Value} could not be worked on.", e));
            }
        }
        return failures;
    }

    internal Task<LeaseRow?> LockAsync(LeaseId id, CancellationToken cancel) =>
        db.Leases.Where(l => l.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);

    /// <summary>Takes a step, or says why there is none.</summary>
    internal Refusal? Move(LeaseRow lease, LeaseEvent what, string note = "")
    {
        if (!LeaseLife.Next(lease.State, what, time.Now).TryGet(out var next, out var refusals)) return refusals[0];
        Keep(lease, what.Name, lease.State, next, note);
        lease.State = next;
        outbox.Publish(new LeaseMoved(lease.Id, next));
        lease.NextBillOn = LeaseLife.IsRunning(next) && lease.ContractDay is { } day ? BillingCalendar.StartOf(day, lease.NextPeriod) : null;
        return null;
    }

    /// <summary>Why a step is not possible; null where it is.</summary>
    internal Refusal? Refuse(LeaseRow lease, LeaseEvent what) =>
        LeaseLife.Next(lease.State, what, time.Now) is { IsRefused: true } refused ? refused.Refusals[0] : null;

    /// <summary>Where bills have changed, or the lease runs again: whether it is late follows from the bills, and it ends where nothing is open.</summary>
    internal async Task<Refusal?> GoOnAsync(LeaseRow lease, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var open = await OwedAsync(lease, cancel);
        var late = open.FindAll(b => b.Overdue);
        return lease.State switch
        {
            LeaseState.Active when late.Count > 0 => Move(lease, new LeaseEvent.FellOverdue(EndOf(late.Min(b => b.Due)))),
            LeaseState.Overdue when late.Count == 0 => Move(lease, new LeaseEvent.ArrearsCleared()),
            LeaseState.Owing when open.Count == 0 => Move(lease, new LeaseEvent.Settled()),
            _ => null,
        };
    }

    /// <summary>The first step: it was placed.</summary>
    internal void Begin(LeaseRow lease) => Keep(lease, "Placed", null, lease.State, "");

    internal void Correct(LeaseRow lease, string note) => Keep(lease, Corrected, lease.State, lease.State, note);

    /// <summary>The lease's device, moved along.</summary>
    internal async Task<Refusal?> MoveDeviceAsync(LeaseRow lease, DeviceState to, string reason, CancellationToken cancel) =>
        await devices.LockAsync(lease.Serial, cancel) is { } device
            ? devices.Move(device, to, lease.Id, reason)
            : new("leases.device_unknown", lease.Serial);

    internal Task<DeviceRow?> NextDeviceAsync(DeviceModelId model, CancellationToken cancel) => devices.NextAsync(model, cancel);

    internal Refusal? Reserve(DeviceRow device, LeaseRow lease) => devices.Move(device, DeviceState.Reserved, lease.Id, lease.LeaseNo);

    /// <summary>
    /// What has to be paid, the oldest first: neither the first bill of a lease that was not begun, nor the price of a device that may be bought.
    /// </summary>
    internal Task<List<BillRow>> OwedAsync(LeaseRow lease, CancellationToken cancel) => db.LeaseBills
        .Where(b => b.LeaseId == lease.Id && b.State == LeaseBillState.Open && b.Kind != LeaseBillKind.First && b.Kind != LeaseBillKind.BuyOut)
        .OrderBy(b => b.Number).ToListAsync(cancel);

    /// <summary>A bill that is written down. What it books stands in <see cref="LeaseMoney"/>.</summary>
    internal BillRow Write(LeaseRow lease, LeaseBillKind kind, Money amount, string text, DateOnly due, int? period = null)
    {
        var day = lease.ContractDay;
        var bill = new BillRow
        {
            Id = NewId.Of<LeaseBillId>(time),
            LeaseId = lease.Id,
            Number = ++lease.Bills,
            Kind = kind,
            Text = text,
            Period = period,
            FromDay = period is { } from && day is { } begun ? BillingCalendar.StartOf(begun, from) : null,
            UntilDay = period is { } until && day is { } since ? BillingCalendar.EndOf(since, until) : null,
            Due = due,
            Amount = amount,
            IssuedAt = time.Now,
        };
        db.Add(bill);
        return bill;
    }

    internal void Publish<TEvent>(TEvent happened) where TEvent : IEvent => outbox.Publish(happened);

    private void Keep(LeaseRow lease, string happened, LeaseState? from, LeaseState to, string note) => db.Add(new StepRow
    {
        LeaseId = lease.Id,
        Number = ++lease.Steps,
        Event = happened,
        FromState = from,
        ToState = to,
        Note = note,
        Actor = actor.Name,
        At = time.Now,
    });
}
