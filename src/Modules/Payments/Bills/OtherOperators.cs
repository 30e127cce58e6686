using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Payments;

/// <summary>A merchant's keys belong to the installation, so a bill may have lines of its other operators: they are none of ours to see.</summary>
internal sealed class OtherOperators(IServiceScopeFactory scopes, Tenants tenants)
{
    /// <summary>Which of the numbers are payments or refunds of another operator.</summary>
    public async Task<IReadOnlySet<string>> OwnAsync(TenantId ours, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        if ((await tenants.AllAsync(cancel)).Count < 2) return new HashSet<string>();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var paid = await db.Payments.IgnoreQueryFilters()
            .Where(p => p.TenantId != ours && EF.Parameter(numbers).Contains(p.TradeNo)).Select(p => p.TradeNo).ToListAsync(cancel);
        var refunded = await db.Refunds.IgnoreQueryFilters()
            .Where(r => r.TenantId != ours && EF.Parameter(numbers).Contains(r.RefundNo)).Select(r => r.RefundNo).ToListAsync(cancel);
        return paid.Concat(refunded).ToHashSet(StringComparer.Ordinal);
    }
}
