using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Payments;

namespace HaoSuan.Invoices;

/// <summary>Cards and numbers that were paid for. Top-ups are no part of them: the carrier invoices those.</summary>
internal sealed class OrderSales(OrderList orders, TrackOrders track, Products products, PaymentRecords payments) : ISales
{
    public string Source => "order";

    public async Task<Sale?> FindAsync(Guid id, CancellationToken cancel) =>
        await orders.FindAsync(new OrderId(id), cancel: cancel) is { } order ? await SaleAsync(order, cancel) : null;

    public async Task<Sale?> FindByNoAsync(string no, CancellationToken cancel) =>
        await orders.FindByNoAsync(no, cancel) is { } id ? await FindAsync(id.Value, cancel) : null;

    public async Task<Sale?> PaidByAsync(PaymentFor purpose, OrderId paidAs, CancellationToken cancel) =>
        purpose == PaymentFor.Order ? await FindAsync(paidAs.Value, cancel) : null;

    public async Task<IReadOnlyList<Sale>> OfPhoneAsync(byte[] phoneHash, CancellationToken cancel)
    {
        List<Sale> sales = [];
        foreach (var tracked in await track.OfAsync(new(phoneHash), cancel)) sales.Add(await SaleAsync(tracked.Detail, cancel));
        return sales;
    }

    private async Task<Sale> SaleAsync(OrderDetail detail, CancellationToken cancel)
    {
        var order = detail.Order;
        var supplement = detail.NumberTerms?.Terms.Supplement ?? Money.Zero;
        InvoiceAmount[] price = [new(InvoiceItem.CardFee, order.Price - supplement), new(InvoiceItem.NumberSupplement, supplement)];
        return new(
            new(Source, order.Id.Value), order.OrderNo, (await products.FindAsync(order.ProductId, cancel))?.Name ?? "", order.OrderedAt,
            Balance.Spread(await payments.KeptAsync(order.Id, cancel), price), [order.Id], Money.Zero, $"/office/orders/{order.Id.Value}");
    }
}
