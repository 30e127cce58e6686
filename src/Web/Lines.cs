using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Web;

/// <summary>What an account at an upstream needs, by the protocol that it speaks: one of them is given.</summary>
/// <param name="Key">The upstream's key in the catalog.</param>
public sealed record UpstreamAccount(string Key, HaoyiOptions? Haoyi = null, Hao172Options? Hao172 = null, DescribedOptions? Described = null);

/// <summary>The lines to the outside that this installation has keys for. Where there is none, nothing of that kind can be done.</summary>
public sealed record Lines(WeChatPayOptions? WeChatPay, AlipayOptions? Alipay, IReadOnlyList<UpstreamAccount> Upstreams)
{
    public static readonly Lines None = new(null, null, []);

    public TencentSmsOptions? Sms { get; init; }

    public TencentIdCheckOptions? IdCheck { get; init; }

    public MailOptions? Mail { get; init; }

    public IssuingPlatformOptions? Invoices { get; init; }

    private const string Downloads = "LineDownloads";
    private const long LargestDownload = 256L * 1024 * 1024;

    private const long LargestAnswer = 16L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DownloadPatience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Reads <c>HaoSuan:WeChatPay</c>, <c>HaoSuan:Alipay</c>, <c>HaoSuan:TencentSms</c>, <c>HaoSuan:TencentIdCheck</c>, <c>HaoSuan:Mail</c>,
    /// <c>HaoSuan:Invoices</c> and <c>HaoSuan:Upstreams:{key}</c>: see docs/operations.md.
    /// </summary>
    public static Lines Read(IConfigurationSection settings) => new(
        LineSettings.WeChatPay(settings.GetSection("WeChatPay")), LineSettings.Alipay(settings.GetSection("Alipay")),
        [.. settings.GetSection("Upstreams").GetChildren().Select(LineSettings.Upstream)])
    {
        Sms = LineSettings.Sms(settings.GetSection("TencentSms")),
        IdCheck = LineSettings.IdCheck(settings.GetSection("TencentIdCheck")),
        Mail = LineSettings.Mail(settings.GetSection("Mail")),
        Invoices = LineSettings.Invoices(settings.GetSection("Invoices")),
    };

    internal void AddTo(IServiceCollection services)
    {
        services.AddHttpClient(nameof(Lines), http => (http.Timeout, http.MaxResponseContentBufferSize) = (Patience, LargestAnswer))
            .ConfigurePrimaryHttpMessageHandler(Handler);
        services.AddHttpClient(Downloads, http => (http.Timeout, http.MaxResponseContentBufferSize) = (DownloadPatience, LargestDownload))
            .ConfigurePrimaryHttpMessageHandler(Handler);
        if (WeChatPay is { } wechat)
        {
            services.AddSingleton<IPaymentChannel>(p => new WeChatPay(Http(p), wechat, Time(p), Http(p, Downloads)));
            if (wechat.TransferScene is not null) services.AddSingleton<ITransferChannel>(p => new WeChatTransfers(Http(p), wechat, Time(p)));
            if (wechat.AppSecret is not null) services.AddSingleton(p => new WeChatPayers(Http(p), wechat));
        }
        if (Alipay is { } alipay)
        {
            services.AddSingleton<IPaymentChannel>(p => new Alipay(Http(p), alipay, Time(p), Http(p, Downloads)));
            services.AddSingleton<ITransferChannel>(p => new AlipayTransfers(Http(p), alipay, Time(p)));
        }
        if (Sms is { } sms) services.AddSingleton(p => new TencentSms(Http(p), sms, Time(p)));
        if (IdCheck is { } check) services.AddSingleton(p => new TencentIdCheck(Http(p), check, Time(p)));
        if (Mail is { } mail) services.AddSingleton(p => new SmtpLine(mail, Time(p))).AddSingleton(new ReturnsBox(mail));
        if (Invoices is { } invoices) services.AddSingleton<IInvoiceIssuer>(p => new IssuingPlatform(Http(p), invoices, Time(p)));
        foreach (var account in Upstreams) services.AddSingleton(p => new UpstreamLine(account.Key, Wire(p, account)));
    }

    private static IUpstreamWire Wire(IServiceProvider provider, UpstreamAccount account) => account switch
    {
        { Haoyi: { } haoyi } => new Haoyi(Http(provider), haoyi, Time(provider)),
        { Hao172: { } hao172 } => new Hao172(Http(provider), hao172, Time(provider)),
        { Described: { } described } => new Described(Http(provider), described, Time(provider)),
        _ => throw new InvalidOperationException($"The account at {account.Key} speaks no protocol."),
    };

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),        // the client is kept for good, addresses are not
    };

    private static HttpClient Http(IServiceProvider provider, string name = nameof(Lines)) =>
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
