using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaoSuan.Payments.Channels;

/// <summary>
/// What Alipay signs with. In public-key mode it is one key. In certificate mode each message names its certificate by number; one that we do
/// not know is downloaded, once a minute at most, and believed where it comes from the same root and names the same owner as the one configured:
/// the certificates of other merchants come from that root too.
/// </summary>
internal sealed class AlipayKeys
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly RSA _configured;
    private readonly X509Certificate2? _certificate;
    private readonly X509Certificate2Collection _roots = [];
    private readonly ConcurrentDictionary<string, RSA> _byNumber = new(StringComparer.Ordinal);
    private long _mayAskAt = long.MinValue;

    public AlipayKeys(AlipayOptions options, TimeProvider time)
    {
        _time = time;
        _configured = AlipaySignature.KeyOf(options.AlipayKeyPem);
        if (options.RootCertificatesPem is not { } roots || !AlipaySignature.IsCertificate(options.AlipayKeyPem)) return;
        _certificate = X509Certificate2.CreateFromPem(options.AlipayKeyPem);
        _roots.ImportFromPem(roots);
        _byNumber[AlipaySignature.CertificateNumber(options.AlipayKeyPem)] = _configured;
    }

    /// <param name="number">As the message names it; empty where it names none.</param>
    /// <param name="download">Asks Alipay for the certificate of a number: its PEM.</param>
    /// <returns>Null where there is no such key, or none that we would believe.</returns>
    public async Task<RSA?> FindAsync(string number, Func<string, Task<string?>> download)
    {
        if (_certificate is null || number.Length == 0) return _configured;
        if (_byNumber.TryGetValue(number, out var known)) return known;
        var (now, may) = (_time.Now.Microseconds, Volatile.Read(ref _mayAskAt));
        if (now < may || Interlocked.CompareExchange(ref _mayAskAt, (_time.Now + Pause).Microseconds, may) != may) return null;
        return await download(number) is { } pem && Believe(pem, number) is { } key ? _byNumber[number] = key : null;
    }

    private RSA? Believe(string pem, string number)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
            chain.ChainPolicy.ExtraStore.ImportFromPem(pem);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
            return AlipaySignature.CertificateNumber(pem) == number && certificate.Subject == _certificate!.Subject && chain.Build(certificate)
                ? certificate.GetRSAPublicKey() : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The certificate in the answer to a download: base64 of its PEM.</summary>
    public static string? Content(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
