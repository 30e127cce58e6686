using System.Text.Json;

namespace HaoSuan.Reports;

/// <summary>Compares orders, vouchers and stock of any day.</summary>
public sealed class DayChecks(Db db, TenantScope tenant)
{
    private const string Stock = "stock";

    // What is learned of a day is recorded on it or soon after; what is later is found by its voucher.
    private static readonly TimeSpan Late = TimeSpan.FromDays(3);

    public Task<DayCheck> OfAsync(DateOnly day, CancellationToken cancel = default) => db.InSnapshot(async () =>
    {
        var (from, until) = (tenant.Zone.StartOf(day).Microseconds, tenant.Zone.StartOf(day.AddDays(1)).Microseconds);
        var vouchers = (await VouchersAsync(from, until, cancel)).ToLookup(v => v.Id);
        var told = (await MoneyAsync(from, until, cancel)).ToLookup(f => f.Id);
        var sent = (await SentAsync(from, until, cancel)).ToLookup(f => f.Id);
        var moved = (await MovesAsync(from, until, cancel)).ToLookup(m => m.Id);
        var names = Names(vouchers, v => v.No).Concat(Names(told, f => f.No)).Concat(Names(sent, f => f.No)).Concat(Names(moved, m => m.No)).Distinct();
        List<DayOrder> orders = [];
        foreach (var (id, no) in names)
        {
            var left = moved[id].Select(m => m.Iccid).Order(StringComparer.Ordinal).ToList();
            var order = new DayOrder(
                new(id), no, Sum(told[id].Select(f => f.Amount)), Sum(vouchers[id].Where(v => v.Counts).Select(v => v.Moved)),
                Sum(vouchers[id].Where(v => !v.Counts).Select(v => v.Moved)), [.. vouchers[id].Select(v => v.Number).Order()],
                CardsOf(sent[id], left), left, DayVerdict.Even);
            orders.Add(order with { Verdict = await VerdictAsync(order, cancel) });
        }
        return new DayCheck(day, [.. orders.OrderByDescending(o => o.Verdict).ThenBy(o => o.OrderNo, StringComparer.Ordinal)]);
    }, cancel);

    private static IEnumerable<(Guid Id, string No)> Names<T>(ILookup<Guid, T> rows, Func<T, string> no) => rows.Select(g => (g.Key, no(g.First())));

    private async Task<DayVerdict> VerdictAsync(DayOrder order, CancellationToken cancel)
    {
        if (!order.OrderCards.SequenceEqual(order.StockCards)) return DayVerdict.Differs;
        if (order.Difference.IsZero) return order.Uncounted.IsZero ? DayVerdict.Even : DayVerdict.NotCounted;
        return await IsEvenInAllAsync(order.Id.Value, cancel) ? DayVerdict.OtherDay : DayVerdict.Differs;
    }

    /// <summary>An exchanged card may be the upstream's, of which the stock knows nothing: it counts where it has left the stock.</summary>
    private static List<string> CardsOf(IEnumerable<Sent> sent, IReadOnlyList<string> left) =>
        [.. sent.Select(f => (f.Source, Iccid: JsonSerializer.Deserialize<Dictionary<string, string>>(f.Attributes)?.GetValueOrDefault("iccid") ?? ""))
            .Where(f => f.Iccid.Length > 0 && (f.Source == Stock || left.Contains(f.Iccid))).Select(f => f.Iccid).Distinct().Order(StringComparer.Ordinal)];

    private Task<List<Voucher>> VouchersAsync(long from, long until, CancellationToken cancel) => db.Database.SqlQuery<Voucher>(
        $"""
        select v.number, v.kind, o.id, o.order_no as no, v.amount, p.status
        from voucher v
        join payment p on p.tenant_id = v.tenant_id and p.id = v.payment_id
        join sales_order o on o.tenant_id = v.tenant_id and o.id = v.order_id
        where v.tenant_id = {db.CurrentTenant.Value} and v.at >= {from} and v.at < {until} and p.purpose = 'Order'
        """).ToListAsync(cancel);

    private Task<List<Told>> MoneyAsync(long from, long until, CancellationToken cancel)
    {
        var (first, last) = IdsOf(from, until);
        return db.Database.SqlQuery<Told>(
            $"""
            select o.id, o.order_no as no, cast(sum(case when t.kind = 'paid' then t.amount else -t.amount end) as bigint) as minor
            from (
                select f.id, f.order_id, f.kind, f.amount
                from fact f
                where f.tenant_id = {db.CurrentTenant.Value} and f.id >= {first} and f.id < {last} and f.at >= {from} and f.at < {until}
                    and f.kind in ('paid', 'refunded') and f.source = 'payments'
                union
                select f.id, f.order_id, f.kind, f.amount
                from voucher v
                join fact f on f.tenant_id = v.tenant_id and f.order_id = v.order_id
                where v.tenant_id = {db.CurrentTenant.Value} and v.at >= {from} and v.at < {until} and f.at >= {from} and f.at < {until}
                    and f.kind in ('paid', 'refunded') and f.source = 'payments'
            ) t
            join sales_order o on o.tenant_id = {db.CurrentTenant.Value} and o.id = t.order_id
            group by o.id, o.order_no
            """).ToListAsync(cancel);
    }

    private Task<List<Sent>> SentAsync(long from, long until, CancellationToken cancel)
    {
        var (first, last) = IdsOf(from, until);
        return db.Database.SqlQuery<Sent>(
            $"""
            select o.id, o.order_no as no, f.source, f.attributes
            from fact f
            join sales_order o on o.tenant_id = f.tenant_id and o.id = f.order_id
            where f.tenant_id = {db.CurrentTenant.Value} and f.id >= {first} and f.id < {last} and f.at >= {from} and f.at < {until}
                and f.kind in ('shipped', 'exchanged', 'card_changed', 'reshipped') and (f.source = {Stock} or f.source like 'after-sales:%')
            """).ToListAsync(cancel);
    }

    private Task<List<Move>> MovesAsync(long from, long until, CancellationToken cancel) => db.Database.SqlQuery<Move>(
        $"""
        select o.id, o.order_no as no, m.iccid
        from card_move m
        join sales_order o on o.tenant_id = m.tenant_id and o.id = m.order_id
        where m.tenant_id = {db.CurrentTenant.Value} and m.at >= {from} and m.at < {until} and m.to_state = 'Shipped'
        """).ToListAsync(cancel);

    /// <summary>Whether all that vouchers have moved for the order, and that it counts, is what it says in all.</summary>
    private async Task<bool> IsEvenInAllAsync(Guid order, CancellationToken cancel)
    {
        var vouched = await db.Database.SqlQuery<long>(
            $"""
            select cast(coalesce(sum(case when v.kind = 'Payment' then v.amount else -v.amount end), 0) as bigint) as "Value"
            from sales_order o
            join voucher v on v.tenant_id = o.tenant_id and v.order_no = o.order_no and v.order_id = o.id
            join payment p on p.tenant_id = v.tenant_id and p.id = v.payment_id
            where o.tenant_id = {db.CurrentTenant.Value} and o.id = {order} and p.status not in ('Disputed', 'GivenBack')
            """).SingleAsync(cancel);
        var told = await db.Database.SqlQuery<long>(
            $"""
            select cast(coalesce(sum(case when f.kind = 'paid' then f.amount else -f.amount end), 0) as bigint) as "Value"
            from fact f
            where f.tenant_id = {db.CurrentTenant.Value} and f.order_id = {order} and f.kind in ('paid', 'refunded') and f.source = 'payments'
            """).SingleAsync(cancel);
        return vouched == told;
    }

    /// <summary>Between which ids facts stand that were recorded in the span or soon after: ids are ordered by time, to the millisecond.</summary>
    private static (Guid First, Guid Last) IdsOf(long from, long until)
    {
        return (Bound(new(from)), Bound(new Instant(until) + Late));

        static Guid Bound(Instant at) => new(
            [.. Convert.FromHexString($"{at.ToDateTimeOffset().ToUnixTimeMilliseconds():x12}"), .. new byte[10]], bigEndian: true);
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    private sealed class Voucher
    {
        public long Number { get; init; }
        public required string Kind { get; init; }
        public Guid Id { get; init; }
        public required string No { get; init; }
        public long Amount { get; init; }
        public required string Status { get; init; }

        public bool Counts => Status is not ("Disputed" or "GivenBack");
        public Money Moved => new(Kind == "Payment" ? Amount : -Amount);
    }

    private sealed class Told
    {
        public Guid Id { get; init; }
        public required string No { get; init; }
        public long Minor { get; init; }

        public Money Amount => new(Minor);
    }

    private sealed class Sent
    {
        public Guid Id { get; init; }
        public required string No { get; init; }
        public required string Source { get; init; }
        public required string Attributes { get; init; }
    }

    private sealed class Move
    {
        public Guid Id { get; init; }
        public required string No { get; init; }
        public required string Iccid { get; init; }
    }
}
