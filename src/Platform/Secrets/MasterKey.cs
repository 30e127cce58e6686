using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Platform;

/// <summary>The key that wraps every tenant's data key: 32 bytes, from the configuration, never from the database.</summary>
public sealed class MasterKey
{
    private readonly byte[] _key;

    /// <param name="base64">32 bytes in base64, as <c>openssl rand -base64 32</c> makes them.</param>
    public MasterKey(string base64)
    {
        _key = Convert.FromBase64String(base64);
        if (_key.Length != 32) throw new ArgumentException("The master key must be 32 bytes in base64.", nameof(base64));
    }

    internal byte[] Wrap(TenantId tenant, byte[] dataKey) => Sealed.Seal(_key, dataKey, Context(tenant));

    internal byte[] Unwrap(TenantId tenant, byte[] wrapped) => Sealed.Open(_key, wrapped, Context(tenant));

    internal byte[] Seal(string purpose, byte[] plain) => Sealed.Seal(_key, plain, Encoding.ASCII.GetBytes(purpose));

    internal byte[] Open(string purpose, byte[] blob) => Sealed.Open(_key, blob, Encoding.ASCII.GetBytes(purpose));

    private static byte[] Context(TenantId tenant) => Encoding.ASCII.GetBytes($"data-key:{tenant.Value}");
}

/// <summary>AES-256-GCM as one blob: nonce (12) · tag (16) · ciphertext. The context is authenticated, so a blob opens only in its own place.</summary>
internal static class Sealed
{
    private const int NonceSize = 12, TagSize = 16;

    public static byte[] Seal(byte[] key, byte[] plain, byte[] context)
    {
        var blob = new byte[NonceSize + TagSize + plain.Length];
        var span = blob.AsSpan();
        RandomNumberGenerator.Fill(span[..NonceSize]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(span[..NonceSize], plain, span[(NonceSize + TagSize)..], span.Slice(NonceSize, TagSize), context);
        return blob;
    }

    public static byte[] Open(byte[] key, byte[] blob, byte[] context)
    {
        var span = blob.AsSpan();
        var plain = new byte[blob.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(span[..NonceSize], span[(NonceSize + TagSize)..], span.Slice(NonceSize, TagSize), plain, context);
        return plain;
    }
}
