using HaoSuan.Orders;
using HaoSuan.Reports;

namespace HaoSuan.Tests.Engine;

public sealed class DayCheck_on_sqlite(SqliteDatabases engine) : DayCheckCases(engine);

public sealed class DayCheck_on_postgres(PostgresDatabases engine) : DayCheckCases(engine);

/// <summary>Orders, vouchers and stock of a day.</summary>
public abstract class DayCheckCases(Databases engine) : AfterSaleStory(engine)
{
    private Task<DayCheck> Check(int daysLater = 0) =>
        With<DayChecks, DayCheck>(d => d.OfAsync(new DateOnly(2026, 3, 1).AddDays(daysLater), Cancel));

    [Fact]
    public async Task A_paid_and_shipped_order_is_equal_on_all_three_sides_and_leads_to_voucher_and_card()
    {
        await Shipped();

        var check = await Check();

        var order = Assert.Single(check.Orders);
        Assert.Equal((Order, 10_00L, 10_00L, DayVerdict.Even), (order.Id, order.OrderMoney.Minor, order.VoucherMoney.Minor, order.Verdict));
        Assert.Equal([1L], order.Vouchers);
        Assert.Equal([Iccid(1)], order.OrderCards);
        Assert.Equal([Iccid(1)], order.StockCards);
        Assert.Empty((await Check(1)).Orders);
    }

    [Fact]
    public async Task Another_card_that_is_sent_for_the_order_is_equal_too()
    {
        await Shipped();
        await Exchanged();

        var order = Assert.Single((await Check()).Orders);

        Assert.Equal((DayVerdict.Even, 2), (order.Verdict, order.StockCards.Count));
    }

    [Fact]
    public async Task A_card_that_never_left_the_stock_is_found()
    {
        await Shipped();
        await With<Facts>(f => f.RecordAsync(
            new(Order, "shipped", Time.Now, "stock", Iccid(9), Attributes: new Dictionary<string, string> { ["iccid"] = Iccid(9) }), Cancel));

        var check = await Check();

        Assert.Equal((1, 2, 1), (check.Count(DayVerdict.Differs), check.OrderCards, check.StockCards));
    }

    [Fact]
    public async Task Money_that_the_order_does_not_count_is_told_apart()
    {
        await Shipped();
        await Tamper("update payment set status = 'Disputed'");

        var check = await Check();

        Assert.Equal((DayVerdict.Differs, -10_00L, 10_00L), (check.Orders[0].Verdict, check.Difference.Minor, check.Uncounted.Minor));
        Assert.Equal(check.VoucherMoney, check.OrderMoney + check.Difference + check.Uncounted);
    }
}
