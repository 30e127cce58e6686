namespace HaoSuan.Distributors;

/// <summary>
/// Freezes a distributor (冻结): by its invitations nothing is ordered, and nothing is paid out to it, until the freeze ends or is lifted.
/// Orders that were placed before go on and earn; those of the distributors below it are not concerned.
/// </summary>
public sealed class Freeze(Db db, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(NewFreeze asked, CancellationToken cancel = default) =>
        db.InTransaction(() => FreezeAsync(asked, time.Now, cancel), cancel);

    /// <summary>Ends a freeze that holds, or is still to come.</summary>
    public Task<Result<Done>> LiftAsync(DistributorId id, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (Reasons.Fault(reason) is { } fault) return fault;
            if ((await LockAsync(id, cancel))?.Find(f => !f.ToFreeze().HasEndedAt(time.Now)) is not { } freeze) return new Refusal("distributors.not_frozen");
            (freeze.LiftedAt, freeze.LiftedBy, freeze.LiftReason) = (time.Now, actor.Name, reason.Trim());
            audit.Record("distributor.unfrozen", $"distributor:{id.Value}");
            outbox.Publish(new DistributorReleased(id));
            return default(Done);
        }, cancel);

    private async Task<Result<Done>> FreezeAsync(NewFreeze asked, Instant now, CancellationToken cancel)
    {
        var from = asked.From ?? now;
        List<Refusal> faults = [];
        if (Reasons.Fault(asked.Reason) is { } fault) faults.Add(fault);
        if (from < now) faults.Add(new Refusal("distributors.from_is_past").On("from"));
        if (asked.Until <= from) faults.Add(new Refusal("distributors.until_before_from").On("until"));
        if (faults.Count > 0) return faults;
        if (await LockAsync(asked.DistributorId, cancel) is not { } earlier) return new Refusal("distributors.unknown");
        if (earlier.Exists(f => !f.ToFreeze().HasEndedAt(now))) return new Refusal("distributors.frozen_already");
        db.Add(new FreezeRow
        {
            DistributorId = asked.DistributorId,
            Number = earlier.Count + 1,
            FromAt = from,
            UntilAt = asked.Until,
            Reason = asked.Reason.Trim(),
            FrozenAt = now,
            FrozenBy = actor.Name,
        });
        audit.Record("distributor.frozen", $"distributor:{asked.DistributorId.Value}", $"from {from} until {asked.Until}");
        outbox.Publish(new DistributorFrozen(asked.DistributorId, asked.Reason.Trim(), tenant.Zone.DateOf(from)));
        return default(Done);
    }

    /// <summary>Its freezes so far, while nobody else adds one; null where there is no such distributor.</summary>
    private async Task<List<FreezeRow>?> LockAsync(DistributorId id, CancellationToken cancel) =>
        await db.Distributors.Where(d => d.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not null
            ? await db.Freezes.Where(f => f.DistributorId == id).ToListAsync(cancel)
            : null;
}
