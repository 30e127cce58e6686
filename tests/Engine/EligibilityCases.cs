using HaoSuan.Catalog;
using HaoSuan.Orders;

namespace HaoSuan.Tests.Engine;

public sealed class Eligibility_on_sqlite(SqliteDatabases engine) : EligibilityCases(engine);

public sealed class Eligibility_on_postgres(PostgresDatabases engine) : EligibilityCases(engine);

public abstract class EligibilityCases(Databases engine) : EngineTest(engine)
{
    private static readonly EligibilityRule Law = new EligibilityRule.LiveCards(5);

    private ProductId _product;
    private DistributorId _seller;

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    /// <summary>A person's form; a phone and an address of its own for each.</summary>
    private static OrderForm Form(int person)
    {
        var digits = $"44010619900307{person:000}";
        return new()
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = $"138001380{person:00}",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = $"中山大道 {person} 号",
            Consent = "true",
        };
    }

    private async Task OnSale(params EligibilityRule[] rules)
    {
        _product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, _product, 80_00)).Value);
        _ = (await Change(1, [Law, .. rules])).Value;
    }

    private Task<Result<int>> Change(int seen, params EligibilityRule[] rules) =>
        With<ChangeRules, Result<int>>(c => c.RunAsync(_product, seen, rules, Cancel));

    private Task<Result<PlacedOrder>> Place(OrderForm form) =>
        With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, _product, form, "browser"), Cancel));

    private static IEnumerable<(string Code, string? Field)> Faults<T>(Result<T> result) => result.Refusals.Select(r => (r.Code, r.Field));

    private Task<Result<Guid>> Blacklist(ApplicantKey key, string orderNo = "", string value = "") =>
        With<AddToBlacklist, Result<Guid>>(a => a.RunAsync(new(key, orderNo, value, "恶意退卡", "工单 1024"), Cancel));

    [Theory]
    [InlineData(ApplicantKey.IdNumber, "orders.rule_repeat_id")]
    [InlineData(ApplicantKey.Phone, "orders.rule_repeat_phone")]
    [InlineData(ApplicantKey.Address, "orders.rule_repeat_address")]
    public async Task Of_six_orders_at_once_that_share_something_one_is_placed(ApplicantKey key, string code)
    {
        await OnSale(new EligibilityRule.Repeat(key, RepeatScope.Carrier, 1, 30));
        OrderForm Next(int person) => key switch
        {
            ApplicantKey.IdNumber => Form(person) with { IdNumber = Form(1).IdNumber },
            ApplicantKey.Phone => Form(person) with { Phone = Form(1).Phone },
            ApplicantKey.Address => Form(person) with { Address = "中山大道１号" },
        };

        var placed = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => Task.Run(() => Place(Next(i)), Cancel)));

        Assert.Single(placed, p => !p.IsRefused);
        Assert.All(placed.Where(p => p.IsRefused), p => Assert.Equal([(code, key.ToString())], Faults(p)));
        Time.Advance(TimeSpan.FromDays(29));
        Assert.True((await Place(Next(7))).IsRefused);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.False((await Place(Next(8))).IsRefused);
    }

    [Fact]
    public async Task Orders_that_hold_each_others_data_do_not_wait_in_a_circle()
    {
        await OnSale(new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Operator, 9, 30));

        // Each shares its phone with the one before and its address with the one after.
        var placed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Place(Form(i + 1) with { Phone = Form(i / 2).Phone, Address = Form((i + 1) / 2).Address }), Cancel)));

        Assert.DoesNotContain(placed, p => p.IsRefused);
    }

    [Fact]
    public async Task Five_cards_live_at_one_carrier_and_the_sixth_is_refused()
    {
        await OnSale();
        for (var i = 0; i < 5; i++) Assert.False((await Place(Form(1))).IsRefused);

        Assert.Equal([("orders.rule_live_cards", nameof(OrderForm.IdNumber))], Faults(await Place(Form(1))));
        Assert.False((await Place(Form(2))).IsRefused);
    }

    [Fact]
    public async Task Rules_hold_from_their_change_on_and_every_version_is_kept()
    {
        await OnSale();
        Assert.False((await Place(Form(1))).IsRefused);

        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, (await Change(2, Law, new EligibilityRule.Age(50, 60))).Value);

        Assert.Equal(["orders.rule_age"], (await Place(Form(2))).Refusals.Select(r => r.Code));
        var versions = await With<Products, IReadOnlyList<RulesVersion>>(p => p.RulesAsync(_product, Cancel));
        Assert.Equal([3, 2, 1], versions.Select(v => v.Version));
        Assert.Equal((Time.Now, 2), (versions[0].At, versions[0].Rules.Count));
    }

    [Fact]
    public async Task Whoever_changes_what_somebody_else_has_just_changed_is_told()
    {
        await OnSale();

        var changes = await Task.WhenAll(Enumerable.Range(18, 4).Select(age => Task.Run(() => Change(2, Law, new EligibilityRule.Age(age, 60)), Cancel)));

        Assert.Single(changes, c => !c.IsRefused);
        Assert.All(changes.Where(c => c.IsRefused), c => Assert.Equal("catalog.rules_changed_meanwhile", Assert.Single(c.Refusals).Code));
    }

    [Fact]
    public async Task Who_is_blacklisted_by_an_order_is_refused_until_it_is_lifted()
    {
        await OnSale(new EligibilityRule.Blacklist());
        var order = (await Place(Form(1))).Value;

        var entry = (await Blacklist(ApplicantKey.IdNumber, order.OrderNo)).Value;
        Assert.False((await Blacklist(ApplicantKey.Address, value: "广东省 广州市 天河区 中山大道 2 号")).IsRefused);

        Assert.Equal([("orders.rule_blacklist", nameof(OrderForm.IdNumber))], Faults(await Place(Form(1))));
        Assert.Equal([("orders.rule_blacklist", nameof(OrderForm.Address))], Faults(await Place(Form(2))));
        Assert.Equal(["orders.blacklist_there"], (await Blacklist(ApplicantKey.IdNumber, value: Form(1).IdNumber!)).Refusals.Select(r => r.Code));
        Assert.True((await With<LiftFromBlacklist, Result<Done>>(l => l.RunAsync(entry, " ", Cancel))).IsRefused);
        Assert.False((await With<LiftFromBlacklist, Result<Done>>(l => l.RunAsync(entry, "申诉成立", Cancel))).IsRefused);
        Assert.False((await Place(Form(1))).IsRefused);
        Assert.False((await Blacklist(ApplicantKey.IdNumber, value: Form(1).IdNumber!)).IsRefused);
    }

    [Fact]
    public async Task Who_is_blacklisted_gets_no_device_either()
    {
        await OnSale();
        Task<Result<KeptPerson>> Take(OrderForm form) =>
            With<TakePerson, Result<KeptPerson>>(t => t.RunAsync(form with { Channel = "wechat" }, 18, 100, Cancel));
        Assert.False((await Blacklist(ApplicantKey.Phone, value: "+86 １３８-0013 8001")).IsRefused);
        Assert.False((await Blacklist(ApplicantKey.Address, value: "广东广州天河中山大道 2 号")).IsRefused);

        Assert.Equal([("orders.blacklisted", nameof(OrderForm.Phone))], Faults(await Take(Form(1))));
        Assert.Equal([("orders.blacklisted", nameof(OrderForm.Address))], Faults(await Take(Form(2))));
        Assert.False((await Take(Form(3))).IsRefused);
    }

    [Fact]
    public async Task Whoever_is_blacklisted_twice_at_once_stands_there_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => Blacklist(ApplicantKey.IdNumber, value: Form(1).IdNumber!.ToLowerInvariant()), Cancel)));

        Assert.Single(outcomes, o => !o.IsRefused);
        Assert.All(outcomes.Where(o => o.IsRefused), o => Assert.Equal("orders.blacklist_there", Assert.Single(o.Refusals).Code));
    }

    [Fact]
    public async Task The_blacklist_knows_neither_what_is_typed_nor_another_operators_people()
    {
        await OnSale(new EligibilityRule.Blacklist());
        Assert.False((await Blacklist(ApplicantKey.Phone, value: Form(1).Phone!)).IsRefused);

        var row = await With<Db, BlacklistRow>(db => db.Blacklist.SingleAsync(Cancel));
        Assert.Equal(("138****8001", 32), (row.Masked, row.Hash.Length));
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        Assert.Equal(0, await With<Db, int>(db => db.Blacklist.CountAsync(Cancel), other));
    }

    [Fact]
    public async Task What_is_no_value_has_no_reason_or_no_evidence_is_not_blacklisted()
    {
        await OnSale();

        var refused = await With<AddToBlacklist, Result<Guid>>(a => a.RunAsync(new(ApplicantKey.Phone, "", "12", "", ""), Cancel));

        Assert.Equal(["Reason", "Evidence", "Value"], refused.Refusals.Select(r => r.Field));
        Assert.Equal([("orders.unknown", "OrderNo")], Faults(await Blacklist(ApplicantKey.Phone, "HS1")));
    }

    [Fact]
    public async Task Who_is_refused_is_shown_what_fits_by_the_same_rules()
    {
        await OnSale(new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Product, 1, 30));
        Assert.False((await Place(Form(1))).IsRefused);
        var card = (await With<Products, Product?>(p => p.FindAsync(_product, Cancel)))!;
        Product Other(string code, params EligibilityRule[] rules) => card with { Id = NewId.Of<ProductId>(Time), Code = code, Rules = rules };
        Product[] offers =
        [
            card, Other("AGE", new EligibilityRule.Age(18, 60)), Other("OLD", new EligibilityRule.Age(60, 65)),
            Other("SAYS", new EligibilityRule.Declaration("本人不是现役军人")),
            Other("ONCE", new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 1, 30)),
        ];

        var fitting = await With<FindFitting, IReadOnlyList<Product>>(f => f.AmongAsync(offers, Form(1), Cancel));

        Assert.Equal(["AGE", "SAYS"], fitting.Select(p => p.Code));
    }
}
