using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Leases;

/// <summary>
/// Leases that do not go on as agreed: paid and not sent, bills that are late, devices that are on their way back for too long, debts at the end.
/// </summary>
internal sealed class LeasesInTrouble(Db db, TenantScope tenant) : ICompare
{
    private static readonly TimeSpan ToShip = TimeSpan.FromDays(2);
    private static readonly TimeSpan OnTheWay = TimeSpan.FromDays(15);
    private static readonly TimeSpan ToInspect = TimeSpan.FromDays(3);
    private static readonly TimeSpan ToPay = TimeSpan.FromDays(7);

    private static readonly CaseKind NotShipped = new("leases.case_not_shipped", Policies.Operations, TimeSpan.FromDays(1));
    private static readonly CaseKind Overdue = new("leases.case_overdue", Policies.Operations, TimeSpan.FromDays(3));
    private static readonly CaseKind NotBack = new("leases.case_not_back", Policies.Operations, TimeSpan.FromDays(3));
    private static readonly CaseKind NotInspected = new("leases.case_not_inspected", Policies.Operations, TimeSpan.FromDays(1));
    private static readonly CaseKind Owes = new("leases.case_owes", Policies.Finance, TimeSpan.FromDays(7));

    public static IReadOnlyList<CaseKind> Kinds => [NotShipped, Overdue, NotBack, NotInspected, Owes];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var late in await InAsync(LeaseState.ToShip, cancel))
            if (late.Since <= comparison.Now - ToShip) yield return Found(NotShipped, late, late.Since);
        foreach (var late in await InAsync(LeaseState.Overdue, cancel)) yield return Found(Overdue, late, late.Due);
        foreach (var late in await InAsync(LeaseState.Returning, cancel))
            if (late.Since <= comparison.Now - OnTheWay) yield return Found(NotBack, late, late.Since);
        foreach (var late in await InAsync(LeaseState.Inspecting, cancel))
            if (late.Since <= comparison.Now - ToInspect) yield return Found(NotInspected, late, late.Since);
        foreach (var late in await InAsync(LeaseState.Owing, cancel))
            if (late.Since <= comparison.Now - ToPay) yield return Found(Owes, late, late.Since);
    }

    /// <param name="Since">When it came into its state.</param>
    /// <param name="Due">The end of the day on which its oldest open bill had to be paid.</param>
    private sealed record Late(LeaseRow Lease, Instant Since, Instant Due, Money Open);

    private async Task<IEnumerable<Late>> InAsync(LeaseState state, CancellationToken cancel)
    {
        var leases = await db.Leases.AsNoTracking().Where(l => l.State == state).ToListAsync(cancel);
        var ids = leases.ConvertAll(l => l.Id);
        var since = await db.LeaseSteps.Where(s => ids.Contains(s.LeaseId) && s.ToState == state && s.Event != LeaseBook.Corrected)
            .GroupBy(s => s.LeaseId).Select(g => new { g.Key, At = g.Max(s => s.At) }).ToDictionaryAsync(s => s.Key, s => s.At, cancel);
        var bills = (await db.LeaseBills.AsNoTracking().Where(b => ids.Contains(b.LeaseId) && b.State == LeaseBillState.Open).ToListAsync(cancel))
            .ToLookup(b => b.LeaseId);
        return leases.Select(l => new Late(
            l, since[l.Id], bills[l.Id].Select(b => tenant.Zone.StartOf(b.Due.AddDays(1))).DefaultIfEmpty(since[l.Id]).Min(),
            bills[l.Id].Aggregate(Money.Zero, (sum, b) => sum + b.Left)));
    }

    private static Finding Found(CaseKind kind, Late late, Instant since) =>
        new(kind, $"{late.Lease.Id.Value}", late.Lease.LeaseNo, $"/office/leases/{late.Lease.Id.Value}", since, late.Lease.LeaseNo, late.Open)
        { Amount = late.Open };
}
