namespace HaoSuan.Orders;

/// <summary>Ways to say from when on orders have to be visited.</summary>
internal static class DueSet
{
    /// <summary>Also then, if not already before: a new fact.</summary>
    public static readonly BulkInsert<DueRow> Earlier = With("case when order_due.due_at < excluded.due_at then order_due.due_at else excluded.due_at end");

    /// <summary>Not before then: it was just visited.</summary>
    public static readonly BulkInsert<DueRow> Next = With("excluded.due_at");

    /// <summary>The order in every queue: what is new of it concerns each visitor.</summary>
    public static IReadOnlyList<DueRow> ForAll(OrderId order, Instant at) =>
        [.. Enum.GetValues<DueFor>().Select(visitor => new DueRow { DueFor = visitor, OrderId = order, DueAt = at })];

    private static BulkInsert<DueRow> With(string dueAt) =>
        new BulkInsert<DueRow>("order_due", $"(tenant_id, due_for, order_id) do update set due_at = {dueAt}")
            .With("due_for", d => d.DueFor.ToString()).With("order_id", d => d.OrderId.Value).With("due_at", d => d.DueAt.Microseconds);
}
