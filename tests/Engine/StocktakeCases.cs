using HaoSuan.Catalog;
using HaoSuan.Inventory;
using HaoSuan.Identity;
using HaoSuan.Notifications;

namespace HaoSuan.Tests.Engine;

public sealed class Stocktakes_on_sqlite(SqliteDatabases engine) : StocktakeCases(engine);

public sealed class Stocktakes_on_postgres(PostgresDatabases engine) : StocktakeCases(engine);

public abstract class StocktakeCases(Databases engine) : EngineTest(engine)
{
    private const string Here = "一号仓";
    private const string There = "二号仓";

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private static string Iccid(int number) => $"8986011234567890{number:0000}";

    private static IReadOnlyList<CardLine> Lines(params int[] numbers) => CardLine.Of(numbers.Select(Iccid));

    /// <summary>Cards 1 to 4 are here, 5 is in another warehouse, 6 with a consumer; the counting has begun a minute after.</summary>
    private async Task<(ProductId Product, Guid Stocktake)> Started()
    {
        var product = await With<Samples, ProductId>(s => s.CardAsync());
        await With<Samples>(s => s.CardsAsync(product, Iccid(6)));
        await With<Cards>(async c => _ = (await c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel)).Value);
        await Move(6, CardState.Shipped);
        await With<Samples>(s => s.CardsAsync(product, Iccid(1), Iccid(2), Iccid(3), Iccid(4)));
        await With<Warehouses>(w => w.OpenAsync(There, Cancel));
        await With<ReceiveCards>(async r => _ = (await r.RunAsync(product, There, Lines(5), Cancel)).Value);
        Time.Advance(TimeSpan.FromMinutes(1));
        var id = (await With<CountCards, Result<Guid>>(c => c.StartAsync(Here, Cancel))).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        return (product, id);
    }

    private Task<Result<Done>> Move(int number, CardState to) => With<Cards, Result<Done>>(c => c.MoveAsync(Iccid(number), to, "测试", Cancel));

    private Task<Result<int>> Count(Guid id, params int[] numbers) => With<CountCards, Result<int>>(c => c.CountAsync(id, Lines(numbers), Cancel));

    private Task<Result<Done>> Compare(Guid id) => With<CompareStocktake, Result<Done>>(c => c.RunAsync(id, Cancel));

    private Task<Result<int>> Decide(Guid id, CountDecision decision, ProductId? product = null, params int[] numbers) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(
            id, numbers.Length == 0 ? null : [.. numbers.Select(Iccid)], decision, "盘点", product, Cancel));

    private async Task<Card> Find(int number) => (await With<Cards, Card?>(c => c.FindAsync(Iccid(number), Cancel)))!;

    private async Task<IEnumerable<(string, CountDifference)>> Differences(Guid id) =>
        (await With<Stocktakes, IReadOnlyList<CountedDifference>>(s => s.DifferencesAsync(id, 100, Cancel))).Select(d => (d.Iccid, d.Kind));

    private async Task<Stocktake> Stocktake(Guid id) => (await With<Stocktakes, Stocktake?>(s => s.FindAsync(id, Cancel)))!;

    [Fact]
    public async Task Missing_surplus_and_misplaced_cards_are_found_and_booked_by_decision()
    {
        var (product, id) = await Started();
        Assert.Equal(2, (await Count(id, 1, 2)).Value);
        Assert.Equal(6, (await Count(id, 2, 3, 5, 6, 9)).Value);

        await Compare(id);

        Assert.Equal(
            [
                (Iccid(4), CountDifference.Missing), (Iccid(5), CountDifference.Elsewhere), (Iccid(6), CountDifference.Elsewhere),
                (Iccid(9), CountDifference.Surplus),
            ],
            (await Differences(id)).OrderBy(d => d.Item1, StringComparer.Ordinal));
        Assert.Equal(4, (await Decide(id, CountDecision.Book, product)).Value);
        Assert.Equal((CardState.Lost, Here), ((await Find(4)).State, (await Find(4)).Place));
        Assert.Equal((CardState.InStock, Here), ((await Find(5)).State, (await Find(5)).Place));
        Assert.Equal((CardState.Returned, Here, (OrderId?)null), ((await Find(6)).State, (await Find(6)).Place, (await Find(6)).OrderId));
        Assert.Equal((CardState.InStock, Here, product), ((await Find(9)).State, (await Find(9)).Place, (await Find(9)).ProductId));
        Assert.Equal("盘点", (await With<Cards, IReadOnlyList<CardMove>>(c => c.HistoryAsync(Iccid(4), Cancel)))[^1].Reason);
        Assert.Equal((StocktakeState.Closed, 0), ((await Stocktake(id)).State, (await Stocktake(id)).Undecided));
        Assert.Equal("inventory.nothing_to_decide", (await Decide(id, CountDecision.Book)).Refusals[0].Code);
    }

    [Fact]
    public async Task What_the_warehouse_did_while_it_was_counted_is_no_difference()
    {
        var (product, id) = await Started();
        await Count(id, 1, 2, 3);
        Time.Advance(TimeSpan.FromMinutes(1));
        await With<Cards>(async c => _ = (await c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel)).Value);
        await Move(1, CardState.Shipped);
        await Move(4, CardState.Scrapped);
        await With<Samples>(s => s.CardsAsync(product, Iccid(8)));

        await Compare(id);

        Assert.Empty(await Differences(id));
        Assert.Equal(StocktakeState.Closed, (await Stocktake(id)).State);
    }

    [Fact]
    public async Task A_card_seen_before_it_was_shipped_is_no_difference_where_its_sheet_comes_after()
    {
        var (product, id) = await Started();
        await With<Cards>(async c => _ = (await c.AllocateAsync(NewId.Of<OrderId>(Time), product, Cancel)).Value);
        await Move(1, CardState.Shipped);
        Time.Advance(TimeSpan.FromMinutes(1));
        await Count(id, 1, 2, 3, 4);

        await Compare(id);

        Assert.Empty(await Differences(id));
        Assert.Equal(CardState.Shipped, (await Find(1)).State);
    }

    [Fact]
    public async Task A_card_that_is_assigned_to_a_product_has_not_moved()
    {
        var (product, id) = await Started();
        var upstream = (await With<Products, Product?>(p => p.FindAsync(product, Cancel)))!.UpstreamId;
        async Task Assign(string code, int number)
        {
            var other = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(new(code, upstream, Carrier.Telecom, "星卡", "月租"), Cancel))).Value;
            Assert.Equal(1, (await With<AssignCards, Result<int>>(a => a.RunAsync(other, Lines(number), Cancel))).Value);
            Time.Advance(TimeSpan.FromMinutes(1));
        }
        await Count(id, 1, 2, 3);
        await Assign("GD39", 4);

        await Compare(id);

        Assert.Equal([(Iccid(4), CountDifference.Missing)], await Differences(id));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Assign("GD49", 4);
        Assert.Equal(1, (await Decide(id, CountDecision.Book)).Value);
        Assert.Equal(CardState.Lost, (await Find(4)).State);
    }

    [Fact]
    public async Task A_missing_card_that_has_left_and_come_back_is_not_booked()
    {
        var (_, id) = await Started();
        await Count(id, 1, 2, 3);
        await Compare(id);
        Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var to in new[] { CardState.InTransit, CardState.InStock }) await Move(4, to);

        Assert.Equal("inventory.moved_since_count", Assert.Single((await Decide(id, CountDecision.Book)).Refusals).Code);
        Assert.Equal(CardState.InStock, (await Find(4)).State);
    }

    [Fact]
    public async Task Surplus_cards_are_of_a_product_that_there_is()
    {
        var (_, id) = await Started();
        await Count(id, 1, 2, 3, 4, 9);
        await Compare(id);

        Assert.Equal("inventory.product_unknown", (await Decide(id, CountDecision.Book, NewId.Of<ProductId>(Time))).Refusals[0].Code);
        Assert.Equal(1, (await Decide(id, CountDecision.Book)).Value);
        Assert.Null((await Find(9)).ProductId);
    }

    [Fact]
    public async Task A_warehouse_is_not_closed_while_it_is_counted_and_an_empty_one_needs_no_count()
    {
        const string Empty = "三号仓";
        await With<Warehouses>(w => w.OpenAsync(Empty, Cancel));
        var id = (await With<CountCards, Result<Guid>>(c => c.StartAsync(Empty, Cancel))).Value;

        Assert.Equal("inventory.stocktake_open", (await With<Warehouses, Result<Done>>(w => w.CloseAsync(Empty, Cancel))).Refusals[0].Code);
        Assert.False((await Compare(id)).IsRefused);
        Assert.Equal(StocktakeState.Closed, (await Stocktake(id)).State);
        Assert.False((await With<Warehouses, Result<Done>>(w => w.CloseAsync(Empty, Cancel))).IsRefused);
    }

    [Fact]
    public async Task A_difference_that_is_left_books_nothing_and_one_that_has_moved_meanwhile_is_not_booked()
    {
        var (_, id) = await Started();
        await Count(id, 1, 2);
        await Compare(id);
        await Move(3, CardState.Scrapped);

        var refused = await Decide(id, CountDecision.Book);

        Assert.Equal("inventory.moved_since_count", Assert.Single(refused.Refusals).Code);
        Assert.Equal(CardState.InStock, (await Find(4)).State);
        Assert.Equal(1, (await Decide(id, CountDecision.Leave, null, 3)).Value);
        Assert.Equal(1, (await Decide(id, CountDecision.Leave)).Value);
        Assert.Equal((CardState.InStock, StocktakeState.Closed), ((await Find(4)).State, (await Stocktake(id)).State));
    }

    [Fact]
    public async Task A_warehouse_has_one_open_stocktake_and_a_compared_one_is_counted_no_more()
    {
        var (_, id) = await Started();

        Assert.Equal(id, (await With<CountCards, Result<Guid>>(c => c.StartAsync(Here, Cancel))).Value);
        Assert.Equal("inventory.nothing_counted", (await Compare(id)).Refusals[0].Code);
        await Count(id, 1);
        await Compare(id);
        Assert.Equal("inventory.not_counting", (await Count(id, 2)).Refusals[0].Code);
        Assert.Equal("inventory.not_counting", (await Compare(id)).Refusals[0].Code);
    }

    [Fact]
    public async Task Those_who_keep_the_cards_and_those_who_keep_the_books_are_told()
    {
        List<UserId> users = [];
        foreach (var role in new[] { Role.Operations, Role.Finance })
            users.Add((await With<Users, Result<UserId>>(u => u.CreateAsync($"{role}", "haosuan-2026", role, cancel: Cancel))).Value);
        var (_, id) = await Started();
        await Count(id, 1, 2, 3);
        await Compare(id);
        await Decide(id, CountDecision.Book);
        await Drain();

        foreach (var user in users)
        {
            var told = await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, null, 0, 10, Cancel));
            Assert.Equal(2, told.Count(t => t.Href == $"/office/stocktakes/{id}" && t.Text.Contains(Here, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_stocktake_that_nobody_brings_to_an_end_is_a_case()
    {
        var (_, id) = await Started();
        Assert.Empty(await Stocktaking());
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(["inventory.case_counting"], await Stocktaking());

        _ = (await Count(id, 1)).Value;
        _ = (await Compare(id)).Value;
        Assert.Empty(await Stocktaking());
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(["inventory.case_deciding"], await Stocktaking());

        _ = (await Decide(id, CountDecision.Leave)).Value;
        Assert.Empty(await Stocktaking());
    }

    private async Task<IEnumerable<string>> Stocktaking() => (await Compared()).Where(k => k.StartsWith("inventory.", StringComparison.Ordinal));
}
