namespace HaoSuan.Payouts;

/// <summary>Gathers what a request is judged by.</summary>
public sealed class GatherFacts(Db db, TenantScope tenant, TimeProvider time)
{
    internal async Task<RequestFacts> RunAsync(DistributorId distributor, PayoutMethod method, Money available, CancellationToken cancel)
    {
        var zone = tenant.Zone;
        var today = zone.DateOf(time.Now);
        var month = (Instant?)zone.StartOf(Month.Of(today).First);
        var standing = db.Payouts.Where(p => p.DistributorId == distributor && p.Status != PayoutStatus.Rejected && p.Status != PayoutStatus.Failed);
        var ofMonth = await standing.Where(p => p.Method == method && (p.IsOpen || p.EndedAt >= month)).SumAsync(p => p.Amount.Minor, cancel);
        var last = await standing.OrderByDescending(p => p.RequestedAt).Select(p => (Instant?)p.RequestedAt).FirstOrDefaultAsync(cancel);
        return new(available, new(ofMonth), await standing.AnyAsync(p => p.IsOpen, cancel), last is { } at ? zone.DateOf(at) : null, today);
    }
}
