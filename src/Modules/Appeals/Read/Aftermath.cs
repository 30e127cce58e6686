using HaoSuan.Orders;
using HaoSuan.Settlements;

namespace HaoSuan.Appeals;

/// <summary>What came of an appeal: the facts that its decisions told, and what settlement has booked for the distributor since.</summary>
internal sealed class Aftermath(OrdersToSettle orders, CommissionLines lines, FactWords words)
{
    private const int AtOnce = 100;

    public async Task<Followed> OfAsync(AppealSummary appeal, CancellationToken cancel)
    {
        var order = (await orders.OneAsync(appeal.OrderId, cancel))!;       // there is no appeal without
        var told = order.Facts.Where(f => f.Attribute(DecideAppeal.Source)?.Text == appeal.Number).ToList();
        if (told.Count == 0) return new([], []);
        return new(
            [.. told.Select(f => new ToldFact(words.Of(f, order.Facts), f.At, f.RecordedAt))],
            await LinesAsync(appeal, told.Min(f => f.RecordedAt), cancel));
    }

    /// <summary>The distributor's lines of the order since then. They come newest first.</summary>
    private async Task<IReadOnlyList<CommissionLine>> LinesAsync(AppealSummary appeal, Instant since, CancellationToken cancel)
    {
        List<CommissionLine> found = [];
        for (var skip = 0; ; skip += AtOnce)
        {
            var some = await lines.OfAsync(appeal.Distributor, skip, AtOnce, cancel);
            found.AddRange(some.Where(l => l.OrderId == appeal.OrderId && l.At >= since));
            if (some.Count < AtOnce || some[^1].At < since) return found;
        }
    }
}
