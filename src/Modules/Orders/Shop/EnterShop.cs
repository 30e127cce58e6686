using HaoSuan.Distributors;

namespace HaoSuan.Orders;

/// <summary>Opens a distributor's shop by an invitation.</summary>
public sealed class EnterShop(Tree tree, Tenants tenants, TenantScope tenant)
{
    /// <summary>Null where there is no such invitation, or its distributor has left.</summary>
    public async Task<ShopVisit?> RunAsync(string invite, CancellationToken cancel = default) =>
        await tree.InvitationAsync(invite, cancel) is { } invitation
            ? new(invite, await NameAsync(cancel), invitation.DistributorId, invitation.DistributorName, invitation.IsClosed)
            : null;

    /// <summary>The operator's name, as a shop shows it.</summary>
    public async Task<string> NameAsync(CancellationToken cancel = default) => (await tenants.FindAsync(tenant.Id, cancel))!.Name;
}
