using System.Data.Common;
using System.Security.Cryptography;
using HaoSuan.Orders;
using HaoSuan.Settling;
using Facts = HaoSuan.Orders.Facts;

namespace HaoSuan.Tests.Engine;

public sealed class Orders_facts_on_sqlite(SqliteDatabases engine) : OrdersFactCases(engine);

public sealed class Orders_facts_on_postgres(PostgresDatabases engine) : OrdersFactCases(engine);

public abstract class OrdersFactCases(Databases engine) : EngineTest(engine)
{
    private static readonly DistributorId Top = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    private static readonly DistributorId Seller = new(Guid.Parse("0198a000-0000-7000-8000-000000000002"));

    private Task<OrderId> Place(Money price = default, string orderNo = "HS26030100000001") => With<IServiceProvider, OrderId>(async services =>
    {
        var (db, vault) = (services.GetRequiredService<Db>(), services.GetRequiredService<Vault>());
        return await db.InTransaction(async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            var row = new OrderRow
            {
                Id = NewId.Of<OrderId>(Time),
                OrderNo = orderNo,
                Token = orderNo,
                ProductId = NewId.Of<ProductId>(Time),
                UpstreamId = NewId.Of<UpstreamId>(Time),
                Carrier = HaoSuan.Catalog.Carrier.Unicom,
                SchemeVersion = 1,
                Seller = Seller,
                Chain = ChainText.Write([
                    new(Top, new Dictionary<string, Rate> { ["activated"] = Rate.Amount(new(80_00)), ["share"] = Rate.Share(new(800)) }),
                    new(Seller, new Dictionary<string, Rate> { ["activated"] = Rate.Amount(new(60_00)), ["share"] = Rate.Share(new(0)) })]),
                OrderedAt = Time.Now,
                Price = price,
                NameId = await vault.KeepAsync(SecretKind.Name, "张三", Cancel),
                IdNumberId = await vault.KeepAsync(SecretKind.IdNumber, "11010519491231002X", Cancel),
                PhoneId = await vault.KeepAsync(SecretKind.Phone, "13800138000", Cancel),
                AddressId = await vault.KeepAsync(SecretKind.Address, "朝阳区某路 1 号", Cancel),
                IdHash = SHA256.HashData([1]),
                Province = "11",
                Picked = null,
                State = price.IsZero ? OrderState.Confirmed : OrderState.AwaitingPayment,
                ConfirmedAt = price.IsZero ? Time.Now : null,
            };
            db.Add(row);
            if (price.IsZero) db.AddRange(DueSet.ForAll(row.Id, Time.Now));
            db.Add(new SeatRow { OrderId = row.Id, DistributorId = Seller, Position = 1 });
            return row.Id;
        }, Cancel);
    });

    private Task<bool> Record(OrderId order, string kind, int minute, string? id = null, string source = "upstream:a", FactId? of = null) =>
        With<Facts, bool>(f => f.RecordAsync(new(order, kind, Time.Now + TimeSpan.FromMinutes(minute), source, id ?? $"{kind}@{minute}", Of: of), Cancel));

    private async Task<OrderDetail> Find(OrderId order) => (await With<OrderList, OrderDetail?>(l => l.FindAsync(order, cancel: Cancel)))!;

    private async Task<OrderState> State(OrderId order) => (await Find(order)).Order.State;

    [Fact]
    public async Task The_same_event_of_a_source_is_one_fact()
    {
        var order = await Place();

        Assert.True(await Record(order, "activated", 5, "e1"));
        Assert.False(await Record(order, "activated", 5, "e1"));
        Assert.True(await Record(order, "activated", 5, "e1", "upstream:b"));
        Assert.Equal(2, (await Find(order)).Facts.Count);
    }

    [Fact]
    public async Task One_event_told_by_many_at_once_is_one_fact()
    {
        var order = await Place();

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Record(order, "activated", 5, "e1"), Cancel)));

        Assert.Single(told, t => t);
        Assert.Single((await Find(order)).Facts);
    }

    [Fact]
    public async Task A_late_or_repeated_activated_undoes_nothing()
    {
        var order = await Place();
        await Record(order, "activated", 10);
        await Record(order, "cancelled", 30);

        await Record(order, "activated", 20);
        await Record(order, "shipped", 40);

        Assert.Equal((OrderState.Activated, NetworkState.Cancelled), ((await Find(order)).Order.State, (await Find(order)).Order.Network));
    }

    [Fact]
    public async Task States_do_not_depend_on_when_facts_are_learned()
    {
        var (early, late) = (await Place(), await Place(orderNo: "HS26030100000002"));
        (string, int)[] facts = [("submitted", 1), ("shipped", 5), ("delivered", 6), ("activated", 10), ("suspended", 20), ("resumed", 30)];
        foreach (var (kind, minute) in facts) await Record(early, kind, minute);
        foreach (var (kind, minute) in facts.Reverse()) await Record(late, kind, minute);

        var (one, other) = ((await Find(early)).Order, (await Find(late)).Order);
        Assert.Equal((OrderState.Activated, NetworkState.InService), (one.State, one.Network));
        Assert.Equal((one.State, one.Network), (other.State, other.Network));
    }

    [Fact]
    public async Task A_refused_order_stays_failed_and_a_returned_card_returned()
    {
        var (refused, returned) = (await Place(), await Place(orderNo: "HS26030100000002"));
        foreach (var (kind, minute) in new[] { ("rejected", 1), ("shipped", 2) }) await Record(refused, kind, minute);
        foreach (var (kind, minute) in new[] { ("shipped", 1), ("refused", 2), ("delivered", 3) }) await Record(returned, kind, minute);

        Assert.Equal(OrderState.Failed, await State(refused));
        Assert.Equal(OrderState.Returned, await State(returned));
    }

    [Fact]
    public async Task A_void_withdraws_a_fact_also_from_the_states()
    {
        var order = await Place();
        await Record(order, "shipped", 1);
        await Record(order, "activated", 2);

        await Record(order, "void", 3, of: (await Find(order)).Facts.Single(f => f.Kind == "activated").Id);

        Assert.Equal(OrderState.Shipped, await State(order));
    }

    [Fact]
    public async Task An_order_is_settled_from_its_confirmation_on()
    {
        var (free, sold) = (await Place(), await Place(new(10_00), "HS26030100000002"));
        Assert.Equal([free], (await Due()).Select(o => o.Id));

        await With<Facts, bool>(f => f.RecordAsync(new(sold, "paid", Time.Now, "payments", "p1", new Money(10_00)), Cancel));

        Assert.Equal([free, sold], (await Due()).Select(o => o.Id));
        var order = (await With<OrdersToSettle, OrderToSettle?>(o => o.OneAsync(sold, Cancel)))!;
        Assert.Equal((new Money(10_00), 1, "paid"), (order.Paid, order.FactCount, order.Facts.Single().Kind));
        Assert.Equal([Rate.Amount(new(80_00)), Rate.Share(new(800))], order.Chain[0].Rates.Values);
        Assert.Equal([Top, Seller], order.Chain.Select(s => s.Id));
    }

    [Fact]
    public async Task A_settled_order_is_due_again_only_by_time_or_by_a_new_fact()
    {
        var order = await Place();
        await Settled(order, Time.Now + TimeSpan.FromDays(3));
        Assert.Empty(await Due());

        await Record(order, "activated", 1);
        Assert.Single(await Due());
        await Settled(order, Time.Now + TimeSpan.FromDays(3));
        Assert.Empty(await Due());

        Time.Advance(TimeSpan.FromDays(3));
        Assert.Single(await Due());
        await Settled(order, null);
        Assert.Empty(await Due());
        await Record(order, "topped_up", 2);
        Assert.Single(await Due());
    }

    [Fact]
    public async Task Each_visitor_has_a_queue_of_its_own_which_a_fact_enters_with_itself_or_not_at_all()
    {
        var order = await Place();
        await Settled(order, null);
        Assert.Empty(await Due());
        Assert.Equal([order], (await Due(DueFor.Outlook)).Select(o => o.Id));
        await With<OrdersToSettle>(o => o.VisitedAsync(DueFor.Outlook, [(order, null)], Cancel));

        await Assert.ThrowsAsync<TimeoutException>(() => With<IServiceProvider>(services => services.GetRequiredService<Db>().InTransaction(async () =>
        {
            await services.GetRequiredService<Facts>().RecordAsync(new(order, "activated", Time.Now, "upstream:a", "lost"), Cancel);
            throw new TimeoutException();
        }, Cancel)));
        foreach (var visitor in Enum.GetValues<DueFor>()) Assert.Empty(await Due(visitor));

        await Record(order, "activated", 0);
        foreach (var visitor in Enum.GetValues<DueFor>()) Assert.Equal([order], (await Due(visitor)).Select(o => o.Id));
    }

    [Fact]
    public async Task A_visitor_that_begins_anew_finds_every_confirmed_order_and_no_other()
    {
        var (free, sold) = (await Place(), await Place(new(10_00), "HS26030100000002"));
        await With<OrdersToSettle>(o => o.VisitedAsync(DueFor.Outlook, [(free, Time.Now + TimeSpan.FromDays(3))], Cancel));

        await With<OrdersToSettle>(o => o.VisitAllAsync(DueFor.Outlook, Time.Now, Cancel));

        Assert.Equal([free], (await Due(DueFor.Outlook)).Select(o => o.Id));
        await With<Facts, bool>(f => f.RecordAsync(new(sold, "paid", Time.Now, "payments", "p1", new Money(10_00)), Cancel));
        Assert.Equal([free, sold], (await Due(DueFor.Outlook)).Select(o => o.Id));
    }

    [Fact]
    public async Task What_one_worker_has_claimed_no_other_one_gets()
    {
        await Place();
        await Place(orderNo: "HS26030100000002");
        if (Database.Owner.StartsWith("Data Source", StringComparison.Ordinal)) return;     // there whoever writes is alone

        await With<IServiceProvider>(services => services.GetRequiredService<Db>().InTransaction(async () =>
        {
            Assert.Single(await services.GetRequiredService<OrdersToSettle>().ClaimAsync(DueFor.Settlement, Time.Now, 1, Cancel));
            Assert.Single(await Due());
        }, Cancel));
        Assert.Equal(2, (await Due()).Count);
    }

    [Fact]
    public async Task Lists_show_masked_data_to_whoever_stands_in_the_chain()
    {
        var order = await Place();

        var seen = Assert.Single(await With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(Seller, new(), 0, 10, Cancel)));

        Assert.Equal((order, "张*", "138****8000"), (seen.Id, seen.Name, seen.Phone));
        Assert.Null(await With<OrderList, OrderDetail?>(l => l.FindAsync(order, NewId.Of<DistributorId>(Time), Cancel)));
        Assert.Equal("110105********002X", (await Find(order)).IdNumber);
    }

    [Fact]
    public async Task A_list_is_filtered_by_state_product_date_and_text()
    {
        var order = (await Find(await Place())).Order;
        var today = Zone.Shanghai.DateOf(Time.Now);

        Assert.Equal(1, await Count(new(OrderState.Confirmed, order.ProductId, today, today, order.OrderNo, Seller)));
        Assert.Equal(0, await Count(new(OrderState.Shipped)));
        Assert.Equal(0, await Count(new(From: today.AddDays(1))));
        Assert.Equal(0, await Count(new(To: today.AddDays(-1))));
        Assert.Equal(0, await Count(new(Text: "HS26")));
    }

    [Fact]
    public async Task The_database_refuses_to_change_a_fact()
    {
        await Record(await Place(), "activated", 1);

        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("update fact set kind = 'shipped'"));
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from fact"));
    }

    private Task<int> Count(OrderFilter filter) => With<OrderList, int>(l => l.CountAsync(filter, Cancel));

    private Task<IReadOnlyList<OrderToSettle>> Due(DueFor visitor = DueFor.Settlement) =>
        With<OrdersToSettle, IReadOnlyList<OrderToSettle>>(async o => await o.ClaimedAsync(await o.ClaimAsync(visitor, Time.Now, 10, Cancel), Cancel));

    private Task Settled(OrderId order, Instant? next) => With<OrdersToSettle>(o => o.VisitedAsync(DueFor.Settlement, [(order, next)], Cancel));
}
