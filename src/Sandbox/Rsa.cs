using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Sandbox;

/// <summary>RSA-PKCS1-SHA256 over text, in base64: what both payment platforms sign with.</summary>
internal static class Rsa
{
    private static readonly Lazy<RSA> Made = new(() => RSA.Create(2048));

    /// <summary>A key that belongs to nobody, for forgeries.</summary>
    public static RSA Stranger => Made.Value;

    public static string Sign(RSA key, string message) =>
        Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static bool Holds(RSA key, string message, string signature)
    {
        var bytes = new byte[signature.Length];
        var signed = Encoding.UTF8.GetBytes(message);
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(signed, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public static RSA FromPem(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }
}
