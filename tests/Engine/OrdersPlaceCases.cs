using HaoSuan.Catalog;
using HaoSuan.Inventory;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Settling;
using HaoSuan.Ui;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Engine;

public sealed class Orders_placed_on_sqlite(SqliteDatabases engine) : OrdersPlaceCases(engine);

public sealed class Orders_placed_on_postgres(PostgresDatabases engine) : OrdersPlaceCases(engine);

public abstract class OrdersPlaceCases(Databases engine) : EngineTest(engine)
{
    private const string Number = "13912346688";

    private readonly FakeWire _wire = new();
    private DistributorId _top;
    private DistributorId _seller;

    protected override IServiceCollection Configure(IServiceCollection services) =>
        services.AddScoped<Samples>().AddSingleton<IPaymentChannel>(new FakeChannel()).AddSingleton(new UpstreamLine("hao172", _wire));

    private static OrderForm Form(int person = 1, string? number = null, string? channel = null)
    {
        var digits = $"44010619900307{person:000}";
        return new()
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
            Channel = channel,
        };
    }

    private async Task<ProductId> Card(string code = "GD29", Money price = default, bool picks = false)
    {
        var product = await With<Samples, ProductId>(s => s.CardAsync());
        if (code != "GD29" || price != default || picks)
        {
            var upstream = (await With<Products, Product?>(p => p.FindAsync(product, Cancel)))!.UpstreamId;
            product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
                new("GD39", upstream, Carrier.Telecom, "靓号卡", "选号", price) { PicksNumber = picks }, Cancel))).Value;
        }
        await With<PublishScheme>(async p => _ = (await p.RunAsync(product, Samples.Scheme("120.00"))).Value);
        _top = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("B", _top));
        await With<Samples>(async s => _ = (await s.RateAsync(_top, product, 110_00)).Value);
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, product, 80_00)).Value);
        return product;
    }

    private Task<Result<PlacedOrder>> Place(ProductId product, OrderForm form, string holder = "browser") =>
        With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, product, form, holder), Cancel));

    private async Task<OrderSummary> Find(OrderId id) => (await With<OrderList, OrderDetail?>(l => l.FindAsync(id, cancel: Cancel)))!.Order;

    private static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    [Fact]
    public async Task An_order_pins_scheme_chain_and_rates_and_keeps_nothing_personal_in_clear()
    {
        var product = await Card();

        var placed = (await Place(product, Form())).Value;

        Assert.StartsWith("HS260301", placed.OrderNo, StringComparison.Ordinal);
        var order = (await With<OrdersToSettle, OrderToSettle?>(o => o.OneAsync(placed.Id, Cancel)))!;
        Assert.Equal((1, Time.Now), (order.SchemeVersion, order.OrderedAt));
        Assert.Equal([_top, _seller], order.Chain.Select(m => m.Id));
        Assert.Equal([Rate.Amount(new(110_00)), Rate.Amount(new(80_00))], order.Chain.Select(m => m.Rates["first"]));
        Assert.Equal((OrderState.Confirmed, "张**"), ((await Find(placed.Id)).State, (await Find(placed.Id)).Name));
        Assert.Equal(placed.Id, (await With<OrderList, OrderDetail?>(l => l.FindByTokenAsync(placed.Token, Cancel)))!.Order.Id);
        foreach (var viewer in new[] { _top, _seller })
            Assert.Equal(1, await With<OrderList, int>(l => l.CountOfTeamAsync(viewer, new(), Cancel)));
        var person = (await With<RevealPerson, Result<Person>>(r => r.RunAsync(placed.Id, "test", Cancel))).Value;
        Assert.Equal(("张三丰", "广东省", "中山大道 18 号"), (person.Name, person.Province, person.Address));
    }

    [Fact]
    public async Task A_bad_form_is_refused_with_everything_that_is_wrong_and_leaves_nothing()
    {
        var product = await Card();
        await Place(product, Form());

        var refused = await Place(product, Form() with { Phone = "1", Consent = null });

        Assert.Equal(["orders.phone", "orders.consent_required", "orders.rule_repeat_id"], Codes(refused));
        Assert.Equal(1, await With<OrderList, int>(l => l.CountAsync(new(), Cancel)));
    }

    [Fact]
    public async Task Two_orders_of_one_person_at_once_are_one_order()
    {
        var product = await Card();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Place(product, Form()), Cancel)));

        Assert.Single(results, r => !r.IsRefused);
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal(["orders.rule_repeat_id"], Codes(r)));
        Assert.Equal(1, await With<OrderList, int>(l => l.CountAsync(new(), Cancel)));
    }

    [Fact]
    public async Task After_the_window_the_same_person_may_order_again()
    {
        var product = await Card();
        await Place(product, Form());
        Time.Advance(TimeSpan.FromDays(179));
        Assert.True((await Place(product, Form())).IsRefused);

        Time.Advance(TimeSpan.FromDays(1));

        Assert.False((await Place(product, Form())).IsRefused);
    }

    [Fact]
    public async Task A_product_without_a_scheme_or_a_rate_cannot_be_ordered()
    {
        var product = await Card();
        var stranger = await With<Samples, DistributorId>(s => s.DistributorAsync("C"));

        var refused = await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(stranger, product, Form(), "browser"), Cancel));

        Assert.Equal(["orders.not_available"], Codes(refused));
    }

    [Fact]
    public async Task A_picked_number_is_taken_with_the_order_and_its_supplement_is_paid()
    {
        var product = await Card(price: new(10_00), picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, $"{Number},50.00", Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(product, Number, "browser", Cancel)).Value);

        Assert.Equal(["orders.number_required"], Codes(await Place(product, Form(1, null, "wechat"))));
        Assert.Equal(["inventory.number_taken"], Codes(await Place(product, Form(1, Number, "wechat"), "somebody")));
        Assert.Equal(["orders.channel_required"], Codes(await Place(product, Form(1, Number))));
        var placed = (await Place(product, Form(1, Number, "wechat"))).Value;

        Assert.Equal((new Money(60_00), "wechat"), (placed.Price, placed.Channel));
        Assert.Equal((OrderState.AwaitingPayment, Number), ((await Find(placed.Id)).State, (await Find(placed.Id)).Number));
        Assert.False(await With<OrdersToSettle, bool>(o => o.AnyDueAsync(DueFor.Settlement, Time.Now, Cancel)));
    }

    [Fact]
    public async Task The_terms_of_a_number_are_accepted_as_they_are_and_pinned()
    {
        var product = await Card(price: new(10_00), picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(product, Number, "browser", Cancel)).Value);
        var terms = new NumberTerms(new(100_00), new(38_00), new(200_00), 24, "合约期内不能携转");
        var before = await Rule(terms with { ContractMonths = 12 });
        Time.Advance(TimeSpan.FromMinutes(1));
        var rule = await Rule(terms);

        var form = Form(1, Number, "wechat");
        Assert.Equal(["orders.number_terms_changed"], Codes(await Place(product, form)));
        Assert.Equal(["orders.number_terms_changed"], Codes(await Place(product, form with { NumberRule = $"{before.Id}", NumberTerms = "true" })));
        Assert.Equal(["orders.number_terms_required"], Codes(await Place(product, form with { NumberRule = $"{rule.Id}" })));
        var placed = (await Place(product, form with { NumberRule = $"{rule.Id}", NumberTerms = "true" })).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        await Rule(NumberTerms.None);

        Assert.Equal(new Money(110_00), placed.Price);
        var detail = await With<OrderList, OrderDetail?>(l => l.FindAsync(placed.Id, cancel: Cancel));
        Assert.Equal(new PinnedTerms(NumberPattern.AABB, terms, rule.Id), detail!.NumberTerms);

        async Task<NumberRule> Rule(NumberTerms asked) =>
            (await With<NumberRules, Result<NumberRule>>(r => r.SetAsync(new(NumberPattern.AABB), null, asked, Cancel))).Value;
    }

    [Fact]
    public async Task Who_has_accepted_terms_that_were_lifted_since_reads_the_number_again()
    {
        var product = await Card(price: new(10_00), picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(product, Number, "browser", Cancel)).Value);
        var rule = (await With<NumberRules, Result<NumberRule>>(r => r.SetAsync(
            new(NumberPattern.AABB), null, NumberTerms.None with { Supplement = new(100_00) }, Cancel))).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        await With<NumberRules>(async r => _ = (await r.SetAsync(new(NumberPattern.AABB), null, null, Cancel)).Value);

        var form = Form(1, Number, "wechat");
        Assert.Equal(["orders.number_terms_changed"], Codes(await Place(product, form with { NumberRule = $"{rule.Id}", NumberTerms = "true" })));
        Assert.Equal(new Money(10_00), (await Place(product, form)).Value.Price);
    }

    [Fact]
    public async Task An_unpaid_order_is_closed_and_its_number_is_free_again()
    {
        var product = await Card(price: new(10_00), picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(product, Number, "browser", Cancel)).Value);
        var placed = (await Place(product, Form(1, Number, "wechat"))).Value;

        Time.Advance(TimeSpan.FromMinutes(29));
        await With<CloseUnpaid>(c => c.RunAsync(Cancel));
        Assert.Equal(OrderState.AwaitingPayment, (await Find(placed.Id)).State);
        Time.Advance(TimeSpan.FromMinutes(1));
        await With<CloseUnpaid>(c => c.RunAsync(Cancel));
        await Drain();

        Assert.Equal(OrderState.Closed, (await Find(placed.Id)).State);
        Assert.Single(await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(product, new(), 0, 10, Cancel)));
        Assert.False((await Place(product, Form(1, Number, "wechat"))).IsRefused);
    }

    [Fact]
    public async Task Payment_confirms_an_order_and_cancelling_it_gives_the_money_back_once()
    {
        var placed = (await Place(await Card(price: new(10_00)), Form(channel: "wechat"))).Value;
        await Pay(placed);
        Assert.Equal((OrderState.Submitted, new Money(10_00)), ((await Find(placed.Id)).State, (await Find(placed.Id)).Paid));

        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await Cancelled(placed.Id)).IsRefused);
        Time.Advance(TimeSpan.FromSeconds(5));
        await Drain();
        await Drain();

        Assert.Equal(OrderState.Closed, (await Find(placed.Id)).State);
        Assert.Equal(["orders.ended_already"], Codes(await Cancelled(placed.Id)));
        Assert.Equal(Money.Zero, await With<Journal, Money>(j => j.BalanceAsync(Accounts.Gateway("wechat"), Cancel)));
        var order = (await With<OrderList, OrderDetail?>(l => l.FindAsync(placed.Id, cancel: Cancel)))!;
        Assert.Equal(["closed", "paid", "refunded", "submitted", "withdrawal_asked"], order.Facts.Select(f => f.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Money_that_comes_after_the_cancellation_goes_back()
    {
        var placed = (await Place(await Card(price: new(10_00)), Form(channel: "wechat"))).Value;
        await Cancelled(placed.Id);
        await Drain();

        Time.Advance(TimeSpan.FromSeconds(5));
        await Pay(placed);

        Assert.Equal(OrderState.Closed, (await Find(placed.Id)).State);
        Assert.Equal(Money.Zero, await With<Journal, Money>(j => j.BalanceAsync(Accounts.Gateway("wechat"), Cancel)));
        Assert.Empty(await With<OrdersToSettle, IReadOnlyList<OrderToSettle>>(o => o.AllAsync(10, cancel: Cancel)));
    }

    [Fact]
    public async Task An_order_is_shipped_once_with_a_card_of_its_product()
    {
        var product = await Card();
        var placed = (await Place(product, Form())).Value;
        Assert.Equal(["inventory.out_of_stock"], Codes(await Ship(placed.Id)));
        await With<Samples>(s => s.CardsAsync(product, "89860112345678900001", "89860112345678900002"));

        var shipped = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Ship(placed.Id), Cancel)));
        await Drain();

        Assert.Single(shipped, s => !s.IsRefused);
        var order = await Find(placed.Id);
        Assert.Equal((OrderState.Shipped, "89860112345678900001"), (order.State, order.Iccid));
        Assert.Equal(CardState.Shipped, (await With<Cards, Card?>(c => c.OfOrderAsync(placed.Id, Cancel)))!.State);
        Assert.Equal(["orders.shipped_already"], Codes(await Cancelled(placed.Id)));

        await With<HaoSuan.Orders.Facts>(f => f.RecordAsync(new(placed.Id, "activated", Time.Now + TimeSpan.FromDays(2), "upstream:hao172", "e1"), Cancel));
        await Drain();
        Assert.Equal(CardState.Activated, (await With<Cards, Card?>(c => c.OfOrderAsync(placed.Id, Cancel)))!.State);
    }

    [Fact]
    public async Task A_parcel_needs_courier_and_tracking_number()
    {
        var placed = (await Place(await Card(), Form())).Value;

        var refused = await With<ShipOrder, Result<string>>(s => s.RunAsync(placed.Id, " ", "1", Cancel));

        Assert.Equal(["orders.courier_required", "orders.tracking_no"], Codes(refused));
    }

    [Fact]
    public async Task A_confirmed_order_goes_to_its_upstream_and_lives_by_its_reports()
    {
        var placed = (await Place(await Card(), Form())).Value;
        await Drain();

        Assert.Equal((1, placed.OrderNo, "GD29", "张三丰"), (_wire.Submitted, _wire.Last!.OrderNo, _wire.Last.Product, _wire.Last.Applicant.Name));
        Assert.Equal(("广东省", "广州市", "天河区"), (_wire.Last.Applicant.Province, _wire.Last.Applicant.City, _wire.Last.Applicant.District));
        Assert.Equal(OrderState.Submitted, (await Find(placed.Id)).State);

        var (shipped, activated) = (Time.Now + TimeSpan.FromDays(1), Time.Now + TimeSpan.FromDays(3));
        _wire.Reports =
        [
            new(placed.OrderNo, "U1", "activated", activated, true, "U1/activated") { Attributes = new Dictionary<string, string> { ["phone"] = Number } },
            new(placed.OrderNo, "U1", "shipped", shipped, true, "U1/shipped"),
        ];
        Time.Advance(TimeSpan.FromDays(4));
        for (var i = 0; i < 2; i++) await With<PollUpstreams>(p => p.RunAsync(Cancel));
        await Drain();

        var order = (await With<OrderList, OrderDetail?>(l => l.FindAsync(placed.Id, cancel: Cancel)))!;
        Assert.Equal((OrderState.Activated, NetworkState.InService, Number), (order.Order.State, order.Order.Network, order.Order.Number));
        Assert.Equal(["submitted", "shipped", "activated"], order.Facts.Select(f => f.Kind));
    }

    [Fact]
    public async Task An_order_that_the_upstream_refuses_has_failed_and_its_money_goes_back()
    {
        _wire.Outcome = new Submission.Refused("-1", "该证件已满五户");
        var placed = (await Place(await Card(price: new(10_00)), Form(channel: "wechat"))).Value;

        await Pay(placed);

        Assert.Equal(OrderState.Failed, (await Find(placed.Id)).State);
        Assert.Equal(Money.Zero, await With<Journal, Money>(j => j.BalanceAsync(Accounts.Gateway("wechat"), Cancel)));
        Assert.Contains((await With<OrderList, OrderDetail?>(l => l.FindAsync(placed.Id, cancel: Cancel)))!.Facts, f => f.Kind == "refunded");
    }

    [Fact]
    public async Task Parts_that_go_back_in_the_same_second_are_all_facts_and_the_consumer_reads_their_sum()
    {
        var placed = (await Place(await Card(price: new(10_00)), Form(channel: "wechat"))).Value;
        await Pay(placed);

        foreach (var fen in new long[] { 1_00, 2_00 })
            _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(placed.Id, new(fen), "少发", $"part-{fen}", Cancel))).Value;
        await Drain();

        var order = (await With<OrderList, OrderDetail?>(l => l.FindAsync(placed.Id, cancel: Cancel)))!;
        Assert.Equal([new(1_00), new(2_00)], order.Facts.Where(f => f.Kind == "refunded").Select(f => f.Amount).Order());
        Assert.Equal(YuanText.Of(new(3_00)), Journey.Of(order)[^1].Text);
    }

    private async Task Pay(PlacedOrder placed)
    {
        var request = new PaymentRequest(
            placed.Id, placed.OrderNo, placed.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://example.test/"));
        var started = (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(request, Cancel))).Value;
        await With<ApplyPayment>(a => a.RunAsync(started.Id, new PaymentState.Paid("4200001", placed.Price, Time.Now), Cancel));
        await Drain();
    }

    private Task<Result<string>> Ship(OrderId id) => With<ShipOrder, Result<string>>(s => s.RunAsync(id, "顺丰", "SF1234567890", Cancel));

    private Task<Result<OrderState>> Cancelled(OrderId id) => With<CancelOrder, Result<OrderState>>(c => c.RunAsync(id, "用户要求取消", Cancel));
}
