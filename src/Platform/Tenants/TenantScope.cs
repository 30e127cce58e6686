using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>The tenant that a request or a job works for. Entered once, before the database is used; 0 is the system itself.</summary>
public sealed class TenantScope
{
    private Zone? _zone;

    public TenantId Id { get; private set; }

    /// <summary>The zone of the tenant's calendar. Throws in the system's own scope, which has no calendar.</summary>
    public Zone Zone => _zone ?? throw new InvalidOperationException("No tenant was entered.");

    public void Enter(Tenant tenant)
    {
        if (Id != default && Id != tenant.Id) throw new InvalidOperationException("Another tenant was entered.");
        (Id, _zone) = (tenant.Id, Zone.Find(tenant.Zone));
    }
}

public static class TenantScopes
{
    /// <summary>A fresh scope of services that works for the tenant: what jobs, the outbox and tests run in.</summary>
    public static AsyncServiceScope CreateScope(this IServiceScopeFactory scopes, Tenant tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(tenant);
        return scope;
    }
}
