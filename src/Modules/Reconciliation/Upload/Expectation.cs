using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>An expected line with what the sheet may name it by.</summary>
internal sealed record NamedLine(ExpectedLine Line, Entry Entry);

/// <summary>The lines that a sheet is expected to pay, and the disputes of earlier sheets that they take over.</summary>
internal sealed record Expected(IReadOnlyList<NamedLine> Lines, ILookup<LineKey, DifferenceRow> Disputes);

/// <summary>What an upstream is expected to pay with a sheet: from the settlements' books, less what earlier sheets account for.</summary>
public sealed class Expectation(Db db, UpstreamIncome income, OrderList orders, Products products, TenantScope tenant)
{
    internal async Task<Expected> OfAsync(SheetRow sheet, CancellationToken cancel)
    {
        var booked = await income.OfAsync(sheet.UpstreamId, sheet.Period, cancel);
        var months = await EarlierSheets(sheet).Select(s => s.Period).Distinct().ToListAsync(cancel);
        var lines = ExpectedLines.Of(sheet.Period, booked, await AccountedAsync(sheet, cancel), months.ToHashSet());
        var disputes = await Accounting(sheet).Where(d => d.Status == DifferenceStatus.Disputed).ToListAsync(cancel);
        return new(await NameAsync(lines, cancel), disputes.ToLookup(KeyOf));
    }

    private IQueryable<SheetRow> EarlierSheets(SheetRow sheet) =>
        db.Sheets.Where(s => s.UpstreamId == sheet.UpstreamId && s.Id != sheet.Id && s.State != SheetState.Draft);

    /// <summary>The differences of earlier sheets that speak for a line.</summary>
    private IQueryable<DifferenceRow> Accounting(SheetRow sheet)
    {
        var earlier = EarlierSheets(sheet).Select(s => s.Id);
        return db.Differences.Where(d => earlier.Contains(d.SheetId) && d.OrderId != null
            && (d.Class == Difference.Matched || d.Class == Difference.AmountDiffers
                || d.Class == Difference.StatusDiffers || d.Class == Difference.MissingInSheet));
    }

    /// <summary>Of a dispute only what the sheet has paid is accounted for: the rest is expected again.</summary>
    private async Task<IReadOnlyDictionary<LineKey, Money>> AccountedAsync(SheetRow sheet, CancellationToken cancel)
    {
        var sums = await Accounting(sheet).GroupBy(d => new { d.OrderId, d.Stage, d.Instance })
            .Select(g => new
            {
                g.Key,
                Sum = g.Sum(d => d.Status == DifferenceStatus.Disputed || d.Status == DifferenceStatus.Carried ? d.Sheet.Minor : d.Expected.Minor),
            })
            .ToListAsync(cancel);
        return sums.ToDictionary(s => new LineKey(s.Key.OrderId!.Value, s.Key.Stage, s.Key.Instance), s => new Money(s.Sum));
    }

    private async Task<IReadOnlyList<NamedLine>> NameAsync(IReadOnlyList<ExpectedLine> lines, CancellationToken cancel)
    {
        var codes = (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Code);
        var identities = (await orders.IdentitiesAsync([.. lines.Select(l => l.Key.OrderId).Distinct()], cancel)).ToDictionary(o => o.Id);
        return [.. lines.Select(line =>
        {
            var order = identities[line.Key.OrderId];
            DateOnly? activated = order.ActivatedAt is { } at ? tenant.Zone.DateOf(at) : null;
            return new NamedLine(line, Entry.Expect(
                order.OrderNo, line.Amount, order.Iccid, order.Number, codes.GetValueOrDefault(order.ProductId), activated, stage: line.Key.Stage));
        })];
    }

    private static LineKey KeyOf(DifferenceRow difference) => new(difference.OrderId!.Value, difference.Stage, difference.Instance);
}
