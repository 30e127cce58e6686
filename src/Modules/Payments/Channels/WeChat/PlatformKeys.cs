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
/// The platform's keys by their serial. Several certificates may be valid at once while they rotate; an unknown serial or a
/// day half gone makes us fetch them anew, but not more than once a minute, so that forged serials cannot make us call.
/// </summary>
internal sealed class PlatformKeys(WeChatLine line, WeChatPayOptions options, TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private Task _fetching = Task.CompletedTask;
    private readonly Lock _gate = new();
    private readonly RSA? _publicKey = FromPem(options.PlatformKeyPem);
    private volatile Fetched _fetched = new(Instant.MinValue, []);

    /// <summary>Null where the body was signed by the platform within five minutes of now.</summary>
    public async Task<Refusal?> RefuseAsync(SignedHeaders? headers, byte[] body, CancellationToken cancel)
    {
        if (headers is null) return new("payments.signature_missing");
        if (!IsTimely(headers.Timestamp)) return new("payments.signature_stale", headers.Timestamp);
        if (await FindAsync(headers.Serial, cancel) is not { } key) return new("payments.signature_serial", headers.Serial);
        return Holds(key, headers, body) ? null : new("payments.signature_wrong");
    }

    private bool IsTimely(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 99_999_999_999 && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    private static bool Holds(RSA key, SignedHeaders headers, byte[] body) =>
        WeChatSignature.Holds(key, WeChatSignature.OfAnswer(headers.Timestamp, headers.Nonce, body), headers.Signature);

    private async Task<RSA?> FindAsync(string serial, CancellationToken cancel)
    {
        if (_publicKey is not null && serial == options.PlatformKeyId) return _publicKey;
        if (serial.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal)) return null;
        if (ToFetch(serial)) await FetchAsync(cancel);
        return _fetched.Find(serial, time.GetUtcNow());
    }

    private bool ToFetch(string serial)
    {
        var age = time.Now - _fetched.At;
        return age > Fresh || (age > Pause && _fetched.Find(serial, time.GetUtcNow()) is null);
    }

    /// <summary>One fetch at a time; who comes meanwhile waits for the same one.</summary>
    private Task FetchAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_fetching.IsCompleted) _fetching = FetchNowAsync(CancellationToken.None);
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
        var signer = certificates.FirstOrDefault(c => c.Serial == signed?.Serial);
        if (signed is null || signer is null || !IsTimely(signed.Timestamp) || !Holds(signer.Key, signed, body)) return;
        _fetched = new(time.Now, certificates);
    }

    private IEnumerable<PlatformCertificate> Unwrap(JsonElement root)
    {
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in data.EnumerateArray())
        {
            if (item.Object("encrypt_certificate") is { } wrapped && item.Text("serial_no", out var serial)
                && WeChatCipher.Open(Encoding.UTF8.GetBytes(options.ApiV3Key), wrapped) is { } pem
                && PlatformCertificate.Read(Encoding.UTF8.GetString(pem)) is { } certificate && certificate.Serial == serial)
            {
                yield return certificate;
            }
        }
    }

    private static RSA? FromPem(string? pem)
    {
        if (pem is null) return null;
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private sealed record Fetched(Instant At, PlatformCertificate[] Certificates)
    {
        public RSA? Find(string serial, DateTimeOffset now) =>
            Certificates.FirstOrDefault(c => c.Serial == serial && c.From <= now && now <= c.Until)?.Key;
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
