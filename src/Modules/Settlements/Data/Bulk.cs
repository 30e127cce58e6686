namespace HaoSuan.Settlements;

/// <summary>The rows that a batch writes, in bulk.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<LineRow> Lines = new BulkInsert<LineRow>("settlement_line")
        .With("entry_number", l => l.EntryNumber).With("position", l => l.Position)
        .With("run_id", l => l.RunId.Value).With("order_id", l => l.OrderId.Value).With("stage", l => l.Stage)
        .With("instance", l => l.Instance).With("distributor_id", l => l.DistributorId.Value).With("role", l => l.Role.ToString())
        .With("state", l => l.State.ToString()).With("amount", l => l.Amount.Minor).With("earned_at", l => l.EarnedAt.Microseconds)
        .With("releases_at", l => l.ReleasesAt?.Microseconds).With("as_of", l => l.AsOf.Microseconds);

    public static readonly BulkInsert<BookedRow> Booked = new BulkInsert<BookedRow>("booked_line")
        .With("order_id", b => b.OrderId.Value).With("stage", b => b.Stage)
        .With("instance", b => b.Instance).With("distributor_id", b => b.DistributorId.Value).With("role", b => b.Role.ToString())
        .With("state", b => b.State.ToString()).With("amount", b => b.Amount.Minor).With("earned_at", b => b.EarnedAt.Microseconds)
        .With("releases_at", b => b.ReleasesAt?.Microseconds);

    public static readonly BulkInsert<SettledStageRow> Stages = new BulkInsert<SettledStageRow>("settled_stage")
        .With("order_id", s => s.OrderId.Value).With("stage", s => s.Stage)
        .With("instance", s => s.Instance).With("earned_at", s => s.EarnedAt.Microseconds)
        .With("releases_at", s => s.ReleasesAt?.Microseconds).With("month", s => s.Month.Number)
        .With("upstream", s => s.Upstream.Minor).With("top", s => s.Top.Minor).With("counts", s => s.Counts);

    public static readonly BulkInsert<SettledSeatRow> Seats = new BulkInsert<SettledSeatRow>("settled_seat", "do nothing")
        .With("order_id", s => s.OrderId.Value).With("position", s => s.Position)
        .With("distributor_id", s => s.DistributorId.Value).With("is_seller", s => s.IsSeller);

    /// <summary>Makes sure that the orders have rows to lock.</summary>
    public static readonly BulkInsert<SettledOrderRow> NewOrders = WithOrder("do nothing");

    public static readonly BulkInsert<SettledOrderRow> Orders = WithOrder(
        """
        (tenant_id, order_id) do update set paid = excluded.paid, settle_count = excluded.settle_count, fact_count = excluded.fact_count,
            as_of = excluded.as_of, state = excluded.state, pending = excluded.pending, available = excluded.available,
            upstream = excluded.upstream, refusal = excluded.refusal
        """);

    public static readonly BulkInsert<BonusMonthRow> BonusMonths =
        new BulkInsert<BonusMonthRow>("bonus_month", "(tenant_id, month) do update set next_due_at = excluded.next_due_at")
        .With("month", m => m.Month.Number)
            .With("next_due_at", m => m.NextDueAt?.Microseconds)
            .With("as_of", m => m.AsOf.Microseconds).With("settle_count", m => m.SettleCount);

    private static BulkInsert<SettledOrderRow> WithOrder(string onConflict) => new BulkInsert<SettledOrderRow>("settled_order", onConflict)
        .With("order_id", o => o.OrderId.Value).With("order_no", o => o.OrderNo)
        .With("product_id", o => o.ProductId.Value).With("scheme_version", o => o.SchemeVersion)
        .With("upstream_id", o => o.UpstreamId.Value).With("seller_id", o => o.SellerId.Value)
        .With("paid", o => o.Paid.Minor).With("settle_count", o => o.SettleCount).With("fact_count", o => o.FactCount)
        .With("as_of", o => o.AsOf.Microseconds).With("state", o => o.State.ToString()).With("pending", o => o.Pending.Minor)
        .With("available", o => o.Available.Minor).With("upstream", o => o.Upstream.Minor).With("refusal", o => o.Refusal);
}
