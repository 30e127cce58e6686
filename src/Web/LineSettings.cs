using System.Globalization;
using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Web;

/// <summary>The accounts at channels and upstreams as the configuration writes them. A key in PEM may stand in a file: <c>MerchantKeyFile</c>.</summary>
internal static class LineSettings
{
    public static WeChatPayOptions? WeChatPay(IConfigurationSection section) => !section.Exists() ? null : new WeChatPayOptions
    {
        BaseAddress = AddressOr(section, "BaseAddress", "https://api.mch.weixin.qq.com/"),
        AppId = Text(section, "AppId"),
        MerchantId = Text(section, "MerchantId"),
        MerchantSerial = Text(section, "MerchantSerial"),
        MerchantKeyPem = Pem(section, "MerchantKey") ?? throw Missing(section, "MerchantKeyFile"),
        NextMerchantSerial = section["NextMerchantSerial"],
        NextMerchantKeyPem = Pem(section, "NextMerchantKey"),
        ApiV3Key = Text(section, "ApiV3Key"),
        AppSecret = section["AppSecret"] is { Length: > 0 } secret ? secret : null,
        PlatformKeyId = section["PlatformKeyId"],
        PlatformKeyPem = Pem(section, "PlatformKey"),
        NextPlatformKeyId = section["NextPlatformKeyId"],
        NextPlatformKeyPem = Pem(section, "NextPlatformKey"),
        ShopName = section["ShopName"] ?? "号卡商城",
        TransferScene = section["TransferScene"] is { Length: > 0 } scene ? scene : null,
        FeeRate = Percent(section, "FeeRate"),
    };

    public static AlipayOptions? Alipay(IConfigurationSection section) => !section.Exists() ? null : new AlipayOptions
    {
        Gateway = AddressOr(section, "Gateway", "https://openapi.alipay.com/gateway.do"),
        AppId = Text(section, "AppId"),
        SellerId = section["SellerId"],
        AppKeyPem = Pem(section, "AppKey") ?? throw Missing(section, "AppKeyFile"),
        AlipayKeyPem = Pem(section, "AlipayKey") ?? throw Missing(section, "AlipayKeyFile"),
        AppCertificatePem = Pem(section, "AppCertificate"),
        RootCertificatesPem = Pem(section, "RootCertificates"),
        FeeRate = Percent(section, "FeeRate"),
    };

    public static UpstreamAccount Upstream(IConfigurationSection section) => Text(section, "Wire") switch
    {
        "haoyi" => new(section.Key, Haoyi: new() { BaseAddress = PrivateAddress(section), AppKey = Text(section, "AppKey"), Secret = Text(section, "Secret") }),
        "hao172" => new(
            section.Key, Hao172: new() { BaseAddress = PrivateAddress(section), UserId = Text(section, "UserId"), Secret = Text(section, "Secret") }),
        "file" => new(section.Key, Described: Described(section)),
        var wire => throw new SettingsException($"{section.Path}:Wire is \"{wire}\"; it must be haoyi, hao172 or file."),
    };

    public static TencentSmsOptions? Sms(IConfigurationSection section) => !section.Exists() ? null : new TencentSmsOptions
    {
        BaseAddress = PrivateAddress(section, "https://sms.tencentcloudapi.com/"),
        Region = section["Region"] ?? "ap-guangzhou",
        SecretId = Text(section, "SecretId"),
        SecretKey = Text(section, "SecretKey"),
        AppId = Text(section, "AppId"),
        SignName = Text(section, "SignName"),
        CodeTemplate = Text(section, "CodeTemplate"),
        Templates = Enum.GetValues<SmsKind>().Select(kind => (Kind: kind, Template: section[$"{kind}Template"]))
            .Where(t => t.Template is { Length: > 0 }).ToDictionary(t => t.Kind, t => t.Template!),
    };

    public static TencentIdCheckOptions? IdCheck(IConfigurationSection section) => !section.Exists() ? null : new TencentIdCheckOptions
    {
        BaseAddress = PrivateAddress(section, "https://faceid.tencentcloudapi.com/"),
        SecretId = Text(section, "SecretId"),
        SecretKey = Text(section, "SecretKey"),
        SealingKeyPem = Pem(section, "SealingKey") ?? throw Missing(section, "SealingKeyFile"),
    };

    public static MailOptions? Mail(IConfigurationSection section)
    {
        if (!section.Exists()) return null;
        var security = (section["Security"] ?? "tls").ToLowerInvariant() switch
        {
            "tls" => MailSecurity.Tls,
            "starttls" => MailSecurity.StartTls,
            "none" => MailSecurity.None,
            var other => throw new SettingsException($"{section.Path}:Security is \"{other}\"; it must be tls, starttls or none."),
        };
        var mail = new MailOptions
        {
            Host = Text(section, "Host"),
            Port = PortOr(section, "Port", security == MailSecurity.StartTls ? 587 : 465),
            Security = security,
            User = section["User"],
            Password = section["Password"],
            From = Text(section, "From"),
            Name = section["Name"] ?? "",
            ReturnsHost = section["ReturnsHost"] is { Length: > 0 } host ? host : null,
            ReturnsPort = PortOr(section, "ReturnsPort", security == MailSecurity.StartTls ? 110 : 995),
        };
        if (!MimeKit.MailboxAddress.TryParse(mail.From, out _)) throw new SettingsException($"{section.Path}:From is \"{mail.From}\"; it must be an address.");
        string[] hosts = mail.ReturnsHost is { } returns ? [mail.Host, returns] : [mail.Host];
        return security != MailSecurity.None || hosts.All(h => new UriBuilder("smtp", h).Uri.IsLoopback)
            ? mail
            : throw new SettingsException($"{section.Path}:Security is none; personal data goes over TLS, or stays within the machine.");
    }

    private static int PortOr(IConfigurationSection section, string name, int otherwise) => section[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new SettingsException($"{section.Path}:{name} is \"{text}\"; it must be a port.");

    public static IssuingPlatformOptions? Invoices(IConfigurationSection section) => !section.Exists() ? null : new IssuingPlatformOptions
    {
        BaseAddress = new(PrivateAddress(section).AbsoluteUri.TrimEnd('/') + "/"),
        AppId = Text(section, "AppId"),
        Secret = Text(section, "Secret"),
    };

    private static DescribedOptions Described(IConfigurationSection section)
    {
        var file = Text(section, "File");
        if (!File.Exists(file)) throw new SettingsException($"{section.Path}:File is \"{file}\", which is not there.");
        if (!DescriptionFile.TryRead(File.ReadAllBytes(file), out var description, out var faults))
            throw new SettingsException($"{section.Path}:File is \"{file}\", in which this is wrong (see docs/upstreams.md):\n{string.Join('\n', faults)}");
        return new DescribedOptions
        {
            BaseAddress = new(PrivateAddress(section).AbsoluteUri.TrimEnd('/') + "/"),
            Account = Text(section, "Account"),
            Secret = Text(section, "Secret"),
            Description = description,
        };
    }

    private static string Text(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } text ? text : throw Missing(section, name);

    /// <summary>"0.60%": hundredths of a percent are basis points, as hundredths of a yuan are fen.</summary>
    private static Bps? Percent(IConfigurationSection section, string name) => section[name] is not { Length: > 0 } text ? null
        : Currency.Cny.TryParse(text.AsSpan().TrimEnd('%'), out var hundredths) && hundredths.Minor is >= 0 and <= 10_000 ? new Bps((int)hundredths.Minor)
        : throw new SettingsException($"{section.Path}:{name} is \"{text}\"; it must be a percentage like 0.60%.");

    private static string? Pem(IConfigurationSection section, string name)
    {
        if (section[name] is { Length: > 0 } given) return given;
        if (section[name + "File"] is not { Length: > 0 } file) return null;
        return File.Exists(file) ? File.ReadAllText(file) : throw new SettingsException($"{section.Path}:{name}File is \"{file}\", which is not there.");
    }

    /// <summary>Of somebody who gets personal data: over TLS, or within the machine.</summary>
    private static Uri PrivateAddress(IConfigurationSection section, string? otherwise = null)
    {
        var address = AddressOf(section, "BaseAddress", section["BaseAddress"] ?? otherwise ?? throw Missing(section, "BaseAddress"));
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new SettingsException($"{section.Path}:BaseAddress is \"{address}\"; personal data goes over https only.");
    }

    private static Uri AddressOr(IConfigurationSection section, string name, string otherwise) => AddressOf(section, name, section[name] ?? otherwise);

    private static Uri AddressOf(IConfigurationSection section, string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingsException($"{section.Path}:{name} is \"{text}\"; it must be an address like https://api.example.com/");

    private static SettingsException Missing(IConfigurationSection section, string name) =>
        new($"{section.Path}:{name} is missing. Set it, or remove the whole section.");
}
