namespace HaoSuan.Settlements;

/// <summary>The rows that a part of a run writes, in bulk.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<SettledOrderRow> Orders = new BulkInsert<SettledOrderRow>(
        "settled_order",
        """
        (tenant_id, order_id) do update set paid = excluded.paid, settle_count = excluded.settle_count, fact_count = excluded.fact_count,
            as_of = excluded.as_of, state = excluded.state, pending = excluded.pending, available = excluded.available,
            upstream = excluded.upstream, refusal = excluded.refusal, booked = excluded.booked
        """)
        .With("order_id", o => o.OrderId.Value).With("order_no", o => o.OrderNo)
        .With("product_id", o => o.ProductId.Value).With("scheme_version", o => o.SchemeVersion)
        .With("upstream_id", o => o.UpstreamId.Value).With("paid", o => o.Paid.Minor).With("settle_count", o => o.SettleCount)
        .With("fact_count", o => o.FactCount).With("as_of", o => o.AsOf.Microseconds).With("state", o => o.State.ToString())
        .With("pending", o => o.Pending.Minor).With("available", o => o.Available.Minor).With("upstream", o => o.Upstream.Minor)
        .With("refusal", o => o.Refusal).With("booked", o => o.Booked);

    public static readonly BulkInsert<BonusLineRow> BonusLines = new BulkInsert<BonusLineRow>("bonus_line")
        .With("month", b => b.Month.Number).With("bonus", b => b.Bonus).With("distributor_id", b => b.DistributorId.Value)
        .With("state", b => b.State.ToString()).With("amount", b => b.Amount.Minor).With("earned_at", b => b.EarnedAt.Microseconds)
        .With("releases_at", b => b.ReleasesAt?.Microseconds);

    /// <summary>A row carries what is added to the counts.</summary>
    public static readonly BulkInsert<BonusCardRow> BonusCards = new BulkInsert<BonusCardRow>(
        "bonus_card",
        """
        (tenant_id, month, stage, product_id, distributor_id) do update set own = bonus_card.own + excluded.own, team = bonus_card.team + excluded.team
        """)
        .With("month", c => c.Month.Number).With("stage", c => c.Stage).With("product_id", c => c.ProductId.Value)
        .With("distributor_id", c => c.DistributorId.Value).With("own", c => c.Own).With("team", c => c.Team);

    public static readonly BulkInsert<BonusMonthRow> BonusMonths =
        new BulkInsert<BonusMonthRow>("bonus_month", "(tenant_id, month) do update set next_due_at = excluded.next_due_at")
        .With("month", m => m.Month.Number).With("next_due_at", m => m.NextDueAt?.Microseconds)
        .With("as_of", m => m.AsOf.Microseconds).With("settle_count", m => m.SettleCount);
}
