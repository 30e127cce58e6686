using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>The platform's side of the signatures: its certificates (several while they rotate), the seal, the check of requests.</summary>
internal sealed class WeChatPlatform(SandboxKeys keys, TimeProvider time)
{
    private static readonly string[] HandedOver = ["appId", "timeStamp", "nonceStr", "package"];

    private readonly List<Identity> _identities = [Identity.Of(keys.WeChatPlatform)];
    private readonly Dictionary<string, RSA> _merchant = new(StringComparer.Ordinal)
    {
        [keys.WeChatMerchantSerial] = Rsa.FromPem(keys.WeChatMerchantKeyPem),
    };

    private (string Id, RSA Key)? _nextPublicKey;

    public SandboxKeys Keys => keys;

    public bool ByPublicKey { get; set; }

    /// <summary>How often the certificates were fetched.</summary>
    public int Fetched { get; private set; }

    /// <summary>Signs with the certificate before the last one again, as some of the platform's machines still do.</summary>
    public bool ByEarlier { get; set; }

    /// <summary>The merchant has put a further certificate in force at the console, or has ended one.</summary>
    public void Enforce(string serial, string keyPem) => _merchant[serial] = Rsa.FromPem(keyPem);

    public bool End(string serial) => _merchant.Remove(serial);

    /// <summary>Signs with a further public key from now on.</summary>
    public (string Id, string Pem) RotatePublicKey()
    {
        _nextPublicKey = ("PUB_KEY_ID_" + RandomNumberGenerator.GetString("0123456789", 24), RSA.Create(2048));
        return (_nextPublicKey.Value.Id, _nextPublicKey.Value.Key.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>What was sealed under one of the platform's keys; null where it was not.</summary>
    public string? Unseal(string serial, string text)
    {
        var key = serial == keys.WeChatPublicKeyId ? _identities[0].Key : _identities.Find(i => i.Serial == serial)?.Key;
        try
        {
            return key is null ? null : Encoding.UTF8.GetString(key.Decrypt(Convert.FromBase64String(text), RSAEncryptionPadding.OaepSHA1));
        }
        catch (Exception unfit) when (unfit is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Adds a certificate and signs with it from now on; the earlier ones stay valid.</summary>
    public void Rotate() => _identities.Add(Identity.Of(SandboxCertificate.Generate(time)));

    /// <summary>The names and the signature under which this body is sent.</summary>
    public IEnumerable<(string Name, string Value)> Sign(byte[] body, Fault? fault)
    {
        var at = fault == Fault.Stale ? time.GetUtcNow().AddHours(-1) : time.GetUtcNow();
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetHexString(32);
        var message = timestamp + "\n" + nonce + "\n" + Encoding.UTF8.GetString(body) + "\n";
        var identity = ByEarlier && _identities.Count > 1 ? _identities[^2] : _identities[^1];
        var (serial, own) = !ByPublicKey ? (identity.Serial, identity.Key) : _nextPublicKey ?? (keys.WeChatPublicKeyId, _identities[0].Key);
        var key = fault == Fault.Forge ? Rsa.Stranger : own;
        yield return ("Wechatpay-Timestamp", timestamp);
        yield return ("Wechatpay-Nonce", nonce);
        yield return ("Wechatpay-Serial", fault == Fault.WrongSerial ? RandomNumberGenerator.GetHexString(40) : serial);
        yield return ("Wechatpay-Signature", Rsa.Sign(key, message));
        yield return ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
    }

    public object Seal(string kind, byte[] clear)
    {
        var nonce = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var (cipher, tag) = (new byte[clear.Length], new byte[16]);
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(keys.WeChatApiV3Key), tag.Length);
        aes.Encrypt(Encoding.ASCII.GetBytes(nonce), clear, cipher, tag, Encoding.ASCII.GetBytes(kind));
        return new
        {
            original_type = kind,
            algorithm = "AEAD_AES_256_GCM",
            ciphertext = Convert.ToBase64String([.. cipher, .. tag]),
            associated_data = kind,
            nonce,
        };
    }

    public object Certificates()
    {
        Fetched++;
        return new
        {
            data = _identities.Select(i => new
            {
                serial_no = i.Serial,
                effective_time = Rfc3339(i.From),
                expire_time = Rfc3339(i.Until),
                encrypt_certificate = Seal("certificate", Encoding.ASCII.GetBytes(i.Pem)),
            }).ToArray(),
        };
    }

    /// <summary>Why a request of the merchant is not taken; null where its signature holds.</summary>
    public string? Refuse(HttpRequest request, string target, byte[] body)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("WECHATPAY2-SHA256-RSA2048 ", StringComparison.Ordinal)) return "Authorization is missing";
        var fields = header[26..].Split(',').Select(f => f.Trim().Split('=', 2)).Where(f => f.Length == 2)
            .ToDictionary(f => f[0], f => f[1].Trim('"'), StringComparer.Ordinal);
        string Field(string name) => fields.GetValueOrDefault(name, "");
        if (Field("mchid") != keys.WeChatMerchantId || _merchant.GetValueOrDefault(Field("serial_no")) is not { } merchant)
        {
            return "mchid or serial_no is not the merchant's";
        }
        if (!long.TryParse(Field("timestamp"), CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - time.GetUtcNow().ToUnixTimeSeconds()) > 300)
        {
            return "timestamp is more than 5 minutes off";
        }
        var message = $"{request.Method}\n{target}\n{Field("timestamp")}\n{Field("nonce_str")}\n{Encoding.UTF8.GetString(body)}\n";
        return Rsa.Holds(merchant, message, Field("signature")) ? null : "The signature does not hold";
    }

    /// <summary>Why WeChat does not take what a page hands over; null where the merchant has signed it.</summary>
    public string? RefuseHandOver(JsonElement handed)
    {
        var signed = string.Concat(HandedOver.Select(name => handed.Text(name) + "\n"));
        return handed.Text("appId") != keys.WeChatAppId || handed.Text("signType") != "RSA" ? "appId or signType is wrong"
            : _merchant.Values.Any(key => Rsa.Holds(key, signed, handed.Text("paySign"))) ? null
            : "支付验证签名失败";
    }

    public static string Rfc3339(DateTimeOffset moment) => Zone.Shanghai.Format(Instant.From(moment));

    private sealed record Identity(string Serial, string Pem, RSA Key, DateTimeOffset From, DateTimeOffset Until)
    {
        public static Identity Of(SandboxCertificate made)
        {
            using var certificate = X509Certificate2.CreateFromPem(made.CertificatePem);
            return new(certificate.SerialNumber, made.CertificatePem, Rsa.FromPem(made.KeyPem),
                new(certificate.NotBefore), new(certificate.NotAfter));
        }
    }
}
