using HaoSuan.Inventory;

namespace HaoSuan.Tests.Engine;

public sealed class Warehouses_on_sqlite(SqliteDatabases engine) : WarehouseCases(engine);

public sealed class Warehouses_on_postgres(PostgresDatabases engine) : WarehouseCases(engine);

public abstract class WarehouseCases(Databases engine) : EngineTest(engine)
{
    private const string North = "北仓";
    private const string South = "南仓";

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private static string Iccid(int number) => $"8986011234567890{number:0000}";

    private static IReadOnlyList<CardLine> Cards(int from, int count) => CardLine.Of(Enumerable.Range(from, count).Select(Iccid));

    private async Task<ProductId> Stocked(int count)
    {
        var product = await With<Samples, ProductId>(s => s.CardAsync());
        foreach (var name in new[] { North, South }) await With<Warehouses>(w => w.OpenAsync(name, Cancel));
        await With<ReceiveCards>(async r => _ = (await r.RunAsync(product, North, Cards(1, count), Cancel)).Value);
        return product;
    }

    private Task<Result<Guid>> Send(IReadOnlyList<CardLine> cards, string from = North, string to = South) =>
        With<SendCards, Result<Guid>>(s => s.RunAsync(from, to, "顺丰 SF1", cards, Cancel));

    private Task<Result<int>> Arrive(Guid transfer, IReadOnlyList<CardLine>? cards) =>
        With<SettleTransfer, Result<int>>(s => s.ArriveAsync(transfer, cards, Cancel));

    private Task<Result<Done>> Move(string iccid, CardState to) => With<Cards, Result<Done>>(c => c.MoveAsync(iccid, to, "测试", Cancel));

    private async Task<Card> Find(int number) => (await With<Cards, Card?>(c => c.FindAsync(Iccid(number), Cancel)))!;

    private async Task<Transfer> Transfer(Guid id) => (await With<Transfers, Transfer?>(t => t.FindAsync(id, Cancel)))!;

    private static IEnumerable<(string, object)> Lines<T>(Result<T> refused) => refused.Refusals.Select(r => (r.Code, r.Arguments[0]));

    private async Task<IReadOnlyList<CardMove>> History(int number) => await With<Cards, IReadOnlyList<CardMove>>(c => c.HistoryAsync(Iccid(number), Cancel));

    [Fact]
    public async Task A_sheet_with_a_bad_line_brings_nothing_and_names_every_bad_line()
    {
        var product = await Stocked(1);

        var refused = await With<ReceiveCards, Result<Received>>(r => r.RunAsync(
            product, North, CardLine.Of(Iccid(8), "8986", Iccid(9), Iccid(8)), Cancel));

        Assert.Equal([("inventory.line_no_iccid", 2), ("inventory.line_card_twice", (object)4)], Lines(refused));
        Assert.Null(await With<Cards, Card?>(c => c.FindAsync(Iccid(8), Cancel)));
        Assert.All(refused.Refusals, r => Assert.Contains($"{r.Arguments[0]}", Services.GetRequiredService<Texts>().Of(r), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cards_are_received_into_an_open_warehouse_only_and_one_with_cards_stays_open()
    {
        var product = await Stocked(1);

        foreach (var name in new[] { "没有的仓", "" })
        {
            var refused = await With<ReceiveCards, Result<Received>>(r => r.RunAsync(product, name, Cards(7, 1), Cancel));
            Assert.Equal("inventory.warehouse_unknown", refused.Refusals[0].Code);
        }
        Assert.Equal("inventory.warehouse_not_empty", (await With<Warehouses, Result<Done>>(w => w.CloseAsync(North, Cancel))).Refusals[0].Code);
        Assert.False((await With<Warehouses, Result<Done>>(w => w.CloseAsync(South, Cancel))).IsRefused);
        Assert.Equal("inventory.warehouse_unknown", (await Send(Cards(1, 1))).Refusals[0].Code);
        Assert.False((await With<Warehouses, Result<Done>>(w => w.OpenAsync(South, Cancel))).IsRefused);
        Assert.False((await Send(Cards(1, 1))).IsRefused);
    }

    [Fact]
    public async Task Sent_cards_are_on_their_way_until_they_arrive_and_cannot_be_sold_meanwhile()
    {
        var product = await Stocked(3);

        var id = (await Send(Cards(1, 3))).Value;

        Assert.Equal((CardState.InTransit, South), ((await Find(1)).State, (await Find(1)).Place));
        var refused = await With<Cards, Result<string>>(c => c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel));
        Assert.Equal("inventory.out_of_stock", refused.Refusals[0].Code);
        Assert.Equal([("inventory.line_not_of_transfer", (object)1)], Lines(await Arrive(id, Cards(9, 1))));
        Assert.Equal(2, (await Arrive(id, Cards(1, 2))).Value);
        Assert.Equal(0, (await Arrive(id, Cards(1, 2))).Value);
        Assert.Equal((3, 1, 0), ((await Transfer(id)).Cards, (await Transfer(id)).OnTheWay, (await Transfer(id)).Lost));
        Assert.Equal([(CardState.InStock, North), (CardState.InTransit, South), (CardState.InStock, South)], (await History(1)).Select(m => (m.To, m.Place!)));
        Assert.Equal(1, (await Arrive(id, null)).Value);
        Assert.Equal(CardState.InStock, (await Find(3)).State);
    }

    [Fact]
    public async Task A_card_lost_in_transit_shows_and_may_arrive_after_all()
    {
        await Stocked(3);
        var id = (await Send(Cards(1, 3))).Value;
        await Arrive(id, Cards(1, 1));

        Assert.Equal("inventory.reason_required", (await With<SettleTransfer, Result<int>>(s => s.GiveUpAsync(id, " ", Cancel))).Refusals[0].Code);
        Assert.Equal(2, (await With<SettleTransfer, Result<int>>(s => s.GiveUpAsync(id, "快递丢件", Cancel))).Value);

        Assert.Equal((0, 2), ((await Transfer(id)).OnTheWay, (await Transfer(id)).Lost));
        Assert.Equal(CardState.Lost, (await Find(3)).State);
        Assert.Equal("快递丢件", (await History(3))[^1].Reason);
        Assert.Equal(1, (await Arrive(id, Cards(3, 1))).Value);
        Assert.Equal((CardState.InStock, 1), ((await Find(3)).State, (await Transfer(id)).Lost));
    }

    [Fact]
    public async Task A_card_that_is_on_another_way_since_does_not_arrive_by_its_first_one()
    {
        await Stocked(1);
        var first = (await Send(Cards(1, 1))).Value;
        await With<SettleTransfer, Result<int>>(s => s.GiveUpAsync(first, "快递丢件", Cancel));
        await Move(Iccid(1), CardState.InStock);
        await Arrive((await Send(Cards(1, 1), South, North)).Value, null);
        var last = (await Send(Cards(1, 1))).Value;

        Assert.Equal(0, (await Arrive(first, Cards(1, 1))).Value);

        Assert.Equal((CardState.InTransit, 1, 0), ((await Find(1)).State, (await Transfer(last)).OnTheWay, (await Transfer(first)).Lost));
        Assert.Equal(1, (await Arrive(last, null)).Value);
    }

    [Fact]
    public async Task A_card_that_a_stocktake_has_found_is_not_lost_with_its_transfer()
    {
        await Stocked(2);
        var id = (await Send(Cards(1, 2))).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        var stocktake = (await With<CountCards, Result<Guid>>(c => c.StartAsync(South, Cancel))).Value;
        await With<CountCards, Result<int>>(c => c.CountAsync(stocktake, Cards(1, 1), Cancel));
        await With<CompareStocktake, Result<Done>>(c => c.RunAsync(stocktake, Cancel));
        await With<DecideDifferences, Result<int>>(d => d.RunAsync(stocktake, null, CountDecision.Book, "未登记收到", null, Cancel));

        Assert.Equal(1, (await With<SettleTransfer, Result<int>>(s => s.GiveUpAsync(id, "快递丢件", Cancel))).Value);

        Assert.Equal((CardState.InStock, CardState.Lost), ((await Find(1)).State, (await Find(2)).State));
        Assert.Equal((0, 1), ((await Transfer(id)).OnTheWay, (await Transfer(id)).Lost));
    }

    [Fact]
    public async Task Clerks_who_do_the_same_at_once_do_it_once()
    {
        var product = await Stocked(1);
        Task<T[]> AtOnce<T>(Func<int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => act(i), Cancel)));

        Assert.All(await AtOnce(_ => With<Warehouses, Result<Done>>(w => w.OpenAsync("西仓", Cancel))), r => Assert.False(r.IsRefused));
        var received = await AtOnce(i => With<ReceiveCards, Result<Received>>(
            r => r.RunAsync(product, i % 2 == 0 ? North : South, Cards(100, 50), Cancel)));

        Assert.Equal(50, received.Sum(r => r.Value.Added));
    }

    [Fact]
    public async Task Only_cards_that_lie_in_the_warehouse_are_sent_from_it()
    {
        await Stocked(2);
        await Move(Iccid(2), CardState.Scrapped);

        Assert.Equal([("inventory.line_not_in_warehouse", 2), ("inventory.line_not_in_warehouse", (object)3)], Lines(await Send(Cards(1, 3))));
        Assert.Equal([("inventory.line_not_in_warehouse", (object)1)], Lines(await Send(Cards(1, 1), South, North)));
        Assert.Equal("inventory.same_warehouse", (await Send(Cards(1, 1), North, North)).Refusals[0].Code);
        Assert.Equal(CardState.InStock, (await Find(1)).State);
    }

    [Fact]
    public async Task A_card_without_a_product_is_not_sold_until_it_is_allocated_to_one()
    {
        var product = await Stocked(1);
        await With<ReceiveCards>(async r => _ = (await r.RunAsync(null, South, Cards(5, 2), Cancel)).Value);
        await With<Cards>(async c => _ = (await c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel)).Value);
        var refused = await With<Cards, Result<string>>(c => c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel));
        Assert.Equal("inventory.out_of_stock", refused.Refusals[0].Code);

        Assert.Equal([("inventory.line_not_in_stock", (object)1)], Lines(await Assign(product, Cards(1, 1))));
        Assert.Equal(2, (await Assign(product, Cards(5, 2))).Value);
        Assert.Equal(0, (await Assign(product, Cards(5, 2))).Value);

        var order = NewId.Of<OrderId>(Time);
        Assert.Equal(Iccid(5), (await With<Cards, Result<string>>(c => c.AllocateAsync(order, product, Cancel))).Value);
        Assert.Equal([null, product, product], (await History(5)).Select(m => m.ProductId));
    }

    private Task<Result<int>> Assign(ProductId product, IReadOnlyList<CardLine> cards) =>
        With<AssignCards, Result<int>>(a => a.RunAsync(product, cards, Cancel));

    [Fact]
    public async Task Returned_cards_go_back_into_a_stock_or_are_scrapped_with_a_reason()
    {
        var product = await Stocked(3);
        for (var i = 0; i < 3; i++)
        {
            var iccid = (await With<Cards, Result<string>>(c => c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel))).Value;
            foreach (var to in new[] { CardState.Shipped, CardState.Returned }) await Move(iccid, to);
        }

        Assert.Equal(3, (await With<Cards, IReadOnlyList<Card>>(c => c.ReturnedAsync(10, Cancel))).Count);
        Assert.Equal(2, (await With<InspectCards, Result<int>>(i => i.RestockAsync(South, "完好", [Iccid(1), Iccid(2)], Cancel))).Value);
        Assert.Equal("inventory.reason_required", (await With<InspectCards, Result<int>>(i => i.ScrapAsync("", [Iccid(3)], Cancel))).Refusals[0].Code);
        Assert.Equal(1, (await With<InspectCards, Result<int>>(i => i.ScrapAsync("卡体折断", [Iccid(3)], Cancel))).Value);
        Assert.Equal("inventory.move_not_possible",
            (await With<InspectCards, Result<int>>(i => i.RestockAsync(South, "完好", [Iccid(3)], Cancel))).Refusals[0].Code);

        Assert.Equal((CardState.InStock, South, (OrderId?)null), ((await Find(1)).State, (await Find(1)).Place, (await Find(1)).OrderId));
        Assert.Equal((CardState.Scrapped, "卡体折断"), ((await Find(3)).State, (await History(3))[^1].Reason));
    }
}
