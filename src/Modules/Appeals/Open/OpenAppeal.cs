using System.Globalization;
using HaoSuan.Settlements;

namespace HaoSuan.Appeals;

/// <summary>
/// A distributor contests what a stage of an order has brought, or has not (申诉). It stands in the order's chain, or the order is
/// not there for it.
/// </summary>
public sealed class OpenAppeal(Db db, Why why, AppealThread thread, AppealPolicy policy, TenantScope tenant, TimeProvider time)
{
    public Task<Result<AppealId>> RunAsync(NewAppeal asked, CancellationToken cancel = default) =>
        thread.OnceMore<AppealId>(async () =>
        {
            var same = await db.Appeals.Where(a => a.DistributorId == asked.Distributor && a.RequestKey == asked.Message.Key)
                .Select(a => (AppealId?)a.Id).FirstOrDefaultAsync(cancel);
            if (same is { } known) return known;
            if (await why.OfAsync(asked.Order, asked.Distributor, cancel) is not { } order) return new Refusal("appeals.order_unknown");
            List<Refusal> faults = [.. await FaultsAsync(asked, order, cancel), .. MessageRules.Faults(asked.Message, mayBeSilent: false)];
            if (faults.Count > 0) return faults;
            var appeal = Begun(asked, order);
            db.Add(appeal);
            await db.SaveChangesAsync(cancel);
            await thread.AppendAsync(appeal, byOffice: false, MessageKind.Opened, asked.Message, cancel);
            return appeal.Id;
        }, cancel);

    private async Task<IReadOnlyList<Refusal>> FaultsAsync(NewAppeal asked, OrderWhy order, CancellationToken cancel)
    {
        if (asked.Stage.Length > 0 && order.Stages.All(s => s.Name != asked.Stage)) return [new Refusal("appeals.stage_unknown").On("stage")];
        var before = await db.Appeals.AsNoTracking()
            .Where(a => a.OrderId == asked.Order && a.Stage == asked.Stage && a.DistributorId == asked.Distributor)
            .OrderByDescending(a => a.IsOpen).ThenByDescending(a => a.DecidedAt).FirstOrDefaultAsync(cancel);
        if (before is null) return [];
        if (before.IsOpen) return [new Refusal("appeals.one_open", before.Number).On("stage")];
        // What was rejected may be reopened, once. A new appeal needs something new.
        return before.Verdict == Verdict.Rejected && order.Facts.All(f => f.RecordedAt <= before.DecidedAt)
            ? [new Refusal("appeals.nothing_new", before.Number, policy.ReopenDays).On("stage")]
            : [];
    }

    private AppealRow Begun(NewAppeal asked, OrderWhy order)
    {
        var id = NewId.Of<AppealId>(time);
        var today = tenant.Zone.DateOf(time.Now);
        var row = new AppealRow
        {
            Id = id,
            Number = string.Create(CultureInfo.InvariantCulture, $"AP{today:yyMMdd}{id.Value.ToString("N")[^8..].ToUpperInvariant()}"),
            RequestKey = asked.Message.Key,
            OrderId = order.OrderId,
            OrderNo = order.OrderNo,
            ProductId = order.ProductId,
            Stage = asked.Stage,
            DistributorId = asked.Distributor,
            OpenedAt = time.Now,
        };
        row.Take(Course.Begun(today, policy));
        return row;
    }
}
