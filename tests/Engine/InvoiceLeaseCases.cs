using HaoSuan.Invoices;

namespace HaoSuan.Tests.Engine;

public sealed class Lease_invoices_on_sqlite(SqliteDatabases engine) : InvoiceLeaseCases(engine);

public sealed class Lease_invoices_on_postgres(PostgresDatabases engine) : InvoiceLeaseCases(engine);

public abstract class InvoiceLeaseCases(Databases engine) : LeaseTest(engine)
{
    private static readonly InvoiceForm ByPost = InvoiceForm.Empty with
    {
        Title = "张三丰",
        Delivery = "post",
        Recipient = "张三丰",
        Phone = "13800138000",
        Address = "广东省广州市天河区中山大道 18 号",
    };

    [Fact]
    public async Task Months_are_invoiced_as_they_are_paid_and_the_deposit_never()
    {
        await Open(1);
        await SetUp();
        var placed = (await Place()).Value;
        await Pay(placed.Id, 1);
        Assert.Empty(await Due(placed.Id));
        _ = (await HandOver(placed.Id)).Value;
        Assert.Equal([new(InvoiceItem.LeaseFee, new(30_00))], await Due(placed.Id));
        Assert.Equal(new Money(100_00), (await Sale(placed.Id)).Deposit);

        await Ask(placed.Id);
        Assert.Empty(await Due(placed.Id));
        await Days(31);
        Assert.Empty(await Due(placed.Id));
        await Pay(placed.Id, 2);
        Assert.Equal([new(InvoiceItem.LeaseFee, new(30_00))], await Due(placed.Id));
        await Ask(placed.Id);

        var invoices = await With<InvoiceList, IReadOnlyList<InvoiceView>>(l => l.OfSaleAsync(new("lease", placed.Id.Value), Cancel));
        Assert.Equal([30_00L, 30_00L], invoices.Select(i => i.Gross.Minor));
        Assert.All(invoices, i => Assert.Equal((InvoiceState.Issued, placed.LeaseNo), (i.State, i.SaleNo)));
    }

    [Fact]
    public async Task A_device_that_is_bought_with_the_deposit_is_invoiced_and_damage_is_not()
    {
        await Open(2);
        await SetUp();
        var bought = await Begun();
        _ = (await BuyOut(bought)).Value;
        await Pay(bought, 2);
        Assert.Equal([new(InvoiceItem.LeaseFee, new(30_00)), new(InvoiceItem.DeviceSale, new(150_00))], await Due(bought));

        var damaged = await Begun();
        _ = (await Announce(damaged)).Value;
        _ = (await ComeBack(damaged)).Value;
        _ = (await Inspect(damaged, "缺适配器")).Value;
        await Later();
        // One month, and the two that were missing to the shortest term.
        Assert.Equal([new(InvoiceItem.LeaseFee, new(90_00))], await Due(damaged));
    }

    private async Task SetUp()
    {
        _ = (await With<InvoiceRates, Result<Done>>(r => r.SetSellerAsync(new("示例号卡", "91350100M000100Y43", "李四"), Cancel))).Value;
        foreach (var item in new[] { InvoiceItem.LeaseFee, InvoiceItem.DeviceSale })
            _ = (await With<InvoiceRates, Result<Done>>(r =>
                r.SetAsync(new($"{item}", "2026-01-01", "13%", "3040502010000000000", "经营租赁", "设备租金"), Cancel))).Value;
    }

    private async Task Ask(LeaseId id)
    {
        _ = (await With<AskInvoice, Result<InvoiceId>>(a => a.RunAsync(new("lease", id.Value), ByPost, Cancel))).Value;
        await Later();
    }

    private async Task<Sale> Sale(LeaseId id) => (await With<Sales, Sale?>(s => s.FindAsync(new("lease", id.Value), Cancel)))!;

    private async Task<IReadOnlyList<InvoiceAmount>> Due(LeaseId id)
    {
        var sale = await Sale(id);
        return await With<InvoiceBook, IReadOnlyList<InvoiceAmount>>(b => b.DueAsync(sale, Cancel));
    }
}
