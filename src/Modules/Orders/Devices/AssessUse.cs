namespace HaoSuan.Orders;

/// <summary>
/// Records what the operator thinks of the use of cards for devices (物联网卡风险评估) and to what they are limited. From then on their
/// orders go to the upstream. Who does not agree to a use cancels its orders.
/// </summary>
public sealed class AssessUse(Db db, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(Guid purchase, UseRisk? risk, string limits, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            List<Refusal> faults = [];
            if (risk is null) faults.Add(new Refusal("orders.risk_required").On("Risk"));
            if (limits.Trim().Length is < 4 or > 200) faults.Add(new Refusal("orders.limits_required", 200).On("Limits"));
            if (faults.Count > 0) return faults;
            if (await db.Purchases.Where(p => p.Id == purchase).ForUpdate().FirstOrDefaultAsync(cancel) is not { AssessedAt: null } row)
                return new Refusal("orders.assessed_already");
            (row.Risk, row.Limits, row.AssessedAt, row.AssessedBy) = (risk, limits.Trim(), time.Now, actor.Name);
            audit.Record("purchase.assessed", $"purchase:{purchase}", $"{risk} {limits.Trim()}");
            foreach (var order in await db.Orders.Where(o => o.PurchaseId == purchase).Select(o => o.Id).ToListAsync(cancel))
                outbox.Publish(new UseAssessed(order));
            return default(Done);
        }, cancel);
}
