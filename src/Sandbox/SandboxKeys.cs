using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Payments.Channels;
using HaoSuan.Platform;
using HaoSuan.Sandbox.Mail;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Sandbox;

/// <summary>
/// The identities of both sides, made fresh: nothing here is worth anything outside. They are kept in one file, so that the
/// sandbox and the platform that speaks to it can be two processes.
/// </summary>
public sealed record SandboxKeys
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public required string WeChatAppId { get; init; }
    public required string WeChatAppSecret { get; init; }
    public required string WeChatMerchantId { get; init; }
    public required string WeChatMerchantSerial { get; init; }
    public required string WeChatMerchantKeyPem { get; init; }
    public required string WeChatApiV3Key { get; init; }
    public required SandboxCertificate WeChatPlatform { get; init; }

    /// <summary>The name under which the platform's first key is known where a merchant verifies by public key.</summary>
    public required string WeChatPublicKeyId { get; init; }

    public required string AlipayAppId { get; init; }
    public required string AlipaySellerId { get; init; }
    public required string AlipayAppKeyPem { get; init; }
    public required string AlipayKeyPem { get; init; }
    public required AlipayCertificates AlipayCertificates { get; init; }
    public required string HaoyiAppKey { get; init; }
    public required string HaoyiSecret { get; init; }
    public required string Hao172UserId { get; init; }
    public required string Hao172Secret { get; init; }

    public required string SmsSecretId { get; init; }
    public required string SmsSecretKey { get; init; }

    /// <summary>By which what is personal is sealed for the check of identity. Its account is that of short messages.</summary>
    public required string IdCheckKeyPem { get; init; }

    /// <summary>Made of others.</summary>
    [JsonIgnore]
    public string YunfanAppId => "yf" + Hao172UserId;

    [JsonIgnore]
    public string YunfanSecret => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(HaoyiSecret + Hao172Secret)));

    [JsonIgnore]
    public string InvoiceAppId => "fp" + HaoyiAppKey;

    [JsonIgnore]
    public string InvoiceSecret => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("invoices" + HaoyiSecret)));

    [JsonIgnore]
    public string MailUser => "invoices@shop.example";

    [JsonIgnore]
    public string MailPassword => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("mail" + HaoyiSecret)));

    public static SandboxKeys Generate(TimeProvider time)
    {
        var (application, alipay) = (NewKey(), NewKey());
        return Generate(time, application, alipay);
    }

    private static SandboxKeys Generate(TimeProvider time, string application, string alipay) => new()
    {
        WeChatAppId = "wx" + RandomNumberGenerator.GetHexString(16, lowercase: true),
        WeChatAppSecret = RandomNumberGenerator.GetHexString(32, lowercase: true),
        WeChatMerchantId = "1900" + RandomNumberGenerator.GetString("0123456789", 6),
        WeChatMerchantSerial = RandomNumberGenerator.GetHexString(40),
        WeChatMerchantKeyPem = NewKey(),
        WeChatApiV3Key = RandomNumberGenerator.GetHexString(32),
        WeChatPlatform = SandboxCertificate.Generate(time),
        WeChatPublicKeyId = "PUB_KEY_ID_" + RandomNumberGenerator.GetString("0123456789", 24),
        AlipayAppId = "2021" + RandomNumberGenerator.GetString("0123456789", 12),
        AlipaySellerId = "2088" + RandomNumberGenerator.GetString("0123456789", 12),
        AlipayAppKeyPem = application,
        AlipayKeyPem = alipay,
        AlipayCertificates = AlipayCertificates.Generate(application, alipay, time),
        HaoyiAppKey = "hy" + RandomNumberGenerator.GetString("0123456789", 8),
        HaoyiSecret = RandomNumberGenerator.GetHexString(32, lowercase: true),
        Hao172UserId = RandomNumberGenerator.GetString("123456789", 6),
        Hao172Secret = RandomNumberGenerator.GetHexString(32, lowercase: true),
        SmsSecretId = "AKID" + RandomNumberGenerator.GetHexString(32, lowercase: true),
        SmsSecretKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
        IdCheckKeyPem = NewKey(),
    };

    /// <summary>The keys of a file, which is made where there is none. One of before is given the keys that it lacks.</summary>
    public static SandboxKeys Open(string path, TimeProvider time)
    {
        if (File.Exists(path)) return Read(path, time);
        var keys = Generate(time);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null) Directory.CreateDirectory(folder);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, mode);
        JsonSerializer.Serialize(file, keys, Indented);
        return keys;
    }

    private static SandboxKeys Read(string path, TimeProvider time)
    {
        try
        {
            var kept = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException();
            if (Lacking(kept)) File.WriteAllText(path, Complete(kept, time).ToJsonString(Indented));
            return kept.Deserialize<SandboxKeys>()!;
        }
        catch (JsonException unfit)
        {
            throw new InvalidDataException($"{path} does not hold the sandbox's keys. Delete it: it will be made anew.", unfit);
        }
    }

    private static bool Lacking(JsonObject kept) => JsonSerializerOptions.Default.GetTypeInfo(typeof(SandboxKeys)).Properties
        .Any(p => p.IsRequired && kept[p.Name] is null);

    private static JsonObject Complete(JsonObject kept, TimeProvider time)
    {
        var made = Generate(time, Key(nameof(AlipayAppKeyPem)), Key(nameof(AlipayKeyPem)));      // certificates are about keys
        foreach (var (name, value) in JsonSerializer.SerializeToNode(made)!.AsObject()) kept[name] ??= value?.DeepClone();
        return kept;

        string Key(string name) => kept[name]?.GetValue<string>() ?? NewKey();
    }

    /// <summary>What the platform must be configured with to speak to a sandbox at this address.</summary>
    /// <param name="publicKey">Verify by the platform's public key instead of its certificates.</param>
    public WeChatPayOptions WeChatPay(Uri sandbox, bool publicKey = false) => new()
    {
        BaseAddress = sandbox,
        OpenAddress = sandbox,
        AppAddress = sandbox,
        AppId = WeChatAppId,
        AppSecret = WeChatAppSecret,
        MerchantId = WeChatMerchantId,
        MerchantSerial = WeChatMerchantSerial,
        MerchantKeyPem = WeChatMerchantKeyPem,
        ApiV3Key = WeChatApiV3Key,
        FeeRate = SandboxFee.Rate,
        TransferScene = "1005",
        PlatformKeyId = publicKey ? WeChatPublicKeyId : null,
        PlatformKeyPem = publicKey ? PublicPem(WeChatPlatform.KeyPem) : null,
    };

    /// <param name="certificates">Certificate mode instead of plain keys.</param>
    public AlipayOptions Alipay(Uri sandbox, bool certificates = false) => new()
    {
        Gateway = new(sandbox, "gateway.do"),
        AppId = AlipayAppId,
        SellerId = AlipaySellerId,
        AppKeyPem = AlipayAppKeyPem,
        AlipayKeyPem = certificates ? AlipayCertificates.AlipayPem : PublicPem(AlipayKeyPem),
        AppCertificatePem = certificates ? AlipayCertificates.ApplicationPem : null,
        RootCertificatesPem = certificates ? AlipayCertificates.RootPem : null,
        FeeRate = SandboxFee.Rate,
    };

    public HaoyiOptions Haoyi(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "haoyi/"),
        AppKey = HaoyiAppKey,
        Secret = HaoyiSecret,
    };

    public Hao172Options Hao172(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "hao172/"),
        UserId = Hao172UserId,
        Secret = Hao172Secret,
    };

    public TencentSmsOptions Sms(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "sms/"),
        SecretId = SmsSecretId,
        SecretKey = SmsSecretKey,
        AppId = "1400000001",
        SignName = "号算商城",
        CodeTemplate = "1000001",
        Templates = new Dictionary<SmsKind, string>
        {
            [SmsKind.LeaseBill] = "1000002", [SmsKind.LeaseOverdue] = "1000003", [SmsKind.LeaseReturned] = "1000004",
        },
    };

    public TencentIdCheckOptions IdCheck(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "faceid/"),
        SecretId = SmsSecretId,
        SecretKey = SmsSecretKey,
        SealingKeyPem = PublicPem(IdCheckKeyPem),
    };

    /// <param name="office">Where its servers listen.</param>
    public MailOptions Mail(PostOffice office) => new()
    {
        Host = "127.0.0.1",
        Port = office.SmtpPort,
        Security = MailSecurity.None,
        User = MailUser,
        Password = MailPassword,
        From = MailUser,
        Name = "号算商城",
        ReturnsHost = "127.0.0.1",
        ReturnsPort = office.Pop3Port,
    };

    public IssuingPlatformOptions Invoices(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "invoicing/"),
        AppId = InvoiceAppId,
        Secret = InvoiceSecret,
    };

    public DescribedOptions Yunfan(Uri sandbox) => new()
    {
        BaseAddress = new(sandbox, "yunfan/"),
        Account = YunfanAppId,
        Secret = YunfanSecret,
        Description = Description,
    };

    private static WireDescription Description
    {
        get
        {
            using var file = typeof(SandboxKeys).Assembly.GetManifestResourceStream("yunfan.json")!;       // the project embeds it
            using MemoryStream bytes = new();
            file.CopyTo(bytes);
            return DescriptionFile.TryRead(bytes.ToArray(), out var description, out var faults)
                ? description
                : throw new InvalidDataException(string.Join('\n', faults));
        }
    }

    private static string PublicPem(string privatePem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(privatePem);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}

public sealed record SandboxCertificate(string CertificatePem, string KeyPem)
{
    public static SandboxCertificate Generate(TimeProvider time)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Sandbox Pay Platform", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(5));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
