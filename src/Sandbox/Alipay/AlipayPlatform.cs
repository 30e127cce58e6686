using System.Globalization;
using System.Security.Cryptography;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>Alipay's side of the signatures.</summary>
internal sealed class AlipayPlatform(SandboxKeys keys, TimeProvider time)
{
    private readonly RSA _application = Rsa.FromPem(keys.AlipayAppKeyPem);
    private readonly Dictionary<string, string> _certificates = new(StringComparer.Ordinal)
    {
        [AlipayCertificates.NumberOf(keys.AlipayCertificates.AlipayPem)] = keys.AlipayCertificates.AlipayPem,
    };

    private RSA _own = Rsa.FromPem(keys.AlipayKeyPem);
    private string _number = AlipayCertificates.NumberOf(keys.AlipayCertificates.AlipayPem);
    private bool _byCertificate;

    public SandboxKeys Keys => keys;

    public TimeProvider Time => time;

    /// <summary>The number of the certificate that signs now; null for an application with plain keys.</summary>
    public string? Certificate => _byCertificate ? _number : null;

    /// <summary>How often a certificate was downloaded.</summary>
    public int Downloaded { get; private set; }

    /// <summary>Signs with a further key from now on, certified for Alipay or for somebody else under the same root.</summary>
    public void Rotate(string? owner)
    {
        _own = RSA.Create(2048);
        var pem = owner is null ? keys.AlipayCertificates.Certify(_own, time) : keys.AlipayCertificates.Certify(_own, time, owner);
        _certificates[_number = AlipayCertificates.NumberOf(pem)] = pem;
    }

    public string? Download(string number)
    {
        Downloaded++;
        return _certificates.GetValueOrDefault(number);
    }

    public string Sign(string content, Fault? fault) =>
        Rsa.Sign(fault is Fault.Forge or Fault.WrongSerial ? Rsa.Stranger : _own, content);

    /// <summary>Why a request of the application is not taken; null where it is in order.</summary>
    public string? Refuse(SortedDictionary<string, string> request)
    {
        if (request.GetValueOrDefault("app_id") != keys.AlipayAppId) return "isv.invalid-app-id";
        if (request.GetValueOrDefault("sign_type") != "RSA2") return "isv.invalid-signature-type";
        if (Read(request.GetValueOrDefault("timestamp", "")) is not { } at
            || (time.Now - at).Duration() > TimeSpan.FromMinutes(15))
        {
            return "isv.invalid-timestamp";
        }
        _byCertificate = request.TryGetValue("app_cert_sn", out var certificate);
        if (_byCertificate && (certificate != AlipayCertificates.NumberOf(keys.AlipayCertificates.ApplicationPem)
            || request.GetValueOrDefault("alipay_root_cert_sn") != AlipayCertificates.NumberOf(keys.AlipayCertificates.RootPem)))
        {
            return "isv.invalid-cert-sn";
        }
        var content = Join(request.Where(p => p.Key != "sign" && p.Value.Length > 0));
        return Rsa.Holds(_application, content, request.GetValueOrDefault("sign", "")) ? null : "isv.invalid-signature";
    }

    public static string Join(IEnumerable<KeyValuePair<string, string>> sorted) =>
        string.Join('&', sorted.Select(p => p.Key + "=" + p.Value));

    public static string Local(Instant at) => Zone.Shanghai.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static Instant? Read(string local) =>
        DateTimeOffset.TryParseExact(
            local + "+08:00", "yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? Instant.From(at)
            : null;
}
