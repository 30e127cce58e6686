using HaoSuan.Catalog;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Orders;

/// <summary>Hands a confirmed order over to its upstream, and again where the upstream has lost it.</summary>
internal sealed class SubmitToUpstream(Db db, Products products, Purchases purchases, RevealPerson reveal, SubmitOrder submit)
    : IFollow<OrderConfirmed>, IFollow<SubmissionLost>, IFollow<UseAssessed>
{
    public Task FollowAsync(OrderConfirmed happened, CancellationToken cancel) => SubmitAsync(happened.OrderId, cancel);

    public Task FollowAsync(SubmissionLost happened, CancellationToken cancel) => SubmitAsync(happened.OrderId, cancel);

    public Task FollowAsync(UseAssessed happened, CancellationToken cancel) => SubmitAsync(happened.OrderId, cancel);

    private async Task SubmitAsync(OrderId id, CancellationToken cancel)
    {
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        if (order.State is not (OrderState.Confirmed or OrderState.Submitted)) return;
        if (await purchases.HoldsAsync(order.PurchaseId, cancel)) return;
        var product = (await products.FindAsync(order.ProductId, cancel))!;     // products are never removed
        var person = (await reveal.RunAsync(id, "submit to upstream", cancel)).Value;
        var applicant = new Applicant(
            person.Name, person.IdNumber, person.Phone, person.Province, person.City, person.District, person.Address);
        await submit.RunAsync(new(id, order.OrderNo, order.UpstreamId, product.Code, applicant, order.Picked), cancel);
    }
}
