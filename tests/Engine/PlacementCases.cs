using System.Text;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

public sealed class Placement_on_sqlite(SqliteDatabases engine) : PlacementCases(engine);

public sealed class Placement_on_postgres(PostgresDatabases engine) : PlacementCases(engine);

/// <summary>Distributors get other parents, and are frozen, without a change to what was.</summary>
public abstract class PlacementCases(Databases engine) : EngineTest(engine)
{
    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private Instant Tomorrow => Time.Now + TimeSpan.FromDays(1);

    [Fact]
    public async Task A_move_holds_from_its_instant_on_and_what_was_before_stays()
    {
        var (product, a, b) = (await Card(), await Add("A"), await Add("B"));
        var seller = await Add("C", a);
        foreach (var (who, fen) in new[] { (a, 100_00), (b, 90_00), (seller, 80_00) }) await SetRate(who, product, fen);
        var placed = await Order(seller, product, 1);

        Assert.Empty(await Move(seller, b, Tomorrow));
        Assert.Equal([a, seller], await Chain(seller, product, Time.Now));
        Assert.Equal([b, seller], await Chain(seller, product, Tomorrow));
        Assert.Equal(a, (await Find(seller)).ParentId);
        Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(b, (await Find(seller)).ParentId);
        Assert.Empty(await With<Tree, IReadOnlyList<Distributor>>(t => t.ChildrenAsync(a, Cancel)));
        Assert.Equal([seller], (await With<Tree, IReadOnlyList<Distributor>>(t => t.ChildrenAsync(b, Cancel))).Select(d => d.Id));
        Assert.Equal([a, seller], (await Detail(placed)).Chain.Select(m => m.Id));
        Assert.Equal([b, seller], (await Detail(await Order(seller, product, 2))).Chain.Select(m => m.Id));
        Assert.Empty(await Move(seller, null));
        Assert.Equal([(null, 2), ((DistributorId?)b, 1)],
            (await With<Tree, IReadOnlyList<Moved>>(t => t.MovesAsync(seller, Cancel))).Select((m, i) => (m.ParentId, 2 - i)));
    }

    [Fact]
    public async Task A_move_that_breaks_the_tree_is_refused()
    {
        var (a, b) = (await Add("A"), await Add("B"));
        var child = await Add("C", a);

        Assert.Equal(["distributors.circle"], await Move(a, child));
        Assert.Equal(["distributors.too_deep"], await Move(a, b));
        Assert.Equal(["distributors.parent_the_same"], await Move(child, a));
        Assert.Equal(["distributors.from_is_past"], await Move(child, b, Time.Now - TimeSpan.FromSeconds(1)));
        Assert.Equal(["distributors.reason_missing"], await Move(child, b, reason: " "));
        await With<Activate, Result<Done>>(x => x.RunAsync(b, false, Cancel));
        Assert.Equal(["distributors.inactive"], await Move(child, b));
        Assert.Empty(await Move(child, null, Tomorrow));
        Assert.Equal(["distributors.move_before"], await Move(child, null));
    }

    [Fact]
    public async Task Nobody_is_added_under_a_parent_that_is_going_to_be_of_the_second_level()
    {
        var (a, b) = (await Add("A"), await Add("B"));
        Assert.Empty(await Move(b, a, Tomorrow));

        var below = await With<AddDistributor, Result<DistributorId>>(x => x.RunAsync(new("C", "店", b), Cancel));

        Assert.Equal(["distributors.too_deep"], below.Refusals.Select(r => r.Code));
    }

    [Fact]
    public async Task Rates_are_never_above_the_new_parents_at_any_later_time()
    {
        var (product, a, b) = (await Card(), await Add("A"), await Add("B"));
        var seller = await Add("C", a);
        await SetRate(a, product, 100_00);
        await SetRate(seller, product, 80_00);
        Assert.Equal(["distributors.transfer_without_rate"], await Move(seller, b));
        await SetRate(b, product, 90_00);
        await SetRate(b, product, 70_00, Tomorrow + TimeSpan.FromDays(1));

        Assert.Equal(["distributors.transfer_above_parent"], await Move(seller, b));
        Assert.Null(await SetRate(seller, product, 60_00));
        Assert.Empty(await Move(seller, b, Tomorrow));
        Assert.Equal("distributors.above_parent", await SetRate(seller, product, 95_00));
        Assert.Equal("distributors.below_child", await SetRate(b, product, 50_00));
        Assert.Equal("distributors.below_child", await SetRate(b, product, 50_00, Tomorrow + TimeSpan.FromDays(5)));
        Assert.Equal("distributors.below_child", await SetRate(a, product, 50_00));
        Assert.Null(await SetRate(a, product, 50_00, Tomorrow));
    }

    [Fact]
    public async Task Of_two_who_are_added_at_once_with_one_code_the_second_is_refused()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(
            () => With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("A", "店"), Cancel)), Cancel)));

        Assert.Equal(["distributors.code_taken", "distributors.code_taken"], outcomes.Where(o => o.IsRefused).Select(o => Assert.Single(o.Refusals).Code));
    }

    [Fact]
    public async Task Two_moves_at_once_never_make_a_circle()
    {
        var (a, b) = (await Add("A"), await Add("B"));

        var outcomes = await Task.WhenAll(Move(a, b), Move(b, a));

        Assert.Single(outcomes, o => o.Count == 0);
    }

    [Fact]
    public async Task A_freeze_takes_no_orders_and_pays_nothing_out_until_it_ends_or_is_lifted()
    {
        var (product, seller) = (await Card(), await Add("A"));
        var child = await Add("B", seller);
        foreach (var who in new[] { seller, child }) await SetRate(who, product, 80_00);
        var invite = (await With<CreateInvitation, Result<Invitation>>(c => c.RunAsync(seller, Cancel))).Value.Code;
        await Earn(seller);
        _ = (await Payout(seller, "before")).Value;

        Assert.Empty(await Freeze(seller, until: Tomorrow));
        Assert.Equal(["distributors.frozen_already"], await Freeze(seller));
        Assert.True((await With<Tree, Invitation?>(t => t.InvitationAsync(invite, Cancel)))!.IsClosed);
        Assert.Equal("distributors.frozen", (await With<Tree, Result<IReadOnlyList<ChainMember>>>(
            t => t.ChainAsync(seller, product, Time.Now, Cancel))).Refusals[0].Code);
        Assert.Equal([seller, child], await Chain(child, product, Time.Now));
        Assert.Equal("payouts.frozen", (await Payout(seller, "during")).Refusals[0].Code);
        var waiting = (await With<PayoutRecords, IReadOnlyList<PayoutView>>(p => p.OfAsync(seller, cancel: Cancel)))[0].Id;
        Assert.Equal("payouts.frozen_one", (await With<ApprovePayout, Result<Done>>(p => p.RunAsync(waiting, Cancel))).Refusals[0].Code);

        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([seller], await Chain(seller, product, Time.Now));
        Assert.Empty(await Freeze(seller));
        Assert.Empty((await With<Freeze, Result<Done>>(f => f.LiftAsync(seller, "已核实", Cancel))).Refusals ?? []);
        Assert.Equal("distributors.not_frozen", (await With<Freeze, Result<Done>>(f => f.LiftAsync(seller, "再来", Cancel))).Refusals[0].Code);
        Assert.False((await Find(seller)).Frozen);
        Assert.Equal(["已核实", null], (await With<Tree, IReadOnlyList<FreezeRecord>>(t => t.FreezesAsync(seller, Cancel))).Select(f => f.LiftReason));
        _ = (await With<ApprovePayout, Result<Done>>(p => p.RunAsync(waiting, Cancel))).Value;
        var batch = (await With<MakeBatch, Result<Guid>>(b => b.RunAsync(PayoutMethod.Bank, "csv", null, Cancel))).Value;
        Assert.Empty(await Freeze(seller));
        Assert.True(await With<BatchFile, bool>(b => b.HandOverAsync(batch, Cancel)));
        Assert.DoesNotContain("讯达通信", Encoding.UTF8.GetString((await With<BatchFile, (string, byte[] Content)?>(
            b => b.ExportAsync(batch, Cancel)))!.Value.Content), StringComparison.Ordinal);
        Assert.True((await With<PayoutRecords, PayoutView?>(p => p.FindAsync(waiting, Cancel)))!.IsWaiting);
    }

    [Fact]
    public async Task Whoever_is_frozen_brings_nobody_in_who_would_sell_for_it()
    {
        var top = await Add("A");
        await With<Contracts, Result<int>>(c => c.PublishAsync("协议", Cancel));
        Assert.Empty(await Freeze(top));

        var invited = await With<Invite, Result<string>>(i => i.RunAsync(top, new(8000), 7, Cancel));
        var added = await With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("B", "店", top), Cancel));

        Assert.Equal(["distributors.frozen_parent", "distributors.frozen_parent"], invited.Refusals.Concat(added.Refusals).Select(r => r.Code));
        _ = await With<Freeze, Result<Done>>(f => f.LiftAsync(top, "已核实", Cancel));
        Assert.False((await With<Invite, Result<string>>(i => i.RunAsync(top, new(8000), 7, Cancel))).IsRefused);
    }

    [Fact]
    public async Task Whoever_is_concerned_is_told()
    {
        var (a, b) = (await Add("A"), await Add("B"));
        var users = new Dictionary<DistributorId, UserId>();
        foreach (var (who, name) in new[] { (a, "anna"), (b, "berta") })
            users[who] = (await With<Users, Result<UserId>>(u => u.CreateAsync(name, "haosuan-2026", Role.Distributor, who, Cancel))).Value;

        await Move(b, a);
        await Freeze(b);
        await Drain();

        Assert.Contains("B 数码店", Assert.Single(await Inbox(users[a])), StringComparison.Ordinal);
        Assert.Equal(2, (await Inbox(users[b])).Count);
    }

    private async Task<IReadOnlyList<string>> Inbox(UserId user) =>
        [.. (await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, null, 0, 10, Cancel))).Select(t => t.Text)];

    private Task<DistributorId> Add(string code, DistributorId? parent = null) => With<Samples, DistributorId>(s => s.DistributorAsync(code, parent));

    private Task<ProductId> Card() => With<Samples, ProductId>(s => s.CardOnSaleAsync());

    private async Task<string?> SetRate(DistributorId who, ProductId product, long fen, Instant? from = null) =>
        (await With<Samples, Result<Done>>(s => s.RateAsync(who, product, fen, from))).Refusals?.Select(r => r.Code).FirstOrDefault();

    private async Task<IReadOnlyList<string>> Move(DistributorId who, DistributorId? parent, Instant? from = null, string reason = "区域调整") =>
        [.. (await With<MoveDistributor, Result<Done>>(t => t.RunAsync(new(who, parent, reason, from), Cancel))).Refusals?.Select(r => r.Code) ?? []];

    private async Task<IReadOnlyList<string>> Freeze(DistributorId who, Instant? until = null) =>
        [.. (await With<Freeze, Result<Done>>(f => f.RunAsync(new(who, "投诉核实中", Until: until), Cancel))).Refusals?.Select(r => r.Code) ?? []];

    private async Task<Distributor> Find(DistributorId id) => (await With<Tree, Distributor?>(t => t.FindAsync(id, Cancel)))!;

    private async Task<IEnumerable<DistributorId>> Chain(DistributorId seller, ProductId product, Instant at) =>
        (await With<Tree, Result<IReadOnlyList<ChainMember>>>(t => t.ChainAsync(seller, product, at, Cancel))).Value.Select(m => m.Id);

    private async Task<OrderId> Order(DistributorId seller, ProductId product, int person) =>
        (await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller, product, Form(person), "shopper"), Cancel))).Value.Id;

    private static OrderForm Form(int person)
    {
        var digits = $"44010619900307{person:000}";
        return new()
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = $"1380013800{person}",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = $"中山大道 {person} 号",
            Consent = "true",
        };
    }

    private async Task<OrderDetail> Detail(OrderId order) => (await With<OrderList, OrderDetail?>(o => o.FindAsync(order, cancel: Cancel)))!;

    private Task Earn(DistributorId who) => With<Journal, long>(j => j.PostAsync(
        new Entry("test", $"earn:{who.Value}", Time.Now, "", [new(Accounts.Commission, new(100_00)), new(Accounts.Available(who), new(-100_00))]), Cancel));

    private async Task<Result<PayoutId>> Payout(DistributorId who, string key)
    {
        await With<SetPayoutAccount, Result<Done>>(a => a.RunAsync(who, PayoutMethod.Bank, "讯达通信", "6222020200112233445", Cancel));
        return await With<RequestPayout, Result<PayoutId>>(p => p.RunAsync(who, new(20_00), key, Cancel));
    }
}
