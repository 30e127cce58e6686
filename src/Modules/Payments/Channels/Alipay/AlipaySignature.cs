using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

internal static class AlipaySignature
{
    /// <summary>What a request signs: everything but the signature that is not empty, by name, not URL-encoded.</summary>
    public static string OfRequest(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Join(parameters.Where(p => p.Key != "sign" && p.Value.Length > 0));

    /// <summary>What a notice signs: everything but the signature, its kind and the number of its certificate, decoded.</summary>
    public static string OfNotice(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Join(parameters.Where(p => p.Key is not ("sign" or "sign_type" or "alipay_cert_sn")));

    public static string Sign(RSA key, string content) =>
        Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static bool Holds(RSA key, ReadOnlySpan<byte> content, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == signature
            && key.VerifyData(content, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>
    /// The value of a property exactly as it was sent, and the signature beside it: the signature covers these bytes, and
    /// writing the value anew would give others; and the number of the certificate that it names.
    /// False where the text is no such object or names one of them twice.
    /// </summary>
    public static bool Cut(byte[] answer, string name, [NotNullWhen(true)] out byte[]? value, out string signature, out string certificate)
    {
        (value, signature, certificate) = (null, "", "");
        var reader = new Utf8JsonReader(answer);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var property = reader.GetString();
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                if (property == "alipay_cert_sn") certificate = certificate.Length == 0 ? Text(ref reader) : "?";
                if (property == "sign") signature = signature.Length == 0 ? Text(ref reader) : "?";
                reader.Skip();
                if (property != name) continue;
                if (value is not null) return false;
                value = answer[start..(int)reader.BytesConsumed];
            }
            return value is not null && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : "?";

    public static bool IsCertificate(string pem) => pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal);

    public static RSA KeyOf(string pem)
    {
        if (IsCertificate(pem))
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.GetRSAPublicKey() ?? throw new CryptographicException("Alipay's certificate holds no RSA key");
        }
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }

    /// <summary>app_cert_sn: md5 over the issuer's name (RFC 2253) and the serial number in decimal.</summary>
    public static string CertificateNumber(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return Number(certificate);
    }

    /// <summary>alipay_root_cert_sn: those of the file's certificates that are signed with RSA, joined by _.</summary>
    public static string RootNumber(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return string.Join('_', certificates.Where(c => IsRsa(c.SignatureAlgorithm.Value ?? "")).Select(Number));
    }

    private static bool IsRsa(string algorithm) => algorithm.StartsWith("1.2.840.113549.1.1.", StringComparison.Ordinal);

    [SuppressMessage("Security", "CA5351", Justification = "Names a certificate; protects nothing")]
    private static string Number(X509Certificate2 certificate)
    {
        var issuer = certificate.Issuer.Replace(", ", ",", StringComparison.Ordinal);
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{issuer}{serial}")));
    }

    private static string Join(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}
