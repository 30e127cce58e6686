using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Inventory;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Settling;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class Orders_cancelled_on_sqlite(SqliteDatabases engine) : OrdersCancelCases(engine);

public sealed class Orders_cancelled_on_postgres(PostgresDatabases engine) : OrdersCancelCases(engine);

/// <summary>Orders that are cancelled while an upstream has them: the sandbox's, over its real wires, with its faults.</summary>
public abstract class OrdersCancelCases(Databases engine) : EngineTest(engine), IAsyncLifetime
{
    private const string Number = "13912346688";
    private static readonly Lazy<SandboxKeys> Keys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private SandboxHost _sandbox = null!;       // started before each test
    private Wire _speaks = Wire.Hao172;
    private DistributorId _seller;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(Keys.Value, Time, cancel: Cancel);
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _sandbox.DisposeAsync();
        _handler.Dispose();
        GC.SuppressFinalize(this);
    }

    // The line is made when it is first used: a test has said by then which protocol it speaks.
    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddScoped<Samples>().AddSingleton<IPaymentChannel>(new FakeChannel()).AddSingleton(_ => new UpstreamLine("hao172", Speaking()));

    private IUpstreamWire Speaking()
    {
        var http = new HttpClient(_handler, disposeHandler: false);
        return _speaks == Wire.Haoyi
            ? new Haoyi(http, Keys.Value.Haoyi(_sandbox.Address), Time)
            : new Hao172(http, Keys.Value.Hao172(_sandbox.Address), Time);
    }

    private UpstreamDesk Desk => _speaks == Wire.Haoyi ? _sandbox.World.Haoyi : _sandbox.World.Hao172;

    [Theory]
    [InlineData(Wire.Haoyi)]
    [InlineData(Wire.Hao172)]
    public async Task A_submitted_order_is_cancelled_once_its_upstream_has_withdrawn_it_and_not_before(Wire wire)
    {
        _speaks = wire;
        var (product, placed) = await PaidWithNumber();
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OrderState.Cancelling, (await Cancelled(placed.Id)).Value);
        Assert.Equal((OrderState.Cancelling, true), (await State(placed.Id), await IsTaken(product)));

        await Later();

        Assert.Equal((OrderState.Closed, false, Money.Zero), (await State(placed.Id), await IsTaken(product), await Held()));
        Assert.Equal(CardStatus.Cancelled, Assert.Single(Desk.Records).Status);
        Assert.Equal(["closed", "paid", "refunded", "submitted", "withdrawal_asked"],
            (await Facts(placed.Id)).Select(f => f.Kind).Order(StringComparer.Ordinal));
        Assert.Equal("用户要求取消", (await Facts(placed.Id)).Single(f => f.Kind == "closed").Attributes["reason"]);
    }

    [Theory]
    [InlineData(Wire.Haoyi)]
    [InlineData(Wire.Hao172)]
    public async Task An_order_that_its_upstream_has_shipped_stays_as_it_is_and_says_why(Wire wire)
    {
        _speaks = wire;
        var (product, placed) = await PaidWithNumber();
        var (operations, seller) = (await User("operations", Role.Operations, null), await User("seller", Role.Distributor, _seller));
        Assert.Null(Desk.Advance(placed.OrderNo, Step.Ship));
        await Cancelled(placed.Id);

        await Later();

        Assert.Equal((OrderState.Submitted, true, new Money(10_00)), (await State(placed.Id), await IsTaken(product), await Held()));
        Assert.Equal($"/office/orders/{placed.Id.Value}", await Told(operations, placed.OrderNo, "订单已发货"));
        Assert.Equal($"/agent/orders/{placed.Id.Value}", await Told(seller, placed.OrderNo, "订单已发货"));
        Assert.Equal("订单已发货", (await Facts(placed.Id)).Single(f => f.Kind == "withdrawal_refused").Attributes["message"]);
        await Hear();
        Assert.Equal((OrderState.Shipped, true, new Money(10_00)), (await State(placed.Id), await IsTaken(product), await Held()));
        Assert.Equal(["orders.shipped_already"], Codes(await Cancelled(placed.Id)));
    }

    [Theory]
    [InlineData(Wire.Haoyi, Fault.FailAfter)]
    [InlineData(Wire.Haoyi, Fault.Fail)]
    [InlineData(Wire.Haoyi, Fault.Busy)]
    [InlineData(Wire.Hao172, Fault.FailAfter)]
    [InlineData(Wire.Hao172, Fault.Fail)]
    [InlineData(Wire.Hao172, Fault.Forge)]
    public async Task Without_an_answer_to_rely_on_an_order_stays_cancelling_until_the_upstream_is_asked_again(Wire wire, Fault fault)
    {
        _speaks = wire;
        var placed = await Submitted();
        _sandbox.World.Faults.Set(wire, On.Call, fault);
        await Cancelled(placed.Id);
        await Later();
        Assert.Equal(OrderState.Cancelling, await State(placed.Id));

        await Hear();

        Assert.Equal(OrderState.Closed, await State(placed.Id));
        Assert.Equal(CardStatus.Cancelled, Assert.Single(Desk.Records).Status);
        Assert.Single(await Facts(placed.Id), f => f.Kind == "closed");
    }

    [Theory]
    [InlineData(true, OrderState.Closed)]
    [InlineData(false, OrderState.Submitted)]
    public async Task A_late_answer_decides_when_it_comes(bool granted, OrderState state)
    {
        var placed = await Submitted();
        _sandbox.World.Faults.Set(_speaks, On.Call, Fault.DecideLater);
        await Cancelled(placed.Id);
        await Later();
        for (var i = 0; i < 5; i++) await Hear();
        Assert.Equal(OrderState.Cancelling, await State(placed.Id));

        Assert.Null(Desk.Advance(placed.OrderNo, granted ? Step.Cancel : Step.RefuseWithdrawal));
        await Hear();

        Assert.Equal(state, await State(placed.Id));
    }

    [Fact]
    public async Task An_order_that_is_being_cancelled_is_neither_cancelled_again_nor_shipped()
    {
        var placed = await Submitted();
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Cancelled(placed.Id), Cancel)));

        Assert.Single(asked, a => !a.IsRefused);
        Assert.All(asked.Where(a => a.IsRefused), a => Assert.Equal(["orders.cancelling_already"], Codes(a)));
        Assert.Equal(["orders.being_cancelled"], Codes(
            await With<ShipOrder, Result<string>>(s => s.RunAsync(placed.Id, "顺丰", "SF1234567890", Cancel))));
        Assert.Single(await Facts(placed.Id), f => f.Kind == "withdrawal_asked");
    }

    [Fact]
    public async Task An_order_that_was_not_handed_over_yet_is_closed_and_never_reaches_the_upstream()
    {
        var placed = (await Place(await OnSale(), null, null)).Value;
        await Cancelled(placed.Id);
        await Later();

        Assert.Equal(OrderState.Closed, await State(placed.Id));
        Assert.Empty(Desk.OrderNos);
    }

    [Fact]
    public async Task An_order_that_the_upstream_turns_down_while_it_is_being_cancelled_has_failed_and_its_money_goes_back()
    {
        var (product, placed) = await PaidWithNumber();
        Assert.Null(Desk.Advance(placed.OrderNo, Step.Accept));
        _sandbox.World.Faults.Set(_speaks, On.Call, Fault.DecideLater);
        await Cancelled(placed.Id);
        await Later();
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Desk.Advance(placed.OrderNo, Step.Reject));

        await Hear();

        Assert.Equal((OrderState.Failed, false, Money.Zero), (await State(placed.Id), await IsTaken(product), await Held()));
        Assert.Equal(["orders.ended_already"], Codes(await Cancelled(placed.Id)));
    }

    [Fact]
    public async Task After_a_refusal_an_order_can_be_asked_for_again_and_each_question_has_its_answer()
    {
        var placed = await Submitted();
        Assert.Null(Desk.Advance(placed.OrderNo, Step.Ship));
        for (var i = 0; i < 2; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(OrderState.Cancelling, (await Cancelled(placed.Id)).Value);
            await Later();
        }

        var facts = await Facts(placed.Id);
        Assert.Equal(["withdrawal/1", "withdrawal/2"], facts.Where(f => f.Kind == "withdrawal_refused").Select(f => f.SourceId));
    }

    private static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    private async Task<ProductId> OnSale(Money price = default, bool picks = false)
    {
        var sample = await With<Samples, ProductId>(s => s.CardAsync());
        var upstream = (await With<Products, Product?>(p => p.FindAsync(sample, Cancel)))!.UpstreamId;
        var product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("GD39", upstream, Carrier.Telecom, "靓号卡", "选号", price) { PicksNumber = picks }, Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(product, Samples.Scheme("120.00"))).Value);
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, product, 110_00)).Value);
        return product;
    }

    private Task<Result<PlacedOrder>> Place(ProductId product, string? number, string? channel)
    {
        const string Digits = "44010619900307001";
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = Digits + IdNumber.CheckOf(Digits),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "中山大道 18 号",
            Consent = "true",
            Number = number,
            Channel = channel,
        };
        return With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, product, form, "browser"), Cancel));
    }

    private async Task<PlacedOrder> Submitted()
    {
        var placed = (await Place(await OnSale(), null, null)).Value;
        await Later();
        return placed;
    }

    /// <summary>Ten yuan paid, a number picked, and at the upstream.</summary>
    private async Task<(ProductId Product, PlacedOrder Placed)> PaidWithNumber()
    {
        var product = await OnSale(new(10_00), picks: true);
        await With<ImportNumbers>(async i => _ = (await i.RunAsync(product, Number, Cancel)).Value);
        await With<Numbers>(async n => _ = (await n.ReserveAsync(product, Number, "browser", Cancel)).Value);
        var placed = (await Place(product, Number, "wechat")).Value;
        var request = new PaymentRequest(
            placed.Id, placed.OrderNo, placed.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://example.test/"));
        var started = (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(request, Cancel))).Value;
        await With<ApplyPayment>(a => a.RunAsync(started.Id, new PaymentState.Paid("4200001", placed.Price, Time.Now), Cancel));
        await Later();
        return (product, placed);
    }

    private Task<Result<OrderState>> Cancelled(OrderId id) => With<CancelOrder, Result<OrderState>>(c => c.RunAsync(id, "用户要求取消", Cancel));

    /// <summary>Five seconds on, everything in the outbox is delivered.</summary>
    private async Task Later()
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        await Drain();
    }

    /// <summary>A day on, the upstream is asked for news, and what that brings about is done.</summary>
    private async Task Hear()
    {
        Time.Advance(TimeSpan.FromDays(1));
        await With<PollUpstreams>(p => p.RunAsync(Cancel));
        await Later();
    }

    private async Task<OrderState> State(OrderId id) => (await Find(id)).Order.State;

    private async Task<IReadOnlyList<RecordedFact>> Facts(OrderId id) => (await Find(id)).Facts;

    private async Task<OrderDetail> Find(OrderId id) => (await With<OrderList, OrderDetail?>(l => l.FindAsync(id, cancel: Cancel)))!;

    private async Task<bool> IsTaken(ProductId product) =>
        (await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(product, new(), 0, 10, Cancel))).Count == 0;

    private async Task<UserId> User(string name, Role role, DistributorId? distributor) =>
        (await With<Users, Result<UserId>>(u => u.CreateAsync(name, "haosuan-2026", role, distributor, Cancel))).Value;

    /// <summary>The page to which the only notification leads that has these words.</summary>
    private async Task<string> Told(UserId user, params string[] words)
    {
        var told = Assert.Single(await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, "orders", 0, 50, Cancel)));
        Assert.All(words, word => Assert.Contains(word, told.Text, StringComparison.Ordinal));
        return told.Href;
    }

    private Task<Money> Held() => With<Journal, Money>(j => j.BalanceAsync(Accounts.Gateway("wechat"), Cancel));
}
