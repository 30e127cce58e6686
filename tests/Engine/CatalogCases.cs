using HaoSuan.Catalog;

namespace HaoSuan.Tests.Engine;

public sealed class Catalog_on_sqlite(SqliteDatabases engine) : CatalogCases(engine);

public sealed class Catalog_on_postgres(PostgresDatabases engine) : CatalogCases(engine);

public abstract class CatalogCases(Databases engine) : EngineTest(engine)
{
    private Task<ProductId> Card() => With<Samples, ProductId>(s => s.CardAsync());

    private Task<Result<int>> Publish(ProductId product, string json, Instant? from = null) =>
        With<PublishScheme, Result<int>>(p => p.RunAsync(product, json, from, Cancel));

    private Task<PublishedScheme?> InForce(ProductId product, Instant at) =>
        With<Schemes, PublishedScheme?>(s => s.InForceAsync(product, at, Cancel));

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    [Fact]
    public async Task A_product_is_found_as_it_was_added()
    {
        var id = await Card();

        var product = await With<Products, Product?>(p => p.FindByCodeAsync("GD29", Cancel));

        Assert.Equal(id, product!.Id);
        Assert.Equal(Carrier.Telecom, product.Carrier);
        Assert.Equal(["11", "54"], product.Rules.OfType<EligibilityRule.Delivery>().Single().Regions.Select(r => r.Province));
        Assert.True(product.OnSale);
        Assert.Equal("hao172", (await With<Products, Upstream?>(p => p.UpstreamAsync(product.UpstreamId, Cancel)))!.Key);
    }

    [Fact]
    public async Task A_product_off_sale_is_found_but_not_offered()
    {
        var id = await Card();

        await With<PutOnSale, Result<Done>>(p => p.RunAsync(id, false, Cancel));

        Assert.Empty(await With<Products, IReadOnlyList<Product>>(p => p.OnSaleAsync(Cancel)));
        Assert.NotNull(await With<Products, Product?>(p => p.FindAsync(id, Cancel)));
    }

    [Fact]
    public async Task All_faults_of_a_product_are_told_at_once()
    {
        var asked = new NewProduct("号卡", default, Carrier.Mobile, "", "", new Money(-1)) { Kind = ProductKind.PremiumNumber };

        var refused = await With<AddProduct, Result<ProductId>>(a => a.RunAsync(asked, Cancel));

        Assert.Equal(["code", "name", "price", "picksNumber", "upstream"], refused.Refusals.Select(r => r.Field));
    }

    [Fact]
    public async Task A_code_is_taken_once_for_each_tenant()
    {
        await Card();
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        var again = await With<Samples, Result<ProductId>>(s => s.AddCardAsync());

        Assert.Equal("catalog.code_taken", Assert.Single(again.Refusals).Code);
        Assert.False((await With<Samples, Result<ProductId>>(s => s.AddCardAsync(), other)).IsRefused);
        Assert.Single(await With<Products, IReadOnlyList<Product>>(p => p.AllAsync(Cancel), other));
    }

    [Fact]
    public async Task Versions_are_numbered_and_an_order_pins_the_one_in_force()
    {
        var id = await Card();
        var now = Time.Now;

        Assert.Null(await InForce(id, now));
        Assert.Equal(1, (await Publish(id, Samples.Scheme("120.00"))).Value);
        Assert.Equal(2, (await Publish(id, Samples.Scheme("130.00"), now + TimeSpan.FromDays(1))).Value);

        Assert.Equal(1, (await InForce(id, now))!.Version);
        var second = await InForce(id, now + TimeSpan.FromDays(1));
        Assert.Equal((2, "GD29"), (second!.Version, second.Scheme.Product));
        Assert.Equal(new Money(130_00), second.Scheme.Stages[0].Upstream.Of(Money.Zero));
        Assert.Equal([2, 1], (await With<Schemes, IReadOnlyList<PublishedScheme>>(s => s.VersionsAsync(id, Cancel))).Select(v => v.Version));
    }

    [Fact]
    public async Task A_version_comes_into_force_neither_in_the_past_nor_before_the_last_one()
    {
        var id = await Card();
        await Publish(id, Samples.Scheme("120.00"), Time.Now + TimeSpan.FromDays(2));

        var past = await Publish(id, Samples.Scheme("120.00"), Time.Now - TimeSpan.FromDays(1));
        var early = await Publish(id, Samples.Scheme("120.00"), Time.Now + TimeSpan.FromDays(1));

        Assert.Equal("catalog.from_is_past", past.Refusals[0].Code);
        Assert.Equal("catalog.from_before_last", early.Refusals[0].Code);
    }

    [Theory]
    [InlineData("""{"stages":[{"key":"first","upstream":"1.234","when":[],"release":{"mode":"at_once"}}]}""", "stages[0].upstream")]
    [InlineData("""{"stages":[],"surprise":1}""", "surprise")]
    [InlineData("""{"stages":[]}""", "stages")]
    [InlineData("""{"product":"XX","stages":[]}""", "product")]
    [InlineData("""{"version":7,"stages":[]}""", "version")]
    [InlineData("""{"stages":[{"key":""", "stages[0].key")]
    [InlineData("[]", "$")]
    public async Task A_faulty_scheme_is_refused_with_the_path_of_its_fault(string json, string path)
    {
        var refused = await Publish(await Card(), json);

        Assert.Contains(refused.Refusals, r => r.Code == "catalog.scheme_fault" && (string)r.Arguments[0] == path);
        Assert.Contains(path, Services.GetRequiredService<Texts>().Of(refused.Refusals[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_scheme_cannot_be_changed_even_by_the_databases_owner()
    {
        await Publish(await Card(), Samples.Scheme("120.00"));

        var refused = await Record.ExceptionAsync(() => Tamper("update scheme set json = '{}'"));

        Assert.Contains("append-only", refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bonus_holds_for_its_months_and_its_terms_never_change()
    {
        await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        var march = new Month(2026, 3);

        Assert.Equal("volume", (await With<PublishBonus, Result<string>>(p => p.RunAsync(Samples.Bonus, march, Cancel))).Value);
        var again = await With<PublishBonus, Result<string>>(p => p.RunAsync(Samples.Bonus, march, Cancel));
        Assert.False((await With<PublishBonus, Result<int>>(p => p.EndAsync("volume", march + 1, Cancel))).IsRefused);

        Assert.Equal("catalog.bonus_taken", again.Refusals[0].Code);
        var bonus = Assert.Single(await With<Schemes, IReadOnlyList<PublishedBonus>>(s => s.BonusesAsync(Cancel)));
        Assert.Equal([false, true, true, false], Enumerable.Range(-1, 4).Select(n => bonus.Covers(march + n)));
    }

    [Fact]
    public async Task A_bonus_of_an_unknown_product_or_a_past_month_is_refused()
    {
        var unknown = await With<PublishBonus, Result<string>>(p => p.RunAsync(Samples.Bonus, new(2026, 3), Cancel));
        var past = await With<PublishBonus, Result<string>>(p => p.RunAsync(Samples.Bonus, new(2026, 2), Cancel));

        Assert.Equal("products", unknown.Refusals[0].Arguments[0]);
        Assert.Equal("catalog.month_is_past", past.Refusals[0].Code);
    }
}
