using HaoSuan.Inventory;
using HaoSuan.Orders;
using HaoSuan.Payments;

namespace HaoSuan.Tests.Engine;

public sealed class After_sales_gone_wrong_on_sqlite(SqliteDatabases engine) : AfterSaleMishapCases(engine);

public sealed class After_sales_gone_wrong_on_postgres(PostgresDatabases engine) : AfterSaleMishapCases(engine);

/// <summary>What an order, its upstream, its consumer and colleagues do while an after-sale is open: nothing is paid, sent or ended by it wrongly.</summary>
public abstract class AfterSaleMishapCases(Databases engine) : AfterSaleStory(engine)
{
    [Fact]
    public async Task The_old_card_that_goes_into_service_instead_of_the_new_one_is_found_and_the_new_one_stays_where_it_is()
    {
        await Shipped();
        await Exchanged();

        await Tell("activated", iccid: Iccid(1));

        Assert.Equal((OrderState.Activated, CardState.Shipped), (await State(), await CardIs(2)));
        await Hours(1);
        Assert.Equal(["orders.case_card_elsewhere", "orders.case_identity_differs"], await Found());
    }

    [Fact]
    public async Task Nobody_gets_his_money_back_and_keeps_a_number_in_service()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Tell("activated");
        Assert.Equal(["orders.after_sale_in_service"], Codes(await Do(h => h.ReceiveAsync(Order, number, "退回运单 YT1", Cancel))));
        Assert.Equal((OrderState.Activated, CardState.Activated), (await State(), await CardIs(1)));
        await Do(h => h.WithdrawAsync(Order, number, "用户留下了卡", Cancel));
        Assert.Equal(["orders.after_sale_in_service"], Codes(await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)));

        await Tell("cancelled");
        var again = (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value;
        await Do(h => h.AgreeAsync(Order, again, null, Cancel));
        Assert.Equal(AfterSaleState.Back, (await Do(h => h.ReceiveAsync(Order, again, "退回运单 YT1", Cancel))).Value);
    }

    [Fact]
    public async Task A_number_that_goes_into_service_after_its_card_came_back_is_not_refunded()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Do(h => h.ReceiveAsync(Order, number, "退回运单 YT1", Cancel));
        _ = (await With<InspectCards, Result<int>>(i => i.RestockAsync("一号仓", "完好", [Iccid(1)], Cancel))).Value;
        await Tell("activated");

        Assert.Equal(["orders.after_sale_in_service"], Codes(await Refund(number, default)));

        Assert.DoesNotContain((await Find()).Facts, f => f.Kind == "after_sale_refunded");
    }

    [Fact]
    public async Task A_parcel_that_turns_up_is_not_given_up()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.ParcelLost)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Tell("delivered");

        Assert.Equal(["orders.after_sale_parcel_arrived"], Codes(await Do(h => h.GiveUpAsync(Order, number, "快递确认丢失", Cancel))));

        Assert.Equal((OrderState.Delivered, CardState.Delivered), (await State(), await CardIs(1)));
    }

    [Fact]
    public async Task What_is_told_late_of_the_parcel_of_before_neither_ends_the_order_nor_is_found()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Reship, AfterSaleReason.Refused)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Drain();
        var before = Time.Now;
        await Send(number, ByPost);
        await With<Facts>(f => f.RecordAsync(new(Order, "refused", before, "upstream:hao172", "refused"), Cancel));

        await Tell("returned", "returned", Iccid(1));

        Assert.Equal((OrderState.Shipped, CardState.Shipped), (await State(), await CardIs(2)));
        var order = (await With<OrdersToSettle, OrderToSettle?>(o => o.OneAsync(Order, Cancel)))!;
        Assert.Null(Settling.Ending.Of([.. Settling.History.Of(order.OrderedAt, order.Facts).Value.KnownAt(Time.Now)]));
        await Hours(26);
        Assert.Empty(await Found());
        await Tell("returned", "returned again", Iccid(2));
        Assert.Equal((OrderState.Returned, CardState.Returned), (await State(), await CardIs(2)));
        await Hours(26);
        Assert.Equal(["orders.case_parcel_unhandled"], await Found());
    }

    [Fact]
    public async Task What_was_told_with_an_after_sale_is_taken_back_with_it_and_what_the_upstream_told_is_not()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.Refused)).Value;
        Assert.Equal(OrderState.Returned, await State());
        await Do(h => h.WithdrawAsync(Order, number, "看错了订单", Cancel));
        await Drain();
        Assert.Equal((OrderState.Shipped, CardState.Shipped), (await State(), await CardIs(1)));
        await Hours(26);
        Assert.Empty(await Found());

        await Tell("refused");
        var again = (await Ask(AfterSaleKind.Return, AfterSaleReason.Refused)).Value;
        await Do(h => h.WithdrawAsync(Order, again, "改为补发", Cancel));
        Assert.Equal(OrderState.Returned, await State());
    }

    [Fact]
    public async Task A_consumer_whose_wishes_come_to_nothing_has_to_call_for_another_one()
    {
        await Shipped();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, (await Wish()).Value);
            await Do(h => h.WithdrawByConsumerAsync(Order, i, Cancel));
        }

        Assert.Equal(["orders.after_sale_too_often"], Codes(await Wish()));

        Assert.Equal(6, (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value);
    }

    [Fact]
    public async Task An_order_whose_money_is_given_back_gets_no_other_card_but_can_be_returned()
    {
        await Shipped();
        await Tell("delivered");
        _ = (await With<RequestRefund, Result<Money>>(r => r.RunAsync(Order, "客诉", "goodwill", Cancel))).Value;
        await Drain();

        Assert.Equal(["orders.after_sale_refunded_already"], Codes(await Ask(AfterSaleKind.Exchange, AfterSaleReason.Defective)));
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Do(h => h.ReceiveAsync(Order, number, "退回运单 YT1", Cancel));
        _ = (await With<InspectCards, Result<int>>(i => i.RestockAsync("一号仓", "完好", [Iccid(1)], Cancel))).Value;
        Assert.Equal(AfterSaleState.Done, (await Refund(number, default)).Value);
        Assert.Equal(Money.Zero, (await Sales())[0].Refunded);
    }

    [Fact]
    public async Task A_refund_that_six_decide_at_once_is_one()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.ParcelLost)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Do(h => h.GiveUpAsync(Order, number, "快递确认丢失", Cancel));

        var decided = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Refund(number, new(1_00), "包装"), Cancel)));
        await Drain();

        Assert.Single(decided, d => !d.IsRefused);
        Assert.Equal(new Money(9_00), (await Find()).Facts.Single(f => f.Kind == "refunded").Amount);
    }
}
