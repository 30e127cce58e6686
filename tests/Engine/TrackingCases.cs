using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Upstreams;

namespace HaoSuan.Tests.Engine;

public sealed class Tracking_on_sqlite(SqliteDatabases engine) : TrackingCases(engine);

public sealed class Tracking_on_postgres(PostgresDatabases engine) : TrackingCases(engine);

/// <summary>A consumer finds his orders by a code that his phone receives, over the sandbox's real wire.</summary>
public abstract class TrackingCases(Databases engine) : EngineTest(engine), IAsyncLifetime
{
    private const string Phone = "13800138000";
    private static readonly Lazy<SandboxKeys> Keys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private SandboxHost _sandbox = null!;       // started before each test

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

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddScoped<Samples>().AddSingleton<IPaymentChannel>(new FakeChannel()).AddSingleton(new UpstreamLine("hao172", new FakeWire()))
        .AddSingleton(_ => new TencentSms(new HttpClient(_handler, disposeHandler: false), Keys.Value.Sms(_sandbox.Address), Time));

    [Fact]
    public async Task The_code_goes_to_the_phone_and_opens_its_orders_once()
    {
        var order = await Order();
        var token = (await Ask(" +86 138-0013-8000 ")).Value;
        await Drain();
        var message = Assert.Single(_sandbox.World.Messages);
        Assert.Equal("+86" + Phone, message.Phone);

        var tracker = (await Open(token, message.Values[0])).Value;

        var tracked = Assert.Single(await With<TrackOrders, IReadOnlyList<TrackedOrder>>(t => t.OfAsync(tracker, Cancel)));
        Assert.Equal((order.Id, order.Token), (tracked.Detail.Order.Id, tracked.Token));
        Assert.Equal(["orders.track_expired"], Codes(await Open(token, message.Values[0])));
    }

    [Fact]
    public async Task An_unknown_phone_is_answered_alike_and_receives_nothing()
    {
        await Order();
        var (known, unknown) = (await Ask(Phone), await Ask("13900139000"));
        await Drain();

        Assert.Equal((false, false), (known.IsRefused, unknown.IsRefused));
        Assert.Equal(known.Value.Length, unknown.Value.Length);
        Assert.Equal(["+86" + Phone], _sandbox.World.Messages.Select(m => m.Phone));
        foreach (var token in new[] { known.Value, unknown.Value })
            Assert.Equal(["orders.track_code"], Codes(await Open(token, "not it")));
        Assert.Equal(["orders.track_wait"], Codes(await Ask(Phone)));
        Assert.Equal(["orders.track_wait"], Codes(await Ask("13900139000")));
    }

    [Theory]
    [InlineData(Phone)]
    [InlineData("13900139000")]
    public async Task A_phone_is_asked_for_once_a_minute_five_times_an_hour_and_ten_times_a_day(string phone)
    {
        await Order();
        for (var i = 0; i < 5; i++)
        {
            Assert.False((await Ask(phone)).IsRefused);
            Assert.Equal(["orders.track_wait"], Codes(await Ask(phone)));
            Time.Advance(TimeSpan.FromSeconds(60));
        }
        Assert.Equal(["orders.track_too_many"], Codes(await Ask(phone)));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.False((await Ask(phone)).IsRefused);
        for (var i = 6; i < 10; i++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            Assert.False((await Ask(phone)).IsRefused);
        }
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["orders.track_too_many"], Codes(await Ask(phone)));
    }

    [Fact]
    public async Task Codes_asked_for_at_once_are_one_code_also_where_a_minute_begins_meanwhile()
    {
        await Order();
        Time.Advance(TimeSpan.FromSeconds(59 - Time.GetUtcNow().Second));
        Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(300);

        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ask(Phone), Cancel)));

        Assert.Single(asked, a => !a.IsRefused);
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes_and_five_attempts()
    {
        await Order();
        var guessed = (await Ask(Phone)).Value;
        await Drain();
        var code = _sandbox.World.Messages[^1].Values[0];
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < 4; i++) Assert.Equal(["orders.track_code"], Codes(await Open(guessed, wrong)));
        Assert.Equal(["orders.track_expired"], Codes(await Open(guessed, wrong)));
        Assert.Equal(["orders.track_expired"], Codes(await Open(guessed, code)));

        Time.Advance(TimeSpan.FromMinutes(1));
        var late = (await Ask(Phone)).Value;
        await Drain();
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["orders.track_expired"], Codes(await Open(late, _sandbox.World.Messages[^1].Values[0])));
        Assert.Equal(["orders.track_expired"], Codes(await Open("nobodys", code)));
    }

    [Fact]
    public async Task A_code_that_the_platform_does_not_take_is_sent_later_while_it_is_good_and_none_is_kept()
    {
        await Order();
        _sandbox.World.Faults.Set(Wire.Sms, On.Call, Fault.Busy);
        var token = (await Ask(Phone)).Value;
        await Drain();
        Assert.Empty(_sandbox.World.Messages);

        Time.Advance(TimeSpan.FromMinutes(2));
        await Drain();
        Assert.False((await Open(token, Assert.Single(_sandbox.World.Messages).Values[0])).IsRefused);
        Time.Advance(TimeSpan.FromDays(2));
        await With<IServiceProvider>(s => Services.GetRequiredService<JobRunner>().RunAsync(
            Services.GetServices<RecurringJob>().Single(j => j.Name == "forget-track-codes"), Cancel));
        Assert.Equal(0, await With<Db, int>(db => db.Set<TrackCodeRow>().CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1380013800")]
    [InlineData("23800138000")]
    public async Task What_is_no_phone_number_is_refused(string phone) => Assert.Equal(["orders.track_phone"], Codes(await Ask(phone)));

    private static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    private Task<Result<string>> Ask(string phone) => With<AskTrackCode, Result<string>>(a => a.RunAsync(phone, Cancel));

    private Task<Result<Tracker>> Open(string token, string code) => With<TrackOrders, Result<Tracker>>(t => t.OpenAsync(token, code, Cancel));

    private async Task<PlacedOrder> Order()
    {
        var product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        var seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(seller, product, 110_00)).Value);
        const string digits = "44010619900307001";
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = Phone,
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "中山大道 18 号",
            Consent = "true",
        };
        var placed = (await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller, product, form, "browser"), Cancel))).Value;
        await Drain();
        return placed;
    }
}
