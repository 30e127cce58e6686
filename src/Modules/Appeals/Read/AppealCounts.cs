namespace HaoSuan.Appeals;

/// <summary>How many appeals wait, for dashboards.</summary>
public sealed class AppealCounts(Db db, TenantScope tenant, TimeProvider time)
{
    /// <summary>All of the operator's.</summary>
    public Task<AppealCount> AllAsync(CancellationToken cancel = default) => CountAsync(db.Appeals, cancel);

    public Task<AppealCount> OfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        CountAsync(db.Appeals.Where(a => a.DistributorId == distributor), cancel);

    private async Task<AppealCount> CountAsync(IQueryable<AppealRow> appeals, CancellationToken cancel)
    {
        var today = tenant.Zone.DateOf(time.Now);
        var open = await appeals.Where(a => a.IsOpen).GroupBy(a => new { a.State, IsLate = a.Due < today })
            .Select(g => new { g.Key.State, g.Key.IsLate, Count = g.Count() }).ToListAsync(cancel);
        return new(
            open.Where(g => g.State == AppealState.Open).Sum(g => g.Count),
            open.Where(g => g.State == AppealState.Open && g.IsLate).Sum(g => g.Count),
            open.Where(g => g.State == AppealState.NeedsInfo).Sum(g => g.Count));
    }
}
