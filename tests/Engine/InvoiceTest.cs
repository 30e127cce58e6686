using System.Text;
using HaoSuan.Catalog;
using HaoSuan.Inventory;
using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Upstreams;

namespace HaoSuan.Tests.Engine;

/// <summary>A card of 59 yuan on a number of 60 more, rates of 6 and 9 per cent, and a mail server.</summary>
public abstract class InvoiceTest(Databases engine) : EngineTest(engine), IAsyncLifetime
{
    protected const string TaxNumber = "91350100M000100Y43";

    private static readonly Lazy<SandboxKeys> AllKeys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private int _orders;
    private ProductId _product;
    private DistributorId _seller;

    private protected FakeChannel Wechat { get; } = new();

    protected static SandboxKeys Keys => AllKeys.Value;

    protected SandboxHost Sandbox { get; private set; } = null!;       // started before each test

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(Keys, Time, cancel: Cancel);
        await InitializeAsync();
        _ = (await Rates(r => r.SetSellerAsync(new("示例号卡科技有限公司", TaxNumber, "李四"), Cancel))).Value;
        (InvoiceItem Item, string Rate)[] rates =
            [(InvoiceItem.CardFee, "6%"), (InvoiceItem.NumberSupplement, "9%"), (InvoiceItem.LeaseFee, "13%"), (InvoiceItem.DeviceSale, "13")];
        foreach (var (item, rate) in rates)
            _ = (await Rates(r => r.SetAsync(new($"{item}", "2026-01-01", rate, "3030000000000000000", "电信服务", $"{item}"), Cancel))).Value;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Sandbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddScoped<Samples>().AddSingleton<IPaymentChannel>(Wechat).AddSingleton(new UpstreamLine("hao172", new FakeWire()))
        .AddSingleton(_ => new SmtpLine(Keys.Mail(Sandbox.World.PostOffice), Time)).AddSingleton(_ => new ReturnsBox(Keys.Mail(Sandbox.World.PostOffice)));

    protected static InvoiceForm ToPerson { get; } = InvoiceForm.Empty with { Title = "张三丰", Email = "zhang@example.com" };

    protected static InvoiceForm ToCompany { get; } = new()
    {
        Kind = "special",
        Buyer = "company",
        Title = "福建某某有限公司",
        TaxNumber = TaxNumber,
        Delivery = "mail",
        Email = "finance@example.com",
    };

    protected Task<Result<Done>> Rates(Func<InvoiceRates, Task<Result<Done>>> set) => With(set);

    /// <summary>A paid order.</summary>
    protected async Task<SaleKey> Paid()
    {
        if (_orders++ == 0) await OpenAsync();
        var number = $"1391234{7000 + _orders}";
        _ = (await With<ImportNumbers, Result<Received>>(i => i.RunAsync(_product, $"{number},60", Cancel))).Value;
        var digits = $"44010619900307{_orders:000}";
        await With<Numbers, Result<Reservation>>(n => n.ReserveAsync(_product, number, "browser", Cancel));
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = $"138001380{_orders:00}",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = $"中山大道 {_orders} 号",
            Consent = "true",
            Channel = "wechat",
            Number = number,
            NumberTerms = "true",
        };
        var placed = (await With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(_seller, _product, form, "browser"), Cancel))).Value;
        var payment = (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(
            new(placed.Id, placed.OrderNo, placed.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://example.test/")), Cancel))).Value.Id;
        await With<ApplyPayment>(a => a.RunAsync(payment, new PaymentState.Paid($"42{_orders:00000}", placed.Price, Time.Now), Cancel));
        await Drain();
        return new("order", placed.Id.Value);
    }

    protected Task<Result<InvoiceId>> Ask(SaleKey sale, InvoiceForm? form = null) =>
        With<AskInvoice, Result<InvoiceId>>(a => a.RunAsync(sale, form ?? ToPerson, Cancel));

    /// <summary>An invoice that was asked for and issued.</summary>
    protected async Task<InvoiceId> Issued(SaleKey sale, InvoiceForm? form = null)
    {
        var id = (await Ask(sale, form)).Value;
        await Drain();
        Assert.Equal(InvoiceState.Issued, (await Find(id)).State);
        return id;
    }

    protected async Task Refund(SaleKey sale, Money amount)
    {
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(new OrderId(sale.Id), amount, "退款", $"test {Time.Now}", Cancel))).Value;
        Time.Advance(TimeSpan.FromSeconds(1));
        await Drain();
    }

    protected async Task<InvoiceView> Find(InvoiceId id) => (await With<InvoiceList, InvoiceView?>(l => l.FindAsync(id, Cancel)))!;

    protected Task<IReadOnlyList<InvoiceView>> OfSale(SaleKey sale) => With<InvoiceList, IReadOnlyList<InvoiceView>>(l => l.OfSaleAsync(sale, Cancel));

    protected async Task<string> Xml(InvoiceId id) => Encoding.UTF8.GetString((await With<InvoiceList, byte[]?>(l => l.FileAsync(id, "xml", Cancel)))!);

    protected Task Job(string name) =>
        Services.GetRequiredService<JobRunner>().RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == name), Cancel);

    /// <summary>The kinds of the cases about invoices.</summary>
    protected async Task<IEnumerable<string>> Cases() => (await Compared()).Where(k => k.StartsWith("invoices.", StringComparison.Ordinal));

    protected static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    private async Task OpenAsync()
    {
        var sample = await With<Samples, ProductId>(s => s.CardAsync());
        var upstream = (await With<Products, Product?>(p => p.FindAsync(sample, Cancel)))!.UpstreamId;
        _product = (await With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new("GD39", upstream, Carrier.Telecom, "电信卡", "29 元/月", new(59_00)) { PicksNumber = true }, Cancel))).Value;
        await With<PublishScheme>(async p => _ = (await p.RunAsync(_product, Samples.Scheme("120.00"))).Value);
        _seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        await With<Samples>(async s => _ = (await s.RateAsync(_seller, _product, 110_00)).Value);
    }
}
