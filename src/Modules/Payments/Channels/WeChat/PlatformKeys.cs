using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>The four headers under which WeChat Pay signs what it sends.</summary>
internal sealed record SignedHeaders(string Timestamp, string Nonce, string Serial, string Signature)
{
    /// <summary>Null where one is missing or stands there twice.</summary>
    public static SignedHeaders? From(Func<string, string?> header) =>
        header("Wechatpay-Timestamp") is { } timestamp && header("Wechatpay-Nonce") is { } nonce
        && header("Wechatpay-Serial") is { } serial && header("Wechatpay-Signature") is { } signature
            ? new(timestamp, nonce, serial, signature)
            : null;

    public static SignedHeaders? From(HttpResponseMessage response) => From(name =>
        response.Headers.TryGetValues(name, out var values) && values.ToArray() is [var only] ? only : null);
}

/// <summary>
/// The platform's keys by their serial: public keys as they are configured, certificates as they are fetched. Several may be valid at once
/// while they rotate. An unknown serial or a day half gone (a new certificate is offered days before the old one expires) makes us fetch
/// them anew, but not more than once a minute, or every ten seconds while that fails: forged serials cannot make us call.
/// </summary>
internal sealed class PlatformKeys(WeChatLine line, WeChatPayOptions options, TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private Task _fetching = Task.CompletedTask;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RSA> _publicKeys = PublicKeys(options);
    private volatile Fetched _fetched = new(Instant.MinValue, []);
    private Instant _mayAskAt = Instant.MinValue;      // under the gate

    /// <summary>Null where the body was signed by the platform within five minutes of now.</summary>
    public async Task<Refusal?> RefuseAsync(SignedHeaders? headers, byte[] body, CancellationToken cancel)
    {
        if (headers is null) return new("payments.signature_missing");
        if (!IsTimely(headers.Timestamp)) return new("payments.signature_stale", headers.Timestamp);
        if (await FindAsync(headers.Serial, cancel) is not { } key) return new("payments.signature_serial", headers.Serial);
        return Holds(key, headers, body) ? null : new("payments.signature_wrong");
    }

    /// <summary>Serials are numbers in hex: the platform writes them without the zeros in front that a certificate may have.</summary>
    internal static bool IsSame(string serial, string? other) =>
        other is not null && serial.AsSpan().TrimStart('0').SequenceEqual(other.AsSpan().TrimStart('0'));

    private bool IsTimely(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 99_999_999_999 && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    private static bool Holds(RSA key, SignedHeaders headers, byte[] body) =>
        WeChatSignature.Holds(key, WeChatSignature.OfAnswer(headers.Timestamp, headers.Nonce, body), headers.Signature);

    private async Task<RSA?> FindAsync(string serial, CancellationToken cancel)
    {
        if (_publicKeys.TryGetValue(serial, out var publicKey)) return publicKey;
        if (serial.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal)) return null;
        if (ToFetch(serial)) await FetchAsync(cancel);
        return _fetched.Find(serial, time.GetUtcNow());
    }

    private bool ToFetch(string serial) => time.Now - _fetched.At > Fresh || _fetched.Find(serial, time.GetUtcNow()) is null;

    /// <summary>One fetch at a time; who comes meanwhile waits for the same one.</summary>
    private Task FetchAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_fetching.IsCompleted && time.Now >= _mayAskAt)
            {
                _mayAskAt = time.Now + PauseAfterFailure;
                _fetching = FetchNowAsync(CancellationToken.None);
            }
            return _fetching.WaitAsync(cancel);
        }
    }

    private async Task FetchNowAsync(CancellationToken cancel)
    {
        var (response, body, broken) = await line.SendAsync(HttpMethod.Get, "v3/certificates", null, cancel);
        using var _ = response;
        if (broken is not null || response is not { IsSuccessStatusCode: true } || !Json.TryParse(body, out var root)) return;
        var certificates = Unwrap(root).ToArray();
        // The list vouches for itself twice: each certificate was sealed under our own key, and one of them signed the list.
        var signed = SignedHeaders.From(response);
        var signer = certificates.FirstOrDefault(c => IsSame(c.Serial, signed?.Serial));
        if (signed is null || signer is null || !IsTimely(signed.Timestamp) || !Holds(signer.Key, signed, body)) return;
        _fetched = new(time.Now, certificates);
        lock (_gate) _mayAskAt = time.Now + Pause;
    }

    private IEnumerable<PlatformCertificate> Unwrap(JsonElement root)
    {
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in data.EnumerateArray())
        {
            if (item.Object("encrypt_certificate") is { } wrapped && item.Text("serial_no", out var serial)
                && WeChatCipher.Open(Encoding.UTF8.GetBytes(options.ApiV3Key), wrapped) is { } pem
                && PlatformCertificate.Read(Encoding.UTF8.GetString(pem)) is { } certificate && IsSame(certificate.Serial, serial))
            {
                yield return certificate with { Serial = serial };
            }
        }
    }

    /// <summary>The key under which something is sealed for the platform alone, and its name; null while none is known.</summary>
    public async Task<(string Serial, RSA Key)?> ForSealingAsync(CancellationToken cancel)
    {
        if (options.PlatformKeyId is { } id && _publicKeys.TryGetValue(id, out var key)) return (id, key);
        if (time.Now - _fetched.At > Fresh) await FetchAsync(cancel);
        return _fetched.Newest(time.GetUtcNow());
    }

    private static Dictionary<string, RSA> PublicKeys(WeChatPayOptions options)
    {
        Dictionary<string, RSA> keys = new(StringComparer.Ordinal);
        foreach (var (id, pem) in new[] { (options.PlatformKeyId, options.PlatformKeyPem), (options.NextPlatformKeyId, options.NextPlatformKeyPem) })
        {
            if (id is null || pem is null) continue;
            keys[id] = RSA.Create();
            keys[id].ImportFromPem(pem);
        }
        return keys;
    }

    private sealed record Fetched(Instant At, PlatformCertificate[] Certificates)
    {
        public RSA? Find(string serial, DateTimeOffset now) =>
            Certificates.FirstOrDefault(c => IsSame(c.Serial, serial) && c.From <= now && now <= c.Until)?.Key;

        public (string Serial, RSA Key)? Newest(DateTimeOffset now) =>
            Certificates.Where(c => c.From <= now && now <= c.Until).MaxBy(c => c.From) is { } newest ? (newest.Serial, newest.Key) : null;
    }

    private sealed record PlatformCertificate(string Serial, RSA Key, DateTimeOffset From, DateTimeOffset Until)
    {
        public static PlatformCertificate? Read(string pem)
        {
            try
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                return certificate.GetRSAPublicKey() is { } key
                    ? new(certificate.SerialNumber, key, new(certificate.NotBefore), new(certificate.NotAfter))
                    : null;
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
