using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Platform;

/// <summary>What is known of whether name and ID number belong to one person (实名核验).</summary>
public enum NameCheck
{
    /// <summary>本地校验: both have the right form, and nobody outside has said anything yet.</summary>
    Local,

    /// <summary>核验一致: they belong together, a service says.</summary>
    Same,

    /// <summary>核验不一致: the number is somebody else's, or nobody's.</summary>
    Differs,

    /// <summary>查无记录: the service knows no such number, which may be right all the same.</summary>
    Unlisted,
}

/// <summary>An account for checks of identity at Tencent Cloud (腾讯云人脸核身 · 身份信息认证).</summary>
public sealed record TencentIdCheckOptions : TencentAccount
{
    /// <summary>The platform's RSA key by which what is personal is sealed (敏感数据加密, AES-256-CBC), as its documentation publishes it.</summary>
    public required string SealingKeyPem { get; init; }
}

/// <summary>
/// Asks Tencent Cloud whether name and ID number belong to one person (二要素核验, IdCardVerification of 2018-03-01). Both go into the body of the call
/// alone, sealed there by a key of that call. The host adds it where it has an account.
/// </summary>
public sealed class TencentIdCheck(HttpClient http, TencentIdCheckOptions options, TimeProvider time)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly string[] SealedFields = ["Name", "IdCard"];
    private static readonly TencentCall Verify = new("faceid", "IdCardVerification", "2018-03-01");

    /// <summary>What the platform knows of them; null where it cannot say now: ask again.</summary>
    public async Task<NameCheck?> AskAsync(string name, string idNumber, CancellationToken cancel = default)
    {
        var (answer, _) = await http.CallAsync(options, Verify, Sealed(name, idNumber), time, cancel);
        // -4: its source fails, -6: it is being upgraded, -7: too often today. None of them says anything of the person.
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("Result", out var result) ? result.GetString() switch
        {
            "0" => NameCheck.Same,
            "-1" or "-2" or "-3" => NameCheck.Differs,
            "-5" => NameCheck.Unlisted,
            _ => null,
        }
        : null;
    }

    private byte[] Sealed(string name, string idNumber)
    {
        var key = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString(Letters, 32));
        using var platform = RSA.Create();
        platform.ImportFromPem(options.SealingKeyPem);
        using var aes = Aes.Create();
        aes.Key = key;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            Name = Seal(name),
            IdCard = Seal(idNumber),
            Encryption = new
            {
                EncryptList = SealedFields,
                CiphertextBlob = Convert.ToBase64String(platform.Encrypt(key, RSAEncryptionPadding.Pkcs1)),
                Iv = Convert.ToBase64String(aes.IV),
                Algorithm = "AES-256-CBC",
            },
        });

        string Seal(string text) => Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(text), aes.IV));
    }
}
