using System.Data.Common;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;
using HaoSuan.Orders;

namespace HaoSuan.Tests.Engine;

public sealed class After_sales_on_sqlite(SqliteDatabases engine) : AfterSaleCases(engine);

public sealed class After_sales_on_postgres(PostgresDatabases engine) : AfterSaleCases(engine);

/// <summary>Returns, exchanges, replacements and reshipments of orders from stock: order, cards, money and cases stay true together.</summary>
public abstract class AfterSaleCases(Databases engine) : AfterSaleStory(engine)
{
    [Fact]
    public async Task A_card_of_the_carriers_goes_to_one_order_also_where_two_name_it_at_once()
    {
        await Shipped();
        OrderId[] orders = [Order, await Sold(2)];
        foreach (var order in orders)
        {
            await With<Facts>(f => f.RecordAsync(new(order, "delivered", Time.Now, "upstream:hao172", "delivered"), Cancel));
            var number = (await With<AskAfterSale, Result<int>>(
                a => a.ByOfficeAsync(order, AfterSaleKind.Exchange, AfterSaleReason.Defective, Evidence, Cancel))).Value;
            _ = (await With<HandleAfterSale, Result<AfterSaleState>>(h => h.AgreeAsync(order, number, null, Cancel))).Value;
        }
        Time.Advance(TimeSpan.FromSeconds(1));

        var sent = await Task.WhenAll(orders.Select(order => Task.Run(
            () => With<SendCard, Result<AfterSaleState>>(s => s.RunAsync(order, 1, new("89860999999999999995", null, null), cancel: Cancel)), Cancel)));

        Assert.Equal("orders.after_sale_card_taken", Assert.Single(sent, s => s.IsRefused).Refusals[0].Code);
    }

    [Fact]
    public async Task A_card_that_comes_back_is_inspected_and_its_money_refunded_less_the_deduction()
    {
        await Shipped();
        await Tell("delivered");
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted)).Value;
        Assert.Equal(AfterSaleState.Agreed, (await Do(h => h.AgreeAsync(Order, number, "请寄到一号仓", Cancel))).Value);
        Assert.Equal(["orders.after_sale_not_back"], Codes(await Refund(number, default)));

        Assert.Equal(AfterSaleState.Back, (await Do(h => h.ReceiveAsync(Order, number, "退回运单 YT1", Cancel))).Value);
        Assert.Equal((OrderState.Returned, CardState.Returned), (await State(), await CardIs(1)));
        Assert.Equal(["orders.after_sale_not_inspected"], Codes(await Refund(number, default)));
        _ = (await With<InspectCards, Result<int>>(i => i.RestockAsync("一号仓", "完好", [Iccid(1)], Cancel))).Value;
        Assert.Equal(["orders.after_sale_deduction_reason"], Codes(await Refund(number, new(2_00))));
        Assert.Equal(["payments.refund_exceeds_payment"], Codes(await Refund(number, new(10_01), "包装损坏")));
        Assert.Equal(AfterSaleState.Done, (await Refund(number, new(2_00), "包装损坏")).Value);
        await Drain();

        var sale = (await Sales())[0];
        Assert.Equal((new Money(8_00), new Money(2_00), Time.Now), (sale.Refunded!.Value, sale.Deduction, sale.ClosedAt!.Value));
        Assert.Equal(new Money(8_00), (await Find()).Facts.Single(f => f.Kind == "refunded").Amount);
        Assert.Equal(["orders.after_sale_ended"], Codes(await Refund(number, default)));
        Assert.Equal(["orders.after_sale_given_back"], Codes(await Ask(AfterSaleKind.Reship, AfterSaleReason.Refused)));
        await Hours(48);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_lost_parcel_is_given_up_and_refunded_in_full()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.ParcelLost)).Value;
        Assert.Contains((await Find()).Facts, f => f.Kind == "lost" && f.Attributes["evidence"] == Evidence);
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Do(h => h.GiveUpAsync(Order, number, "快递确认丢失", Cancel));
        Assert.Equal((OrderState.Returned, CardState.Lost), (await State(), await CardIs(1)));

        Assert.Equal(AfterSaleState.Done, (await Refund(number, default)).Value);
        await Drain();

        Assert.Equal(new Money(10_00), (await Find()).Facts.Single(f => f.Kind == "refunded").Amount);
        await Hours(48);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_defective_card_is_exchanged_and_the_old_one_comes_back()
    {
        await Shipped();
        await Tell("delivered");
        var number = (await Ask(AfterSaleKind.Exchange, AfterSaleReason.Defective)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        Assert.Equal(AfterSaleState.Sent, (await Send(number, ByPost)).Value);

        Assert.Equal((OrderState.Shipped, CardState.Recalled, CardState.Shipped), (await State(), await CardIs(1), await CardIs(2)));
        Assert.Equal(Iccid(2), (await Find()).Order.Iccid);
        foreach (var card in new[] { 1, 2 })
        {
            var link = Assert.Single(await With<Cards, IReadOnlyList<CardReplacement>>(c => c.ReplacementsAsync(Iccid(card), Cancel)));
            Assert.Equal((Iccid(1), Iccid(2), Order), (link.OldIccid, link.NewIccid, link.OrderId));
        }
        Assert.Single(await With<OrderList, IReadOnlyList<OrderSummary>>(l => l.AllAsync(new(Text: Iccid(1)), 0, 10, Cancel)));
        await Tell("delivered", "again");
        await Tell("activated", iccid: Iccid(2));
        Assert.Equal((OrderState.Activated, CardState.Activated), (await State(), await CardIs(2)));

        await Hours(1);
        Assert.Empty(await Found());
        Assert.Equal(AfterSaleState.Done, (await Do(h => h.ReceiveAsync(Order, number, "退回运单 YT1", Cancel))).Value);
        Assert.Equal((OrderState.Activated, CardState.Returned), (await State(), await CardIs(1)));
    }

    [Fact]
    public async Task A_lost_card_in_service_is_replaced_and_the_new_one_raises_no_difference()
    {
        await Shipped();
        await Tell("activated");
        await Tell("suspended", iccid: Iccid(7));
        await Hours(1);
        Assert.Equal(["orders.case_identity_differs"], await Found());
        var number = (await Ask(AfterSaleKind.Replacement, AfterSaleReason.CardLost)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));

        Assert.Equal(["orders.after_sale_iccid"], Codes(await Send(number, new("898601", null, null))));
        Assert.Equal(AfterSaleState.Done, (await Send(number, new(Iccid(7), null, null))).Value);

        Assert.Equal((OrderState.Activated, CardState.Scrapped), (await State(), await CardIs(1)));
        Assert.Equal((Iccid(1), Iccid(7)), ((await Sales())[0].OldIccid, (await Sales())[0].NewIccid));
        await Tell("resumed", iccid: Iccid(7));
        await Tell("billed", iccid: Iccid(1));
        await Hours(0);
        Assert.Empty(await Found());
        Assert.Equal(Iccid(7), (await Find()).Order.Iccid);
    }

    [Fact]
    public async Task A_replacement_from_stock_is_in_service_at_once_and_no_card_is_elsewhere()
    {
        await Shipped();
        await Tell("activated");
        var number = (await Ask(AfterSaleKind.Replacement, AfterSaleReason.CardBroken)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        Assert.Equal(["orders.tracking_no"], Codes(await Send(number, new(null, "顺丰", null))));

        Assert.Equal(AfterSaleState.Done, (await Send(number, new(Iccid(3), "顺丰", "SF0000000002"))).Value);

        Assert.Equal((CardState.Scrapped, CardState.InStock, CardState.Activated), (await CardIs(1), await CardIs(2), await CardIs(3)));
        await Hours(1);
        Assert.Empty(await Found());
    }

    [Theory]
    [InlineData(AfterSaleReason.Refused, CardState.Returned)]
    [InlineData(AfterSaleReason.ParcelLost, CardState.Lost)]
    public async Task A_parcel_that_did_not_arrive_is_sent_again_and_the_order_earns_as_if_it_had(AfterSaleReason reason, CardState old)
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Reship, reason)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Drain();
        Assert.Equal(AfterSaleState.Done, (await Send(number, ByPost)).Value);

        Assert.Equal((OrderState.Shipped, old, CardState.Shipped), (await State(), await CardIs(1), await CardIs(2)));
        await Drain();
        await Tell("delivered");
        await Tell("activated");
        Assert.Equal((OrderState.Activated, CardState.Activated), (await State(), await CardIs(2)));
        await Hours(1);
        Assert.Empty(await Found());
        var order = (await With<OrdersToSettle, OrderToSettle?>(o => o.OneAsync(Order, Cancel)))!;
        var known = Settling.History.Of(order.OrderedAt, order.Facts).Value.KnownAt(Time.Now);
        Assert.Null(Settling.Ending.Of([.. known]));
    }

    [Fact]
    public async Task An_order_has_one_open_after_sale_and_two_at_once_are_one()
    {
        await Shipped();
        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ask(AfterSaleKind.Return, AfterSaleReason.Unwanted), Cancel)));
        Assert.Single(asked, a => !a.IsRefused);
        Assert.All(asked.Where(a => a.IsRefused), a => Assert.Equal(["orders.after_sale_open"], Codes(a)));

        var agreed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Do(h => h.AgreeAsync(Order, 1, null, Cancel)), Cancel)));

        Assert.Single(agreed, a => !a.IsRefused);
        Assert.Single((await Find()).Facts, f => f.Kind == "after_sale_agreed");
    }

    [Fact]
    public async Task The_consumer_asks_and_withdraws_until_somebody_has_agreed()
    {
        await Shipped();
        var asked = await With<AskAfterSale, Result<int>>(a => a.ByConsumerAsync(Order, AfterSaleKind.Return, AfterSaleReason.Unwanted, Cancel));
        Assert.Equal(AfterSaleState.Withdrawn, (await Do(h => h.WithdrawByConsumerAsync(Order, asked.Value, Cancel))).Value);
        var again = (await With<AskAfterSale, Result<int>>(a => a.ByConsumerAsync(Order, AfterSaleKind.Return, AfterSaleReason.Unwanted, Cancel))).Value;
        Assert.Equal(2, again);
        await Do(h => h.AgreeAsync(Order, again, null, Cancel));

        Assert.Equal(["orders.after_sale_being_done"], Codes(await Do(h => h.WithdrawByConsumerAsync(Order, again, Cancel))));
        Assert.Equal(["orders.after_sale_reason"], Codes(
            await With<AskAfterSale, Result<int>>(a => a.ByConsumerAsync(Order, AfterSaleKind.Reship, AfterSaleReason.ParcelLost, Cancel))));
        Assert.Equal("after-sales:consumer", (await Find()).Facts.First(f => f.Kind == "after_sale_asked").Source);
    }

    [Fact]
    public async Task The_consumer_tells_once_by_which_parcel_his_card_comes_back()
    {
        await Shipped();
        var number = (await Wish()).Value;
        Assert.Equal(["orders.after_sale_not_agreed"], Codes(await SendBack("顺丰", "SF3")));
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        Assert.Equal(["orders.courier_required", "orders.tracking_no"], Codes(await SendBack("我家的地址", "1")));

        Assert.Equal(AfterSaleState.Agreed, (await SendBack("顺丰", "sf0000000003")).Value);

        Assert.Equal("顺丰 SF0000000003", (await Sales())[0].ParcelBack);
        Assert.Equal("after-sales:consumer", (await Find()).Facts.Single(f => f.Kind == "after_sale_sent_back").Source);
        Assert.Equal(["orders.after_sale_told_already"], Codes(await SendBack("顺丰", "SF0000000004")));

        Task<Result<AfterSaleState>> SendBack(string courier, string no) => Do(h => h.SendBackByConsumerAsync(Order, number, courier, no, Cancel));
    }

    [Fact]
    public async Task Staff_says_what_it_rests_on_and_a_card_is_not_another_orders_nor_the_same()
    {
        await Shipped();
        Assert.Equal(["orders.after_sale_text"], Codes(
            await With<AskAfterSale, Result<int>>(a => a.ByOfficeAsync(Order, AfterSaleKind.Return, AfterSaleReason.Unwanted, " ", Cancel))));
        Assert.Equal(["orders.after_sale_unknown"], Codes(await Do(h => h.AgreeAsync(Order, 9, null, Cancel))));
        Assert.Equal(["orders.unknown"], Codes(await Do(h => h.AgreeAsync(NewId.Of<OrderId>(Time), 1, null, Cancel))));
        await Tell("activated");
        var number = (await Ask(AfterSaleKind.Replacement, AfterSaleReason.CardLost)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        Assert.Equal(["orders.after_sale_text"], Codes(await Do(h => h.WithdrawAsync(Order, number, null, Cancel))));
        Assert.Equal(["orders.after_sale_same_card"], Codes(await Send(number, new(Iccid(1), "顺丰", "SF0000000002"))));

        Assert.Equal(CardState.Activated, await CardIs(1));
    }

    [Fact]
    public async Task After_sales_that_stand_still_are_found_in_the_department_whose_work_it_is()
    {
        await Shipped();
        var number = (await Ask(AfterSaleKind.Return, AfterSaleReason.ParcelLost)).Value;
        await Hours(20);
        Assert.Empty(await Found());
        await Hours(5);
        Assert.Equal(["orders.case_after_sale_stands"], await Found());

        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Hours(0);
        Assert.Empty(await Found());
        await Do(h => h.GiveUpAsync(Order, number, "快递确认丢失", Cancel));
        await Hours(49);
        Assert.Equal(["orders.case_refund_undecided"], await Found());
        var late = Assert.Single(await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel)));
        Assert.Equal((Policies.Finance, new Money(10_00)), (late.Department, late.Amount));
        await Refund(number, default);
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Theory]
    [InlineData("lost", AfterSaleKind.Reship, AfterSaleReason.ParcelLost)]
    [InlineData("refused", AfterSaleKind.Reship, AfterSaleReason.Refused)]
    [InlineData("rejected", AfterSaleKind.Reship, AfterSaleReason.Refused)]
    [InlineData("cancelled", AfterSaleKind.Return, AfterSaleReason.Unwanted)]
    public async Task A_parcel_that_the_upstream_tells_of_and_nobody_handles_is_found_until_somebody_does(
        string kind, AfterSaleKind handled, AfterSaleReason reason)
    {
        await Shipped();
        await Tell(kind);
        await Hours(20);
        Assert.Empty(await Found());
        await Hours(6);
        Assert.Equal(["orders.case_parcel_unhandled"], await Found());
        await Hours(6);
        Assert.Equal(["orders.case_parcel_unhandled"], await Found());

        _ = (await Ask(handled, reason)).Value;
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task The_work_list_is_filtered_by_state_owner_and_any_of_both_cards()
    {
        await Shipped();
        await Tell("delivered");
        var number = (await Ask(AfterSaleKind.Exchange, AfterSaleReason.Wrong)).Value;
        Assert.Equal(1, await Count(new(AfterSaleState.Asked, OpenOnly: true, Kind: AfterSaleKind.Exchange, Owner: "system")));
        Assert.Equal(0, await Count(new(Owner: "")));
        Assert.Equal(0, await Count(new(Overdue: true)));
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Send(number, ByPost);

        foreach (var text in new[] { Iccid(1), Iccid(2), (await Find()).Order.OrderNo })
        {
            var found = await With<AfterSales, IReadOnlyList<AfterSaleSummary>>(a => a.ListAsync(new(Text: text), 0, 10, Cancel));
            Assert.Equal(Order, Assert.Single(found).Case.OrderId);
        }
        Assert.Equal(0, await Count(new(Text: Iccid(3))));
    }

    [Fact]
    public async Task The_database_refuses_to_change_which_card_took_which_ones_place()
    {
        await Shipped();
        await Tell("delivered");
        var number = (await Ask(AfterSaleKind.Exchange, AfterSaleReason.Wrong)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Send(number, ByPost);

        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("update card_replacement set new_iccid = '1'"));
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from card_replacement"));
    }
}
