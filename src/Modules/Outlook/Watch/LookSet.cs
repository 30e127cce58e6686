namespace HaoSuan.Outlook;

/// <summary>Says from when on the watch has to look at orders.</summary>
internal static class LookSet
{
    /// <summary>Whatever was said before: a fact makes an order due at once, a look says when the next one is.</summary>
    public static readonly BulkInsert<LookRow> Put = new BulkInsert<LookRow>("order_look", "(tenant_id, order_id) do update set due_at = excluded.due_at")
        .With("order_id", l => l.OrderId.Value).With("due_at", l => l.DueAt.Microseconds);
}
