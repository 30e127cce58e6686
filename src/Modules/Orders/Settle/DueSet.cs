namespace HaoSuan.Orders;

/// <summary>Ways to say from when on settlement has to visit orders.</summary>
internal static class DueSet
{
    /// <summary>Also then, if not already before: a new fact.</summary>
    public static readonly BulkInsert<DueRow> Earlier = With(
        """
        (tenant_id, order_id) do update set due_at = case when order_due.due_at < excluded.due_at then order_due.due_at else excluded.due_at end
        """);

    /// <summary>Not before then: it was just settled.</summary>
    public static readonly BulkInsert<DueRow> Next = With("(tenant_id, order_id) do update set due_at = excluded.due_at");

    private static BulkInsert<DueRow> With(string onConflict) => new BulkInsert<DueRow>("order_due", onConflict)
        .With("order_id", d => d.OrderId.Value).With("due_at", d => d.DueAt.Microseconds);
}
