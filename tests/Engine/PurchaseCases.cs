using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Upstreams;

namespace HaoSuan.Tests.Engine;

public sealed class Purchases_on_sqlite(SqliteDatabases engine) : PurchaseCases(engine);

public sealed class Purchases_on_postgres(PostgresDatabases engine) : PurchaseCases(engine);

public abstract class PurchaseCases(Databases engine) : EngineTest(engine)
{
    private readonly FakeWire _wire = new();
    private ProductId _product;
    private DistributorId _seller;

    protected override IServiceCollection Configure(IServiceCollection services) =>
        services.AddScoped<Samples>().AddSingleton(new UpstreamLine("hao172", _wire));

    private static OrderForm Form(string quantity)
    {
        const string digits = "44010619900307123";
        return new()
        {
            Name = "张三丰", IdNumber = digits + IdNumber.CheckOf(digits), Phone = "13800138000", Province = "44", City = "广州市", District = "天河区",
            Address = "中山大道 18 号", Consent = "true", Quantity = quantity, Use = "仓库温湿度采集器联网上报", NoResale = "true",
            Company = "福州某某科技有限公司", CreditCode = "91350100M000100Y43", Channel = "wechat",
        };
    }

    private async Task OnSale(Money price = default)
    {
        var sample = await With<Samples, ProductId>(s => s.CardAsync());
        var upstream = (await With<Products, Product?>(p => p.FindAsync(sample, Cancel)))!.UpstreamId;
        _product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("IOT1", upstream, Carrier.Mobile, "物联网卡", "设备专用", price) { Kind = ProductKind.IotCard }, Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(_product, Samples.Scheme("20.00"))).Value);
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, _product, 10_00)).Value);
    }

    private Task<Result<PlacedOrder>> Place(string quantity) =>
        With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, _product, Form(quantity), "browser"), Cancel));

    private async Task<Purchase> PurchaseOf(OrderId order) => (await With<Purchases, Purchase?>(p => p.OfAsync(order, Cancel)))!;

    private Task<Result<Done>> Assess(Guid purchase, string limits = "机卡绑定，仅限定向流量") =>
        With<AssessUse, Result<Done>>(a => a.RunAsync(purchase, UseRisk.Low, limits, Cancel));

    [Fact]
    public async Task Several_cards_are_several_orders_of_one_purchase_and_each_is_settled_by_itself()
    {
        await OnSale();

        var placed = (await Place("7")).Value;

        var purchase = await PurchaseOf(placed.Id);
        Assert.Equal((7, "福州某某科技有限公司", "91350100M000100Y43"), (purchase.Quantity, purchase.Company, purchase.CreditCode));
        Assert.Contains(purchase.Cards, c => c.Id == placed.Id);
        Assert.Equal(7, purchase.Cards.Select(c => c.OrderNo).Distinct().Count());
        var toSettle = await With<OrdersToSettle, IReadOnlyList<OrderToSettle>>(o => o.AllAsync(10, cancel: Cancel));
        Assert.Equal(7, toSettle.Count);
        Assert.All(toSettle, o => Assert.Equal([_seller], o.Chain.Select(m => m.Id)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_00)]
    public async Task A_form_that_is_sent_twice_buys_once_also_at_once(long price)
    {
        await OnSale(new(price));
        var form = Form(price == 0 ? "3" : "1") with { Purchase = DeviceForm.NewName() };
        Task<Result<PlacedOrder>> Send() => With<IServiceProvider, Result<PlacedOrder>>(services =>
        {
            var asked = new NewOrder(_seller, _product, form, "browser");
            return services.GetRequiredService<Purchases>().OnceAsync(asked, () => services.GetRequiredService<PlaceOrder>().RunAsync(asked, Cancel), Cancel);
        });

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Send, Cancel)));

        var first = await PurchaseOf(sent[0].Value.Id);
        Assert.Equal((price == 0 ? 3 : 1, price == 0 ? null : "wechat"), (first.Cards.Count, sent[0].Value.Channel));
        foreach (var again in sent.Append(await Send())) Assert.Contains(first.Cards, c => c.Id == again.Value.Id);
        form = form with { Purchase = DeviceForm.NewName() };
        Assert.NotEqual(first.Id, (await PurchaseOf((await Send()).Value.Id)).Id);
    }

    [Fact]
    public async Task No_card_goes_to_the_upstream_or_into_a_parcel_before_its_use_is_assessed()
    {
        await OnSale();
        await With<Samples>(s => s.CardsAsync(_product, "89860112345678900001"));
        var placed = (await Place("3")).Value;
        await Drain();
        Task<Result<string>> Ship() => With<ShipOrder, Result<string>>(s => s.RunAsync(placed.Id, "顺丰", "SF1234567890", Cancel));

        Assert.Equal(0, _wire.Submitted);
        Assert.Equal("orders.use_not_assessed", Assert.Single((await Ship()).Refusals).Code);
        var (waiting, oldest) = await With<Purchases, (int Count, OrderId? Oldest)>(p => p.WaitingAsync(Cancel));
        Assert.Equal((1, true), (waiting, oldest is not null));

        var purchase = (await PurchaseOf(placed.Id)).Id;
        Assert.Equal("Limits", Assert.Single((await Assess(purchase, " ")).Refusals).Field);
        var assessed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Assess(purchase), Cancel)));
        await Drain();

        Assert.Single(assessed, a => !a.IsRefused);
        Assert.Equal(3, _wire.Submitted);
        Assert.False((await Ship()).IsRefused);
        Assert.Equal((UseRisk.Low, "机卡绑定，仅限定向流量"), ((await PurchaseOf(placed.Id)).Risk, (await PurchaseOf(placed.Id)).Limits));
        Assert.Null((await With<Purchases, (int Count, OrderId? Oldest)>(p => p.WaitingAsync(Cancel))).Oldest);
    }

    [Fact]
    public async Task Cards_for_devices_do_not_count_among_the_five_phone_cards()
    {
        await OnSale();
        Assert.False((await Place("9")).IsRefused);
        var upstream = (await With<Products, Product?>(p => p.FindAsync(_product, Cancel)))!.UpstreamId;
        var phone = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("PH1", upstream, Carrier.Mobile, "手机卡", "月租 19 元"), Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(phone, Samples.Scheme("120.00"))).Value);
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, phone, 80_00)).Value);
        _ = (await With<ChangeRules, Result<int>>(c => c.RunAsync(phone, 1, [new EligibilityRule.LiveCards(5)], Cancel))).Value;

        Assert.False((await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, phone, Form("1"), "browser"), Cancel))).IsRefused);
    }

    [Fact]
    public async Task A_limit_of_repeats_holds_for_the_cards_of_one_purchase_too()
    {
        await OnSale();
        EligibilityRule[] rules = [new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Product, 5, 30)];
        _ = (await With<ChangeRules, Result<int>>(c => c.RunAsync(_product, 1, rules, Cancel))).Value;

        Assert.Equal(("orders.rule_repeat_quantity", "Quantity"), (await Place("6")).Refusals.Select(r => (r.Code, r.Field)).Single());
        Assert.False((await Place("4")).IsRefused);
        Assert.Equal("orders.rule_repeat_quantity", Assert.Single((await Place("2")).Refusals).Code);
        Assert.False((await Place("1")).IsRefused);
        Assert.Equal("orders.rule_repeat_id", Assert.Single((await Place("1")).Refusals).Code);
    }

    [Fact]
    public async Task Several_cards_that_are_paid_for_are_refused_and_leave_nothing()
    {
        await OnSale(new(39_00));

        Assert.Equal(["orders.quantity_paid"], (await Place("2")).Refusals.Select(r => r.Code));
        Assert.Equal(0, await With<OrderList, int>(l => l.CountAsync(new(), Cancel)));
        Assert.Equal(new Money(39_00), (await Place("1")).Value.Price);
    }
}
