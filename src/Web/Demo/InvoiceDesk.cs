using HaoSuan.Invoices;
using HaoSuan.Orders;
using HaoSuan.Payments;

namespace HaoSuan.Web.Demo;

/// <summary>Invoices as they stand on a working day: sent, to be posted, come back, taken back, and one that its buyer has to confirm.</summary>
internal sealed class InvoiceDesk(Scene scene)
{
    private const string Title = "深圳市启明物联科技有限公司";
    private const string TaxNumber = "91440300MA5FQM7B22";

    public async Task Work()
    {
        await scene.Do<InvoiceRates, Done>(r => r.SetSellerAsync(new($"{SignIns.Operator}（广州）科技有限公司", "91440101MA59HN0A1U", "陈会计")));
        await Rate(InvoiceItem.CardFee, "6%", "3030299000000000000", "电信服务", "号卡");
        await Rate(InvoiceItem.NumberSupplement, "6%", "3030299000000000000", "电信服务", "选号服务");
        await Rate(InvoiceItem.LeaseFee, "13%", "3040502010000000000", "经营租赁", "通信设备租金");
        await Rate(InvoiceItem.DeviceSale, "13%", "1090502990000000000", "通信设备", "通信设备");
        var paid = await PaidAsync();
        if (paid is not [var first, var company, var wrong, var posted, var back, ..]) return;
        await Ask(first, Mail("王小明", "wangxm@example.com"));
        await Ask(company, ForCompany);
        await Ask(wrong, Mail("李晓", "full.mailbox@example.com"));
        await Ask(posted, InvoiceForm.Empty with
        {
            Title = "赵敏",
            Delivery = "post",
            Recipient = "赵敏",
            Phone = "13800138000",
            Address = "广东省广州市天河区中山大道西 18 号 302 房",
        });
        await Ask(back, Mail("周洁", "zhoujie@example.com"));
        await scene.SettleDown();
        await Confirming(company);
        await scene.Do<RequestRefund, Money>(r => r.PartAsync(new(back.Id), new(5_00), "快递延误补偿", "demo-invoice"));
        await scene.SettleDown();
        await scene.Job("fetch-returned-mail");
    }

    private static InvoiceForm ForCompany =>
        new() { Kind = "special", Buyer = "company", Title = Title, TaxNumber = TaxNumber, Delivery = "mail", Email = "caiwu@example.com" };

    private static InvoiceForm Mail(string title, string email) =>
        InvoiceForm.Empty with { Title = title, Email = email };

    /// <summary>The company has booked its invoice, and gets a part of its money back.</summary>
    private async Task Confirming(SaleKey sale)
    {
        var invoice = (await scene.Call<InvoiceList, IReadOnlyList<InvoiceView>>(l => l.OfSaleAsync(sale)))[0];
        if (invoice.State != InvoiceState.Issued) return;        // without a Chinese font nothing is issued
        await scene.Do<RedLetters, Done>(r => r.BookedAsync(invoice.Id));
        await scene.Do<RequestRefund, Money>(r => r.PartAsync(new(sale.Id), new(8_00), "优惠补退", "demo-invoice"));
    }

    private Task<Done> Rate(InvoiceItem item, string rate, string code, string shortName, string name) =>
        scene.Do<InvoiceRates, Done>(r => r.SetAsync(new($"{item}", "2026-01-01", rate, code, shortName, name)));

    private Task<InvoiceId> Ask(SaleKey sale, InvoiceForm form) => scene.Do<AskInvoice, InvoiceId>(a => a.RunAsync(sale, form));

    /// <summary>The latest orders in service for whose card was paid.</summary>
    private async Task<List<SaleKey>> PaidAsync()
    {
        var orders = await scene.Call<OrderList, IReadOnlyList<OrderSummary>>(l => l.AllAsync(new(OrderState.Activated), 0, 400));
        List<SaleKey> paid = [];
        foreach (var order in orders.Where(o => o.Paid > new Money(10_00)))
        {
            if (paid.Count == 5) break;
            var sale = new SaleKey("order", order.Id.Value);
            var due = await scene.Call<Sales, Sale?>(s => s.FindAsync(sale));
            if (due is { Kept.Count: > 0 }) paid.Add(sale);
        }
        return paid;
    }
}
