using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Orders;

/// <summary>Orders whose number or card two sources tell differently: the consumer has picked another one, or another card went out.</summary>
internal sealed class OrderIdentities(Db db) : ICompare
{
    private static readonly CaseKind Differs = new("orders.case_identity_differs", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Differs];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var orders = db.Orders.Where(o => o.Differs).OrderBy(o => o.Id).Select(o => new { o.Id, o.OrderNo, o.OrderedAt });
        await foreach (var order in orders.AsAsyncEnumerable().WithCancellation(cancel))
            yield return new(Differs, $"{order.Id.Value}", order.OrderNo, $"/office/orders/{order.Id.Value}", order.OrderedAt, order.OrderNo);
    }
}
