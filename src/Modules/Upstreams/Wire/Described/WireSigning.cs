using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Upstreams.Wire;

/// <summary>Signs and verifies as a description says.</summary>
internal sealed class WireSigning(SignatureRule rule, string secret, IEnumerable<string> names)
{
    private readonly string[] _names = [.. names];

    public string OfBody(ReadOnlySpan<byte> body) => Sign([.. body, .. Encoding.UTF8.GetBytes(After)]);

    public string OfFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var signed = fields.Where(f => f.Key != rule.Field && !rule.LeaveOut.Contains(f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal);
        return Sign(Encoding.UTF8.GetBytes(string.Join(rule.Separator, signed.Select(f => $"{f.Key}={f.Value}")) + After));
    }

    public bool HoldsFor(ReadOnlySpan<byte> body, string? signature) => IsSame(signature, OfBody(body));

    public bool HoldsFor(IReadOnlyDictionary<string, string> fields, string? signature) =>
        !fields.Values.Any(RunsOn) && IsSame(signature, OfFields(fields));

    // "mark=x" and "iccid=1" sign as one "mark=x&iccid=1" does: a value that swallows the next field is a forgery.
    private bool RunsOn(string value) => _names.Any(name => value.Contains($"{rule.Separator}{name}=", StringComparison.Ordinal));

    private string After => rule.After.Replace("{secret}", secret, StringComparison.Ordinal);

    [SuppressMessage("Security", "CA5351", Justification = "The upstream's protocol")]
    private string Sign(byte[] content)
    {
        var digest = rule.Digest == SignatureDigest.Md5 ? MD5.HashData(content) : HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), content);
        return rule.Text switch
        {
            SignatureText.Hex => Convert.ToHexStringLower(digest),
            SignatureText.HexUpper => Convert.ToHexString(digest),
            SignatureText.Base64 => Convert.ToBase64String(digest),
        };
    }

    private static bool IsSame(string? given, string genuine) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(genuine));
}
