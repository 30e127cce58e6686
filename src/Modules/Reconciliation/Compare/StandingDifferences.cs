using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Reconciliation;

/// <summary>Differences that nobody brings to an end: disputes past their deadline, and what lies in suspense for too long.</summary>
internal sealed class StandingDifferences(Db db, ReconSheets sheets, TenantScope tenant) : ICompare
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    private static readonly CaseKind Overdue = new("reconciliation.case_dispute_overdue", Policies.Finance, TimeSpan.FromDays(2));
    private static readonly CaseKind Held = new("reconciliation.case_held", Policies.Finance, TimeSpan.FromDays(5));

    public static IReadOnlyList<CaseKind> Kinds => [Overdue, Held];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var today = tenant.Zone.DateOf(comparison.Now);
        var overdue = await db.Differences.AsNoTracking().Where(d => d.Status == DifferenceStatus.Disputed && d.Due < today).ToListAsync(cancel);
        foreach (var row in overdue)
        {
            DifferenceKey key = new(row.SheetId, row.Number);
            var name = row.OrderNo ?? row.Reference;
            yield return new Finding(
                Overdue, $"{row.SheetId.Value}/{row.Number}", name, DifferenceEndpoint.AddressOf(key), tenant.Zone.StartOf(row.Due!.Value.AddDays(1)),
                name, row.Owner ?? "", row.Due.Value) { Amount = Size(row.Effect) };
        }
        foreach (var item in (await sheets.HeldAsync(cancel)).Where(i => i.Since <= comparison.Now - Patience))
            yield return new Finding(Held, item.Href, item.Subject, item.Href, item.Since, item.Subject, item.Amount) { Amount = Size(item.Amount) };
    }

    private static Money Size(Money effect) => Money.Max(effect, -effect);
}
