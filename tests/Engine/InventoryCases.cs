using System.Data.Common;
using HaoSuan.Inventory;

namespace HaoSuan.Tests.Engine;

public sealed class Inventory_on_sqlite(SqliteDatabases engine) : InventoryCases(engine);

public sealed class Inventory_on_postgres(PostgresDatabases engine) : InventoryCases(engine);

public abstract class InventoryCases(Databases engine) : EngineTest(engine)
{
    private const string First = "89860112345678900001";
    private const string Second = "89860112345678900002";

    private static readonly ProductId Card = new(Guid.Parse("0198a000-0000-7000-8000-000000000011"));
    private static readonly ProductId Other = new(Guid.Parse("0198a000-0000-7000-8000-000000000012"));

    private Task<Result<Received>> Receive(ProductId product, params string[] iccids) =>
        With<IServiceProvider, Result<Received>>(async services =>
        {
            await services.GetRequiredService<Warehouses>().OpenAsync("一号仓", Cancel);
            return await services.GetRequiredService<ReceiveCards>().RunAsync(product, "一号仓", CardLine.Of(iccids), Cancel);
        });

    private Task<Result<string>> Allocate(OrderId order) => With<Cards, Result<string>>(c => c.AllocateAsync(order, Card, Cancel));

    private Task<Result<Done>> Move(string iccid, CardState to) => With<Cards, Result<Done>>(c => c.MoveAsync(iccid, to, "测试", Cancel));

    private Task<Result<Received>> Import(string text) => With<ImportNumbers, Result<Received>>(i => i.RunAsync(Card, text, Cancel));

    private Task<Result<Reservation>> Reserve(string number, string holder) =>
        With<Numbers, Result<Reservation>>(n => n.ReserveAsync(Card, number, holder, Cancel));

    private Task<Result<Done>> Take(string number, string holder, OrderId order) =>
        With<Numbers, Result<Done>>(n => n.TakeAsync(Card, number, holder, order, Cancel));

    private async Task<IReadOnlyList<string>> Search(NumberSearch search) =>
        [.. (await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Card, search, 0, 10, Cancel))).Select(n => n.Number)];

    private OrderId NewOrder() => NewId.Of<OrderId>(Time);

    [Fact]
    public async Task A_card_is_received_once_and_only_for_one_product()
    {
        Assert.Equal(new(2, 0), (await Receive(Card, First, Second)).Value);
        Assert.Equal(new(0, 2), (await Receive(Card, First, Second)).Value);

        Assert.Equal([First], (await With<Cards, IReadOnlyList<HaoSuan.Inventory.Card>>(c => c.SearchAsync("0001", 10, Cancel))).Select(c => c.Iccid));
        Assert.Equal("inventory.line_card_of_another_product", (await Receive(Other, First)).Refusals[0].Code);
        Assert.Equal("inventory.line_no_iccid", (await Receive(Card, "12345")).Refusals[0].Code);
        Assert.Single(await With<Cards, IReadOnlyList<CardMove>>(c => c.HistoryAsync(First, Cancel)));
    }

    [Fact]
    public async Task An_order_gets_one_card_however_often_it_asks()
    {
        await Receive(Card, First, Second);
        var order = NewOrder();

        Assert.Equal(First, (await Allocate(order)).Value);
        Assert.Equal(First, (await Allocate(order)).Value);
        Assert.Equal(Second, (await Allocate(NewOrder())).Value);
        Assert.Equal("inventory.out_of_stock", (await Allocate(NewOrder())).Refusals[0].Code);
    }

    [Fact]
    public async Task Orders_that_ask_at_once_get_different_cards_until_the_stock_is_empty()
    {
        await Receive(Card, [.. Enumerable.Range(1, 8).Select(i => $"8986011234567890{i:0000}")]);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Allocate(NewOrder()), Cancel)));

        var given = results.Where(r => !r.IsRefused).Select(r => r.Value).ToList();
        Assert.Equal(8, given.Distinct().Count());
        Assert.Equal(8, given.Count);
    }

    [Fact]
    public async Task A_card_goes_its_way_and_comes_back()
    {
        await Receive(Card, First);
        var order = NewOrder();
        await Allocate(order);

        Assert.False((await Move(First, CardState.Shipped)).IsRefused);
        Assert.False((await Move(First, CardState.Shipped)).IsRefused);
        Assert.Equal("inventory.move_not_possible", (await Move(First, CardState.InStock)).Refusals[0].Code);
        Assert.False((await Move(First, CardState.Returned)).IsRefused);
        Assert.False((await Move(First, CardState.InStock)).IsRefused);
        Assert.Equal("inventory.card_unknown", (await Move(Second, CardState.Shipped)).Refusals[0].Code);

        Assert.Null(await With<Cards, Card?>(c => c.OfOrderAsync(order, Cancel)));
        Assert.Equal(
            [CardState.InStock, CardState.Allocated, CardState.Shipped, CardState.Returned, CardState.InStock],
            (await With<Cards, IReadOnlyList<CardMove>>(c => c.HistoryAsync(First, Cancel))).Select(m => m.To));
        Assert.Equal(new StockLevel("一号仓", Card, CardState.InStock, 1), Assert.Single(await With<Cards, IReadOnlyList<StockLevel>>(c => c.StockAsync(Cancel))));
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from card_move"));
    }

    [Fact]
    public async Task One_of_many_wins_a_number()
    {
        await Import("13912348888,500");

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Reserve("13912348888", $"h{i}"), Cancel)));

        var won = Assert.Single(results, r => !r.IsRefused).Value;
        Assert.Equal((new Money(500_00), Time.Now + TimeSpan.FromMinutes(30)), (won.Number.Supplement, won.Until));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("inventory.number_taken", r.Refusals[0].Code));
        Assert.Empty(await Search(new()));
    }

    [Fact]
    public async Task A_reservation_is_renewed_by_its_holder_and_ends_after_half_an_hour()
    {
        await Import("13912348888\n13912346666");
        await Reserve("13912348888", "a");
        Time.Advance(TimeSpan.FromMinutes(20));
        Assert.False((await Reserve("13912348888", "a")).IsRefused);
        Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True((await Reserve("13912348888", "b")).IsRefused);

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await With<Numbers, Reservation?>(n => n.ReservedAsync(Card, "a", Cancel)));
        Assert.False((await Reserve("13912348888", "b")).IsRefused);
        Assert.Equal(["13912346666"], await Search(new()));

        Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["13912346666", "13912348888"], (await Search(new())).Order());
    }

    [Fact]
    public async Task Picking_another_number_gives_the_first_one_back()
    {
        await Import("13912348888\n13912346666");
        await Reserve("13912348888", "a");

        await Reserve("13912346666", "a");

        Assert.Equal(["13912348888"], await Search(new()));
        Assert.Equal("13912346666", (await With<Numbers, Reservation?>(n => n.ReservedAsync(Card, "a", Cancel)))!.Number.Number);
    }

    [Fact]
    public async Task A_taken_number_belongs_to_its_order_until_it_is_released()
    {
        await Import("13912348888,500");
        await Reserve("13912348888", "a");
        var order = NewOrder();

        Assert.True((await Take("13912348888", "b", NewOrder())).IsRefused);
        Assert.False((await Take("13912348888", "a", order)).IsRefused);
        Assert.False((await Take("13912348888", "a", order)).IsRefused);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.True((await Reserve("13912348888", "b")).IsRefused);
        Assert.True((await Take("13912348888", "a", NewOrder())).IsRefused);

        await With<Numbers>(n => n.ReleaseAsync(order, Cancel));
        Assert.False((await Reserve("13912348888", "b")).IsRefused);
    }

    [Fact]
    public async Task A_reservation_that_ran_out_does_no_harm_while_the_number_is_free()
    {
        await Import("13912348888");
        await Reserve("13912348888", "a");
        Time.Advance(TimeSpan.FromMinutes(40));

        Assert.False((await Take("13912348888", "a", NewOrder())).IsRefused);
    }
}
