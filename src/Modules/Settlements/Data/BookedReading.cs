namespace HaoSuan.Settlements;

/// <summary>Of a settled order what the next settlement needs, as the table has it.</summary>
internal sealed class BookedRow
{
    public required Guid OrderId { get; init; }
    public required int SettleCount { get; init; }
    public required long Paid { get; init; }
    public required long Upstream { get; init; }
    public required long AsOf { get; init; }
    public required byte[] Booked { get; init; }
}

internal static class BookedReading
{
    extension(Db db)
    {
        /// <summary>
        /// What is booked for those of the orders that were settled before. PostgreSQL looks them up one by one: while a run fills the table,
        /// its planner still takes it for empty, and would read all of it for every part.
        /// </summary>
        internal IQueryable<BookedRow> BookedRows(IReadOnlyList<OrderId> orders)
        {
            if (db.Engine == Engine.Sqlite)
            {
                return db.SettledOrders.Where(o => EF.Parameter(orders).Contains(o.OrderId)).Select(o => new BookedRow
                {
                    OrderId = o.OrderId.Value,
                    SettleCount = o.SettleCount,
                    Paid = o.Paid.Minor,
                    Upstream = o.Upstream.Minor,
                    AsOf = o.AsOf.Microseconds,
                    Booked = o.Booked,
                });
            }
            var (tenant, ids) = (db.CurrentTenant.Value, orders.Select(o => o.Value).ToArray());
            return db.Database.SqlQuery<BookedRow>(
                $"""
                select s.order_id, s.settle_count, s.paid, s.upstream, s.as_of, s.booked from unnest({ids}) o (id)
                cross join lateral (select * from settled_order where tenant_id = {tenant} and order_id = o.id limit 1) s
                """);
        }
    }
}
