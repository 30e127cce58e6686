using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>Opens a distributor's shop by an invitation.</summary>
public sealed class EnterShop(Storefront front, Tenants tenants, TenantScope tenant)
{
    /// <summary>Null where there is no such invitation, or its distributor has left.</summary>
    public async Task<ShopVisit?> RunAsync(string invite, CancellationToken cancel = default) =>
        await front.InvitationAsync(invite, cancel) is { } invitation
            ? new(invite, await NameAsync(cancel), invitation.DistributorId, invitation.DistributorName, invitation.IsClosed)
            : null;

    /// <summary>Where nothing can be ordered: a shop that takes no orders for the time being says so, without a reason; else there is none.</summary>
    public async Task<IResult> NothingAsync(string invite, CancellationToken cancel = default) =>
        await RunAsync(invite, cancel) is { IsClosed: true } visit ? new RazorComponentResult<ClosedPage>(new { visit.Shop }) : TypedResults.NotFound();

    /// <summary>The operator's name, as a shop shows it.</summary>
    public async Task<string> NameAsync(CancellationToken cancel = default) => (await tenants.FindAsync(tenant.Id, cancel))!.Name;
}
