using HaoSuan.Catalog;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams;

namespace HaoSuan.Tests.Engine;

/// <summary>An order from stock that is paid and sent, and what staff, its consumer, its upstream and time do to it.</summary>
public abstract class AfterSaleStory(Databases engine) : EngineTest(engine)
{
    protected const string Evidence = "快递工单 20260301";
    protected static readonly CardSending ByPost = new(null, "顺丰", "SF0000000002");

    private readonly FakeChannel _wechat = new();
    private ProductId _product;
    private DistributorId _seller;
    protected OrderId Order { get; private set; }

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddScoped<Samples>().AddSingleton<IPaymentChannel>(_wechat).AddSingleton(new UpstreamLine("hao172", new FakeWire()));

    protected static string Iccid(int n) => $"8986010000000000000{n}";

    protected static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    protected Task<Result<int>> Ask(AfterSaleKind kind, AfterSaleReason reason) =>
        With<AskAfterSale, Result<int>>(a => a.ByOfficeAsync(Order, kind, reason, Evidence, Cancel));

    protected Task<Result<AfterSaleState>> Do(Func<HandleAfterSale, Task<Result<AfterSaleState>>> step) =>
        With<HandleAfterSale, Result<AfterSaleState>>(h =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return step(h);
        });

    protected Task<Result<AfterSaleState>> Send(int number, CardSending sending)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return With<SendCard, Result<AfterSaleState>>(s => s.RunAsync(Order, number, sending, cancel: Cancel));
    }

    protected Task<Result<int>> Wish() =>
        With<AskAfterSale, Result<int>>(a => a.ByConsumerAsync(Order, AfterSaleKind.Return, AfterSaleReason.Unwanted, Cancel));

    /// <summary>Delivered, found defective, and another card is on its way.</summary>
    protected async Task Exchanged()
    {
        await Tell("delivered");
        var number = (await Ask(AfterSaleKind.Exchange, AfterSaleReason.Defective)).Value;
        await Do(h => h.AgreeAsync(Order, number, null, Cancel));
        await Send(number, ByPost);
        await Drain();
    }

    protected Task<Result<AfterSaleState>> Refund(int number, Money deduction, string? reason = null) =>
        With<RefundReturn, Result<AfterSaleState>>(r => r.RunAsync(Order, number, deduction, reason, Cancel));

    protected async Task<OrderDetail> Find() => (await With<OrderList, OrderDetail?>(l => l.FindAsync(Order, cancel: Cancel)))!;

    protected async Task<OrderState> State() => (await Find()).Order.State;

    protected async Task<CardState> CardIs(int n) => (await With<Cards, Card?>(c => c.FindAsync(Iccid(n), Cancel)))!.State;

    protected Task<IReadOnlyList<AfterSale>> Sales() => With<AfterSales, IReadOnlyList<AfterSale>>(a => a.OfOrderAsync(Order, Cancel));

    protected Task<int> Count(AfterSaleFilter filter) => With<AfterSales, int>(a => a.CountAsync(filter, Cancel));

    /// <summary>The upstream tells what has happened, and everybody who follows has heard of it.</summary>
    protected async Task Tell(string kind, string? id = null, string? iccid = null)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await With<Facts>(f => f.RecordAsync(new(Order, kind, Time.Now, "upstream:hao172", id ?? kind, Attributes: iccid is null
            ? null
            : new Dictionary<string, string> { ["iccid"] = iccid }), Cancel));
        await Drain();
    }

    /// <summary>Time passes, and everything is compared.</summary>
    protected async Task Hours(int hours)
    {
        Time.Advance(TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(1));
        await Services.GetRequiredService<JobRunner>().RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == "compare"), Cancel);
    }

    protected async Task<IReadOnlyList<string>> Found() =>
        [.. (await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel))).Select(c => c.Kind).Order(StringComparer.Ordinal)];

    /// <summary>An order of ten yuan, paid and sent with the first of three cards.</summary>
    protected async Task Shipped()
    {
        var sample = await With<Samples, ProductId>(s => s.CardAsync());
        var upstream = (await With<Products, Product?>(p => p.FindAsync(sample, Cancel)))!.UpstreamId;
        _product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("GD39", upstream, Carrier.Telecom, "电信卡", "29 元/月", new(10_00)), Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(_product, Samples.Scheme("120.00"))).Value);
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, _product, 110_00)).Value);
        await With<Samples>(s => s.CardsAsync(_product, Iccid(1), Iccid(2), Iccid(3)));
        Order = await Sold(1);
    }

    /// <summary>The order of that consumer, paid and sent with the card of his number.</summary>
    protected async Task<OrderId> Sold(int person)
    {
        var digits = $"44010619900307{person:000}";
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "中山大道 18 号",
            Consent = "true",
            Channel = "wechat",
        };
        var placed = (await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, _product, form, "browser"), Cancel))).Value;
        var payment = (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(
            new(placed.Id, placed.OrderNo, placed.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://example.test/")), Cancel))).Value.Id;
        await With<ApplyPayment>(a => a.RunAsync(payment, new PaymentState.Paid($"420000{person}", placed.Price, Time.Now), Cancel));
        await Drain();
        Assert.Equal(Iccid(person), (await With<ShipOrder, Result<string>>(s => s.RunAsync(placed.Id, "顺丰", "SF1234567890", Cancel))).Value);
        await Drain();
        Time.Advance(TimeSpan.FromMinutes(1));
        return placed.Id;
    }
}
