using HaoSuan.Catalog;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Engine;

public sealed class Comparisons_on_sqlite(SqliteDatabases engine) : ComparisonCases(engine);

public sealed class Comparisons_on_postgres(PostgresDatabases engine) : ComparisonCases(engine);

/// <summary>What goes wrong between orders, payments, upstreams and stock is found, and closes by itself where it comes right.</summary>
public abstract class ComparisonCases(Databases engine) : EngineTest(engine)
{
    private const string Number = "13912346688";
    private readonly FakeChannel _wechat = new();
    private readonly FakeWire _wire = new();
    private DistributorId _seller;
    private ProductId _product;

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddScoped<Samples>().AddSingleton<IPaymentChannel>(_wechat).AddSingleton(new UpstreamLine("hao172", _wire));

    [Fact]
    public async Task Where_everything_agrees_there_is_no_case()
    {
        await Paid(await Order());
        await Drain();
        await Hours(1);
        await Hours(4);

        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_payment_without_a_word_from_its_channel_holds_up_its_order_until_the_channel_answers()
    {
        var placed = await Order();
        var payment = await Start(placed);
        _wechat.Payment = new PaymentState.Unknown(new("SYSTEM_ERROR", "busy"));
        for (var i = 0; i < 40; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await With<AskChannels>(a => a.RunAsync(Cancel));
        }
        await Hours(2);
        Assert.Equal(["orders.case_unpaid", "payments.case_unknown"], await Found());

        await Apply(payment, new PaymentState.Paid("4200001", placed.Price, Time.Now));
        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_payment_that_its_order_knows_nothing_of_is_found_and_closes_when_the_order_hears_of_it()
    {
        var placed = await Order();
        await Paid(placed);
        await Hours(1);
        Assert.Equal(["orders.case_payment_alone"], await Found());
        Assert.Equal(new Money(10_00), Assert.Single(await Open()).Amount);
        await Hours(12);
        Assert.Contains("orders.case_payment_alone", await Found());

        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task An_order_that_goes_on_without_its_money_is_found_however_it_came_about()
    {
        var placed = await Order();
        await With<Facts>(f => f.RecordAsync(new(placed.Id, "paid", Time.Now, "somebody", "1", placed.Price), Cancel));
        await Drain();
        await Hours(3);
        await Hours(30);

        Assert.Equal(["orders.case_goes_unpaid"], await Found());
    }

    [Fact]
    public async Task Another_amount_and_a_refused_refund_wait_until_somebody_has_dealt_with_them()
    {
        var placed = await Order();
        await Apply(await Start(placed), new PaymentState.Paid("4200001", new(9_99), Time.Now));
        await Hours(0);
        var disputed = Assert.Single(await Open(), c => c.Kind == "payments.case_disputed");
        Assert.Equal(new Money(9_99), disputed.Amount);
        Assert.Contains("应付 ￥10.00，实付 ￥9.99", (await With<CaseRecords, CaseDetail?>(c => c.FindAsync(disputed.Id, Cancel)))!.What, StringComparison.Ordinal);

        var other = await Order(2);
        await Paid(other, "4200002");
        await Drain();
        _wechat.Refund = new RefundState.Failed(new("NOT_ENOUGH", "no balance"));
        await With<RequestRefund, Result<Money>>(r => r.RunAsync(other.Id, "拒收", "return", Cancel));
        await Drain();
        await Hours(0);
        Assert.Contains("payments.case_refund_failed", await Found());
        _wechat.Refund = null;
        Time.Advance(TimeSpan.FromMinutes(1));
        _ = (await With<RequestRefund, Result<Money>>(r => r.RunAsync(other.Id, "拒收", "again", Cancel))).Value;
        await Drain();
        await Hours(0);
        Assert.Equal(["orders.case_unpaid", "payments.case_disputed"], (await Found()).Union(["orders.case_unpaid"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_that_stands_still_is_found_in_every_state_after_its_time()
    {
        _wire.Outcome = new Submission.Unknown("no answer");
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await Hours(2);
        Assert.Equal(["orders.case_submission_unknown"], await Found());

        await With<PollUpstreams>(p => p.RunAsync(Cancel));
        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
        await Hours(6 * 24);
        Assert.Equal(["orders.case_in_review"], await Found());

        _wire.Answer = new Withdrawal.Unknown("no answer");
        _ = (await With<CancelOrder, Result<OrderState>>(c => c.RunAsync(placed.Id, "用户要求取消", Cancel))).Value;
        await Drain();
        await Hours(7);
        Assert.Equal(["orders.case_cancelling"], await Found());

        await With<Facts>(f => f.RecordAsync(new(placed.Id, "shipped", Time.Now, "upstream:hao172", "shipped"), Cancel));
        await Drain();
        await Hours(31 * 24);
        Assert.Equal(["orders.case_under_way"], await Found());
    }

    [Fact]
    public async Task An_order_that_nobody_has_handed_over_is_found()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await Tamper("delete from upstream_submission");
        await Tamper("update sales_order set state = 'Confirmed'");
        await Hours(2);

        Assert.Equal(["orders.case_not_handed_over"], await Found());
    }

    [Fact]
    public async Task A_status_that_we_have_no_word_for_is_found_and_closes_with_the_next_that_we_understand()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await Report(placed, UpstreamReport.Unrecognised, "U1/unrecognised/预占中");
        await Hours(0);
        var found = Assert.Single(await Open());
        Assert.Equal("upstreams.case_unknown_status", found.Kind);
        Assert.Contains("“预占中”", (await With<CaseRecords, CaseDetail?>(c => c.FindAsync(found.Id, Cancel)))!.What, StringComparison.Ordinal);

        Time.Advance(TimeSpan.FromMinutes(1));
        await Report(placed, "accepted", "U1/accepted");
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Theory]
    [InlineData("phone", "13912346689", true)]
    [InlineData("phone", "139****6688", false)]
    [InlineData("phone", Number, false)]
    public async Task Another_number_than_the_consumer_picked_is_found(string name, string value, bool differs)
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await With<Facts>(f => f.RecordAsync(
            new(placed.Id, "shipped", Time.Now, "upstream:hao172", "s", Attributes: new Dictionary<string, string> { [name] = value }), Cancel));
        await Hours(0);

        Assert.Equal(differs ? ["orders.case_identity_differs"] : [], await Found());
    }

    [Fact]
    public async Task Cards_that_are_elsewhere_than_their_orders_say_and_orders_without_their_card_are_found()
    {
        var (placed, iccid) = await ShippedFromStock();
        await Hours(1);
        Assert.Empty(await Found());

        await Tamper("update card set state = 'Allocated'");
        await Hours(0);
        Assert.Equal(["orders.case_card_elsewhere"], await Found());
        Assert.Equal(iccid, Assert.Single(await Open()).Subject);

        await Tamper("update card set state = 'InStock', order_id = null");
        await Hours(0);
        Assert.Equal(["orders.case_without_card"], await Found());
        Assert.Equal(placed.OrderNo, Assert.Single(await Open()).Subject);
    }

    [Fact]
    public async Task An_order_that_ended_and_keeps_money_or_a_number_is_found_until_it_has_given_them_back()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await With<Facts>(f => f.RecordAsync(new(placed.Id, "rejected", Time.Now, "upstream:hao172", "no"), Cancel));
        await Hours(1);
        Assert.Equal(["orders.case_money_kept", "orders.case_number_kept"], await Found());
        await Hours(12);
        Assert.Equal(["orders.case_money_kept", "orders.case_number_kept"], await Found());

        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task Money_that_comes_long_after_its_order_has_ended_and_stays_is_found()
    {
        var placed = await Order();
        var payment = await Start(placed);
        _ = (await With<CancelOrder, Result<OrderState>>(c => c.RunAsync(placed.Id, "用户要求取消", Cancel))).Value;
        await Drain();
        await Hours(2);
        await Apply(payment, new PaymentState.Paid("4200001", placed.Price, Time.Now));
        await With<Facts>(f => f.RecordAsync(new(placed.Id, "paid", Time.Now, "payments", $"{payment.Value}", placed.Price), Cancel));
        await Hours(1);
        Assert.Equal(["orders.case_money_kept"], await Found());

        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task An_order_that_ended_and_gave_back_a_part_keeps_the_rest()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(placed.Id, new(1_00), "少发", "part", Cancel))).Value;
        await Drain();
        await With<Facts>(f => f.RecordAsync(new(placed.Id, "rejected", Time.Now, "upstream:hao172", "no"), Cancel));
        await Hours(1);
        Assert.Contains("orders.case_money_kept", await Found());

        await Drain();
        await Hours(0);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_payment_that_its_order_knows_nothing_of_is_found_although_a_part_of_it_went_back()
    {
        var placed = await Order();
        await Paid(placed);
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(placed.Id, new(1_00), "少发", "part", Cancel))).Value;
        await Hours(1);

        Assert.Equal(["orders.case_payment_alone"], await Found());
    }

    [Fact]
    public async Task A_refund_that_the_channel_may_still_end_stays_a_case_whatever_is_given_back_besides()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        _wechat.Refund = new RefundState.Failed(new("ABNORMAL", "The consumer's account cannot take it"));
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(placed.Id, new(6_00), "少发", "part", Cancel))).Value;
        await Drain();
        _wechat.Refund = null;
        Time.Advance(TimeSpan.FromMinutes(1));
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(placed.Id, new(4_00), "少发", "rest", Cancel))).Value;
        await Drain();
        await Hours(0);

        Assert.Equal(["payments.case_refund_failed"], await Found());
    }

    /// <summary>Time passes, and everything is compared.</summary>
    private async Task Hours(int hours)
    {
        Time.Advance(TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(1));
        await Compared();
    }

    private Task<IReadOnlyList<CaseSummary>> Open() => With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel));

    private async Task<IReadOnlyList<string>> Found() => [.. (await Open()).Select(c => c.Kind).Order(StringComparer.Ordinal)];

    /// <summary>An order of ten yuan with a number picked, not yet paid.</summary>
    private async Task<PlacedOrder> Order(int nth = 1)
    {
        if (nth == 1) await OnSale();
        var (number, browser) = ($"{Number[..^1]}{9 - nth}", $"browser{nth}");
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(_product, number, Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(_product, number, browser, Cancel)).Value);
        var digits = $"4401061990030700{nth}";
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "中山大道 18 号",
            Consent = "true",
            Number = number,
            Channel = "wechat",
        };
        return (await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, _product, form, browser), Cancel))).Value;
    }

    private async Task OnSale()
    {
        var sample = await With<Samples, ProductId>(s => s.CardAsync());
        var upstream = (await With<Products, Product?>(p => p.FindAsync(sample, Cancel)))!.UpstreamId;
        _product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("GD39", upstream, Carrier.Telecom, "靓号卡", "选号", new(10_00)) { PicksNumber = true }, Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(_product, Samples.Scheme("120.00"))).Value);
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, _product, 110_00)).Value);
    }

    private async Task<(PlacedOrder Placed, string Iccid)> ShippedFromStock()
    {
        var placed = await Order();
        await Paid(placed);
        await Drain();
        await With<IServiceProvider>(async services =>
        {
            await services.GetRequiredService<Warehouses>().OpenAsync("一号仓", Cancel);
            _ = (await services.GetRequiredService<ReceiveCards>().RunAsync(_product, "一号仓", CardLine.Of(["89860100000000000017"]), Cancel)).Value;
        });
        return (placed, (await With<ShipOrder, Result<string>>(s => s.RunAsync(placed.Id, "顺丰", "SF1234567890", Cancel))).Value);
    }

    [Fact]
    public async Task An_order_that_an_upstream_reports_of_and_never_got_is_found_once()
    {
        for (var i = 0; i < 2; i++)
            await With<TakeReports>(t => t.RunAsync(
                "hao172", [new("HS26030199999999", "U9", "shipped", Time.Now, true, "U9/shipped")], HeardBy.Callback, Cancel));
        await Hours(0);

        var found = Assert.Single(await Open());
        Assert.Equal(("upstreams.case_stray", "HS26030199999999"), (found.Kind, found.Subject));
    }

    [Fact]
    public async Task An_account_that_another_system_has_too_is_twenty_cases_and_one()
    {
        for (var i = 1; i <= 23; i++)
        {
            await With<TakeReports>(t => t.RunAsync(
                "hao172", [new($"XX{i:00}", $"U{i}", "shipped", Time.Now, true, $"U{i}/shipped")], HeardBy.Callback, Cancel));
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        await Hours(0);

        var found = await Open();
        Assert.Equal(20, found.Count(c => c.Kind == "upstreams.case_stray"));
        var many = Assert.Single(found, c => c.Kind == "upstreams.case_strays");
        Assert.Equal("hao172", many.Subject);
        Assert.DoesNotContain(found, c => c.Subject is "XX21" or "XX22" or "XX23");
    }

    private async Task<PaymentId> Start(PlacedOrder placed) => (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(
        new(placed.Id, placed.OrderNo, placed.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://example.test/")), Cancel))).Value.Id;

    private async Task Paid(PlacedOrder placed, string transaction = "4200001") =>
        await Apply(await Start(placed), new PaymentState.Paid(transaction, placed.Price, Time.Now));

    private Task Apply(PaymentId id, PaymentState state) => With<ApplyPayment>(a => a.RunAsync(id, state, Cancel));

    private async Task Report(PlacedOrder placed, string kind, string eventId)
    {
        await With<TakeReports>(t => t.RunAsync("hao172", [new(placed.OrderNo, "U1", kind, Time.Now, false, eventId)], HeardBy.Callback, Cancel));
        await Drain();
    }
}
