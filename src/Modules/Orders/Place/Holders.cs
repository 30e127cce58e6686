using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>What one ID number has at one carrier. It is looked at under a lock, so that two orders at once see each other.</summary>
public sealed class Holders(Db db, TenantScope tenant)
{
    internal async Task<IReadOnlyList<Refusal>> FaultsAsync(byte[] idHash, Product product, DateOnly today, CancellationToken cancel)
    {
        var carrier = product.Carrier;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into card_holder (tenant_id, id_hash, carrier) values ({db.CurrentTenant.Value}, {idHash}, {carrier.ToString()})
            on conflict do nothing
            """, cancel);
        await db.Holders.Where(h => h.IdHash == idHash && h.Carrier == carrier).ForUpdate().ToListAsync(cancel);
        var holdings = await db.Orders.Where(o => o.IdHash == idHash && o.Carrier == carrier)
            .Select(o => new { o.OrderedAt, o.State, o.Network }).ToListAsync(cancel);
        return HolderRules.Faults([.. holdings.Select(h => new Holding(tenant.Zone.DateOf(h.OrderedAt), h.State, h.Network))], product.WindowDays, today);
    }
}
