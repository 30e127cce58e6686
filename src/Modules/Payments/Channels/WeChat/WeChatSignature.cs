using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>The strings that WeChat Pay API v3 signs. Every line ends with \n, the last too.</summary>
internal static class WeChatSignature
{
    public static byte[] OfRequest(string method, string pathAndQuery, string timestamp, string nonce, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{method}\n{pathAndQuery}\n{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    public static byte[] OfAnswer(string timestamp, string nonce, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    public static byte[] OfHandOver(string appId, string timestamp, string nonce, string package) =>
        Encoding.UTF8.GetBytes($"{appId}\n{timestamp}\n{nonce}\n{package}\n");

    public static string Sign(RSA key, byte[] message) =>
        Convert.ToBase64String(key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static bool Holds(RSA key, byte[] message, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && Convert.ToBase64String(bytes, 0, length) == signature    // one spelling only: no blanks, no stray bits at the end
            && key.VerifyData(message, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public static string Timestamp(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string Nonce() => RandomNumberGenerator.GetHexString(32);
}

/// <summary>AEAD_AES_256_GCM as notices and certificates are wrapped: base64, the last 16 bytes are the tag.</summary>
internal static class WeChatCipher
{
    private const int Tag = 16;

    /// <summary>The clear text of {algorithm, nonce, associated_data, ciphertext}; null where it was not sealed under this key.</summary>
    public static byte[]? Open(byte[] key, JsonElement resource) =>
        resource.Text("algorithm") == "AEAD_AES_256_GCM" && resource.Text("nonce", out var nonce)
            && resource.Text("ciphertext", out var ciphertext)
                ? Open(key, nonce, resource.Text("associated_data") ?? "", ciphertext)
                : null;

    public static byte[]? Open(byte[] key, string nonce, string associatedData, string ciphertext)
    {
        var sealed_ = new byte[ciphertext.Length];
        var nonceBytes = Encoding.UTF8.GetBytes(nonce);
        if (!Convert.TryFromBase64String(ciphertext, sealed_, out var length) || length < Tag || nonceBytes.Length != 12) return null;
        var plain = new byte[length - Tag];
        using var aes = new AesGcm(key, Tag);
        try
        {
            aes.Decrypt(nonceBytes, sealed_.AsSpan(0, length - Tag), sealed_.AsSpan(length - Tag, Tag), plain,
                Encoding.UTF8.GetBytes(associatedData));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}

/// <summary>What the page inside WeChat hands to WeixinJSBridge. Names are WeChat's.</summary>
public sealed record WeChatHandOver(string AppId, string TimeStamp, string NonceStr, string Package, string SignType, string PaySign);
