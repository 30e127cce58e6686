using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>Notes what each transaction of a run has done, as a row of its own: no two workers wait for one.</summary>
internal sealed class RunParts(Db db, TimeProvider time)
{
    /// <summary>Joins the caller's transaction.</summary>
    public void Add(RunId run, IReadOnlyList<long> entries, Figures figures) => db.Add(new PartRow
    {
        RunId = run,
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        BatchId = entries.Count == 0 ? null : Books.BatchOf(entries[0]),
        Orders = figures.Orders,
        Refused = figures.Refused,
        Entries = entries.Count,
        Sales = figures.Sales,
        Upstream = figures.Upstream,
        Commission = figures.Commission,
    });
}

/// <summary>What a part adds to its run.</summary>
internal sealed record Figures(int Orders, int Refused, Money Sales, Money Upstream, Money Commission);
