using HaoSuan.Catalog;
using HaoSuan.Inventory;
using HaoSuan.Orders;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams;

namespace HaoSuan.Tests.Engine;

public sealed class Last_ones_on_sqlite(SqliteDatabases engine) : LastOnesCases(engine);

public sealed class Last_ones_on_postgres(PostgresDatabases engine) : LastOnesCases(engine);

/// <summary>Never oversold: five hundred consumers at once want the last ones, through the use cases of shop and office.</summary>
public abstract class LastOnesCases(Databases engine) : EngineTest(engine)
{
    private const int Consumers = 500;
    private const string Number = "13912348888";

    protected override IServiceCollection Configure(IServiceCollection services) =>
        services.AddScoped<Samples>().AddSingleton<IPaymentChannel>(new FakeChannel()).AddSingleton(new UpstreamLine("hao172", new FakeWire()));

    private static OrderForm Form(int person, string? number = null)
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
        };
    }

    private Task<T[]> AtOnce<T>(Func<int, Task<T>> ask) => Task.WhenAll(Enumerable.Range(0, Consumers).Select(i => Task.Run(() => ask(i), Cancel)));

    private async Task<(ProductId Product, DistributorId Seller)> OnSale(bool picks)
    {
        var product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        if (picks)
        {
            var upstream = (await With<Products, Product?>(p => p.FindAsync(product, Cancel)))!.UpstreamId;
            product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
                new("GD39", upstream, Carrier.Telecom, "靓号卡", "选号") { PicksNumber = true }, Cancel))).Value;
            await With<PublishScheme>(async p => _ = (await p.RunAsync(product, Samples.Scheme("120.00"))).Value);
        }
        var seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(seller, product, 80_00)).Value);
        return (product, seller);
    }

    [Fact]
    public async Task Ten_cards_go_to_ten_orders_and_everybody_else_is_told_that_there_are_none()
    {
        var (product, seller) = await OnSale(picks: false);
        await With<Samples>(s => s.CardsAsync(product, [.. Enumerable.Range(1, 10).Select(i => $"8986011234567890{i:0000}")]));
        List<OrderId> orders = [];
        for (var i = 0; i < Consumers; i++)
            orders.Add((await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller, product, Form(i), $"b{i}"), Cancel))).Value.Id);

        var results = await AtOnce(i => With<ShipOrder, Result<string>>(s => s.RunAsync(orders[i], "顺丰", $"SF{i:0000000000}", Cancel)));

        Assert.Equal(10, results.Where(r => !r.IsRefused).Select(r => r.Value).Distinct().Count());
        Assert.Equal(10, results.Count(r => !r.IsRefused));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("inventory.out_of_stock", Assert.Single(r.Refusals).Code));
        Assert.Equal(10, await With<OrderList, int>(l => l.CountAsync(new(OrderState.Shipped), Cancel)));
        Assert.Equal(
            new StockLevel("一号仓", product, CardState.Shipped, 10), Assert.Single(await With<Cards, IReadOnlyList<StockLevel>>(c => c.StockAsync(Cancel))));
    }

    [Fact]
    public async Task One_number_is_kept_for_one_consumer()
    {
        var (product, _) = await OnSale(picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);

        var results = await AtOnce(i => With<Numbers, Result<Reservation>>(n => n.ReserveAsync(product, Number, $"b{i}", Cancel)));

        Assert.Single(results, r => !r.IsRefused);
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("inventory.number_taken", Assert.Single(r.Refusals).Code));
    }

    [Fact]
    public async Task One_number_goes_to_one_order_and_leaves_nothing_of_the_others()
    {
        var (product, seller) = await OnSale(picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);

        var results = await AtOnce(i => With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller, product, Form(i, Number), $"b{i}"), Cancel)));

        Assert.Single(results, r => !r.IsRefused);
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("inventory.number_taken", Assert.Single(r.Refusals).Code));
        Assert.Equal(1, await With<OrderList, int>(l => l.CountAsync(new(), Cancel)));
    }
}
