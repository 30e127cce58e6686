using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>The tenants of this installation, read once each.</summary>
public sealed class Tenants(IServiceScopeFactory scopes, TimeProvider time)
{
    // A tenant never changes once it is there, and every request, event and job asks for one.
    private readonly ConcurrentDictionary<TenantId, Tenant> _byId = [];
    private readonly ConcurrentDictionary<string, Tenant> _bySlug = new(StringComparer.Ordinal);

    public async Task<Tenant?> FindAsync(TenantId id, CancellationToken cancel = default) =>
        _byId.GetValueOrDefault(id) ?? Known(await Read(tenants => tenants.FirstOrDefaultAsync(t => t.Id == id, cancel)));

    public async Task<Tenant?> FindAsync(string slug, CancellationToken cancel = default) =>
        _bySlug.GetValueOrDefault(slug) ?? Known(await Read(tenants => tenants.FirstOrDefaultAsync(t => t.Slug == slug, cancel)));

    public async Task<IReadOnlyList<Tenant>> AllAsync(CancellationToken cancel = default) =>
        await Read(async tenants => await tenants.OrderBy(t => t.Id).ToListAsync(cancel));

    public async Task<Tenant> AddAsync(string slug, string name, CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await db.InTransaction(async () =>
        {
            var last = await db.Set<Tenant>().Select(t => (TenantId?)t.Id).MaxAsync(cancel);
            var tenant = new Tenant
            {
                Id = new((last?.Value ?? 0) + 1),
                Slug = slug,
                Name = name,
                Currency = Currency.Cny.Code,
                Zone = Zone.Shanghai.Id,
                CreatedAt = time.Now,
            };
            db.Add(tenant);
            return tenant;
        }, cancel);
    }

    private Tenant? Known(Tenant? tenant)
    {
        if (tenant is not null) (_byId[tenant.Id], _bySlug[tenant.Slug]) = (tenant, tenant);
        return tenant;
    }

    private async Task<T> Read<T>(Func<IQueryable<Tenant>, Task<T>> query)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<Db>().Set<Tenant>().AsNoTracking());
    }
}
