using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Platform;

/// <summary>An account at Tencent Cloud (腾讯云), for one of its services.</summary>
public record TencentAccount
{
    public required Uri BaseAddress { get; init; }
    public required string SecretId { get; init; }
    public required string SecretKey { get; init; }

    /// <summary>Where a service asks for one.</summary>
    public string? Region { get; init; }

    /// <summary>Keys are not written anywhere by mistake.</summary>
    public sealed override string ToString() => nameof(TencentAccount);
}

/// <summary>What is called.</summary>
/// <param name="Service">The first part of its host's name, like <c>sms</c>.</param>
public sealed record TencentCall(string Service, string Action, string Version);

/// <summary>
/// Calls Tencent Cloud's interfaces (API 3.0), signed by TC3-HMAC-SHA256. What is personal goes into the body of a call and nowhere else, and what is
/// told of a failure is the platform's own code without a word of the body.
/// </summary>
public static class TencentCloud
{
    private const string Json = "application/json; charset=utf-8";

    extension(HttpClient http)
    {
        /// <summary>Either the answer or the code of what went wrong.</summary>
        public async Task<(JsonElement Answer, string? Fault)> CallAsync(
            TencentAccount account, TencentCall call, byte[] body, TimeProvider time, CancellationToken cancel)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, account.BaseAddress) { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
            Sign(request, account, call, body, time.GetUtcNow().ToUnixTimeSeconds());
            try
            {
                using var response = await http.SendAsync(request, cancel);
                return Read(await response.Content.ReadAsByteArrayAsync(cancel));
            }
            catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                return (default, e.GetType().Name);
            }
        }
    }

    /// <summary>The signature over a call, as the platform computes it too.</summary>
    public static string Authorization(string service, string secretId, string secretKey, string host, long seconds, ReadOnlySpan<byte> body)
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var request = $"POST\n/\n\ncontent-type:{Json}\nhost:{host}\n\ncontent-type;host\n{Hex(SHA256.HashData(body))}";
        var scope = $"{day}/{service}/tc3_request";
        var text = string.Create(CultureInfo.InvariantCulture, $"TC3-HMAC-SHA256\n{seconds}\n{scope}\n{Hex(SHA256.HashData(Utf8(request)))}");
        var key = Hmac(Hmac(Hmac(Utf8("TC3" + secretKey), day), service), "tc3_request");
        return $"TC3-HMAC-SHA256 Credential={secretId}/{scope}, SignedHeaders=content-type;host, Signature={Hex(Hmac(key, text))}";
    }

    private static void Sign(HttpRequestMessage request, TencentAccount account, TencentCall call, byte[] body, long seconds)
    {
        var host = account.BaseAddress.Authority;
        request.Headers.Host = host;
        // The framework's own reader takes no semicolon outside quotes.
        request.Headers.TryAddWithoutValidation(
            "Authorization", Authorization(call.Service, account.SecretId, account.SecretKey, host, seconds, body));
        request.Headers.Add("X-TC-Action", call.Action);
        request.Headers.Add("X-TC-Version", call.Version);
        if (account.Region is { } region) request.Headers.Add("X-TC-Region", region);
        request.Headers.Add("X-TC-Timestamp", seconds.ToString(CultureInfo.InvariantCulture));
    }

    private static (JsonElement, string?) Read(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("Response", out var response))
            return (default, "NoResponse");
        return response.TryGetProperty("Error", out var error) ? (default, error.GetProperty("Code").GetString()) : (response.Clone(), null);
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
