using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaoSuan.Sandbox;

/// <summary>A root and what it has certified: the application's key and Alipay's own.</summary>
public sealed record AlipayCertificates(string RootPem, string RootKeyPem, string ApplicationPem, string AlipayPem)
{
    private const string Owner = "C=CN, O=Sandbox, OU=Alipay, CN=Sandbox Alipay-2088";

    internal static AlipayCertificates Generate(string applicationKeyPem, string alipayKeyPem, TimeProvider time)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("C=CN, O=Sandbox, CN=Sandbox Root R1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(20));
        using var application = Rsa.FromPem(applicationKeyPem);
        using var alipay = Rsa.FromPem(alipayKeyPem);
        return new(root.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(),
            Certify(root, "C=CN, O=Sandbox, OU=Alipay, CN=Sandbox Application", application, time), Certify(root, Owner, alipay, time));
    }

    /// <summary>A further certificate from the same root: Alipay's, or somebody else's.</summary>
    internal string Certify(RSA key, TimeProvider time, string owner = Owner)
    {
        using var root = X509Certificate2.CreateFromPem(RootPem, RootKeyPem);
        return Certify(root, owner, key, time);
    }

    /// <summary>md5 over issuer and serial, as app_cert_sn, alipay_root_cert_sn and alipay_cert_sn are.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Names a certificate; protects nothing")]
    internal static string NumberOf(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        var named = string.Create(CultureInfo.InvariantCulture, $"{certificate.Issuer.Replace(", ", ",", StringComparison.Ordinal)}{serial}");
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(named)));
    }

    private static string Certify(X509Certificate2 root, string subject, RSA key, TimeProvider time)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using var certificate = request.Create(root, time.GetUtcNow().AddHours(-1), time.GetUtcNow().AddYears(2), serial);
        return certificate.ExportCertificatePem();
    }
}
