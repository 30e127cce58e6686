using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Notifications;

/// <summary>
/// Sends codes by short message through Tencent Cloud (SendSms of 2021-01-11, signed by TC3-HMAC-SHA256). The phone number is personal: it goes into
/// the body of the call and nowhere else. The host adds it where it has an account.
/// </summary>
public sealed class TencentSms(HttpClient http, TencentSmsOptions options, TimeProvider time)
{
    private const string Service = "sms";
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Sends the code. Null: taken; otherwise why not, in the platform's own code, without a word about the phone.</summary>
    /// <param name="phone">Eleven digits, of the mainland.</param>
    /// <param name="code">What is sent.</param>
    /// <param name="minutes">For how long it is good.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<string?> SendCodeAsync(string phone, string code, int minutes, CancellationToken cancel = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            PhoneNumberSet = new[] { "+86" + phone },
            SmsSdkAppId = options.AppId,
            options.SignName,
            TemplateId = options.CodeTemplate,
            TemplateParamSet = new[] { code, minutes.ToString(CultureInfo.InvariantCulture) },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, options.BaseAddress) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
        Sign(request, body);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return Read(await response.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return e.GetType().Name;
        }
    }

    /// <summary>The signature over a call, as the platform computes it too.</summary>
    public static string Authorization(string secretId, string secretKey, string host, long seconds, ReadOnlySpan<byte> body)
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var request = $"POST\n/\n\ncontent-type:{Json}\nhost:{host}\n\ncontent-type;host\n{Hex(SHA256.HashData(body))}";
        var scope = $"{day}/{Service}/tc3_request";
        var text = string.Create(CultureInfo.InvariantCulture, $"TC3-HMAC-SHA256\n{seconds}\n{scope}\n{Hex(SHA256.HashData(Utf8(request)))}");
        var key = Hmac(Hmac(Hmac(Utf8("TC3" + secretKey), day), Service), "tc3_request");
        return $"TC3-HMAC-SHA256 Credential={secretId}/{scope}, SignedHeaders=content-type;host, Signature={Hex(Hmac(key, text))}";
    }

    private void Sign(HttpRequestMessage request, byte[] body)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        var authorization = Authorization(options.SecretId, options.SecretKey, options.BaseAddress.Authority, seconds, body);
        request.Headers.Host = options.BaseAddress.Authority;
        // The framework's own reader takes no semicolon outside quotes.
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.Add("X-TC-Action", "SendSms");
        request.Headers.Add("X-TC-Version", "2021-01-11");
        request.Headers.Add("X-TC-Region", options.Region);
        request.Headers.Add("X-TC-Timestamp", seconds.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Read(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        if (!document.RootElement.TryGetProperty("Response", out var response)) return "NoResponse";
        if (response.TryGetProperty("Error", out var error)) return error.GetProperty("Code").GetString();
        var status = response.TryGetProperty("SendStatusSet", out var all) && all.GetArrayLength() > 0 ? all[0].GetProperty("Code").GetString() : null;
        return status == "Ok" ? null : status ?? "NoStatus";
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
