using HaoSuan.Catalog;
using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>A distributor's lines (佣金明细) as people read them: what passes from pending to available is one line.</summary>
public sealed class CommissionLines(Db db, AccountLines lines, Schemes schemes)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<CommissionLine>> OfAsync(
        DistributorId distributor, int skip, int take, CancellationToken cancel = default) =>
        await NamedAsync(await lines.NewestAsync(AccountsOf(distributor), JournalEntries.Kinds, skip, take, cancel), cancel);

    public Task<int> CountAsync(DistributorId distributor, CancellationToken cancel = default) =>
        lines.CountAsync(AccountsOf(distributor), JournalEntries.Kinds, cancel);

    /// <summary>What the distributor's lines since an instant come to.</summary>
    public async Task<Money> SumSinceAsync(DistributorId distributor, Instant since, CancellationToken cancel = default) =>
        -await lines.SumSinceAsync(AccountsOf(distributor), JournalEntries.Kinds, since, cancel);

    /// <summary>Those booked in a month, in the order of the books.</summary>
    public async Task<IReadOnlyList<CommissionLine>> OfMonthAsync(DistributorId distributor, Month month, CancellationToken cancel = default) =>
        await NamedAsync(await lines.OfMonthAsync(AccountsOf(distributor), JournalEntries.Kinds, month, cancel), cancel);

    private static IReadOnlyList<Account> AccountsOf(DistributorId distributor) => [Accounts.Pending(distributor), Accounts.Available(distributor)];

    private async Task<IReadOnlyList<CommissionLine>> NamedAsync(IReadOnlyList<AccountMovement> movements, CancellationToken cancel)
    {
        var ids = movements.Select(m => m.OrderId).OfType<OrderId>().Distinct().ToList();
        var orders = await db.SettledOrders.Where(o => EF.Parameter(ids).Contains(o.OrderId))
            .Select(o => new { o.OrderId, o.OrderNo, o.ProductId, o.SchemeVersion }).ToDictionaryAsync(o => o.OrderId, cancel);
        var late = await LateAsync([.. movements.Select(m => m.EntryId).Distinct()], cancel);
        List<CommissionLine> named = [];
        foreach (var movement in movements)
        {
            var label = LineLabel.Parse(movement.Label);
            var order = movement.OrderId is { } id ? orders.GetValueOrDefault(id) : null;
            var scheme = order is null ? null : (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
            named.Add(new(
                movement.EntryId, movement.Number, movement.Period, movement.At, movement.OrderId, order?.OrderNo ?? "",
                label.Stage, NameOf(label.Stage, scheme), label.Instance, label.Role, -movement.Total, -movement.Amounts[1],
                movement.Total.IsZero ? null : late.GetValueOrDefault((movement.EntryId, label.Stage, label.Instance))));
        }
        return named;
    }

    private async Task<Dictionary<(long, string, string), Month?>> LateAsync(List<long> entries, CancellationToken cancel) =>
        await db.Late.Where(l => EF.Parameter(entries).Contains(l.EntryId))
            .ToDictionaryAsync(l => (l.EntryId, l.Stage, l.Instance), l => (Month?)l.Month, cancel);

    private static string NameOf(string key, Scheme? scheme) =>
        key == "clawback" ? "扣回" : scheme?.Stages.FirstOrDefault(s => s.Key == key)?.Name ?? key;
}
