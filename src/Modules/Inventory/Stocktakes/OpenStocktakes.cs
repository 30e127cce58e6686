using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Inventory;

/// <summary>Stocktakes that nobody brings to an end: until then their warehouse cannot be counted anew, and its books are not believed.</summary>
internal sealed class OpenStocktakes(Db db) : ICompare
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly CaseKind Counting = new("inventory.case_counting", Policies.Operations, TimeSpan.FromDays(2));
    private static readonly CaseKind Deciding = new("inventory.case_deciding", Policies.Operations, TimeSpan.FromDays(2));

    public static IReadOnlyList<CaseKind> Kinds => [Counting, Deciding];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (last, differences) = (comparison.Now - Patience, db.CountDifferences);
        var open = db.Stocktakes.AsNoTracking()
            .Where(s => (s.State == StocktakeState.Counting && s.StartedAt <= last) || (s.State == StocktakeState.Deciding && s.ComparedAt <= last))
            .Select(s => new { Stocktake = s, Left = differences.Count(d => d.StocktakeId == s.Id && d.Decision == null) });
        await foreach (var found in open.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var row = found.Stocktake;
            yield return row.State == StocktakeState.Counting
                ? new(Counting, $"{row.Id}", row.Place, $"/office/stocktakes/{row.Id}", row.StartedAt, row.Place)
                : new(Deciding, $"{row.Id}", row.Place, $"/office/stocktakes/{row.Id}", row.ComparedAt!.Value, row.Place, found.Left);
        }
    }
}
