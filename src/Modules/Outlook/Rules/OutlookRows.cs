using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>An order's outlook as rows, for each distributor who has something to gain or to lose.</summary>
internal static class OutlookRows
{
    extension(OrderOutlook outlook)
    {
        /// <summary>The deadlines up to an instant.</summary>
        public IEnumerable<WarningRow> Warnings(OrderToSettle order, Instant now, Instant until) =>
            from deadline in outlook.Deadlines
            where deadline.At <= until
            from stake in deadline.Stakes
            where stake.Amount is not { } amount || amount > Money.Zero
            let key = WarningKey.Of(deadline)
            select new WarningRow
            {
                OrderId = order.Id,
                Kind = key.Kind,
                Stage = key.Stage,
                Position = key.Position,
                DistributorId = Id(stake.Distributor),
                OrderNo = order.OrderNo,
                ProductId = order.ProductId,
                StageName = (deadline as Deadline.OfCondition)?.Stage.Name ?? "",
                Deadline = deadline.At,
                Amount = stake.Amount ?? Money.Zero,
                FirstSeen = now,
            };

        /// <summary>What is released day by day.</summary>
        public IEnumerable<ExpectedRow> Releases(OrderToSettle order, Scheme scheme, Zone zone) =>
            from line in outlook.Lines
            group line.Line.Amount by (line.Line.Key.Stage, line.Line.Key.Distributor, Day: zone.DateOf(line.At), line.Certainty) into lines
            let amount = lines.Aggregate(Money.Zero, (sum, amount) => sum + amount)
            where !amount.IsZero
            select new ExpectedRow
            {
                OrderId = order.Id,
                Stage = lines.Key.Stage,
                DistributorId = Id(lines.Key.Distributor),
                Day = lines.Key.Day,
                Certainty = lines.Key.Certainty,
                OrderNo = order.OrderNo,
                StageName = scheme.Stages.FirstOrDefault(s => s.Key == lines.Key.Stage)?.Name ?? lines.Key.Stage,
                Amount = amount,
            };
    }

    private static DistributorId Id(string name) => DistributorId.From(Guid.Parse(name));
}
