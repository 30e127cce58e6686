using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaoSuan.Notifications;

namespace HaoSuan.Sandbox.Sms;

/// <summary>A short message that somebody has received.</summary>
public sealed record SandboxMessage(string Phone, string Sign, IReadOnlyList<string> Values, Instant At)
{
    /// <summary>As the template has it.</summary>
    public string Text => $"【{Sign}】您的验证码是 {Values[0]}，{Values[1]} 分钟内有效。请不要告诉别人。";
}

/// <summary>Tencent Cloud's short messages: takes what is signed, and shows what the phones have received.</summary>
internal sealed class SmsServer(SandboxKeys keys, TimeProvider time, Faults faults)
{
    private const int Kept = 200;
    private const int Patience = 300;

    private readonly ConcurrentQueue<SandboxMessage> _messages = new();

    public IReadOnlyList<SandboxMessage> Messages => [.. _messages];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sms/", async (HttpContext http) =>
    {
        var body = await Reading.BodyAsync(http.Request);
        var fault = faults.Take(Wire.Sms, On.Call);
        if (fault is Fault.Fail or Fault.FailAfter) return Results.StatusCode(500);
        if (fault == Fault.Busy) return No("LimitExceeded.PhoneNumberThirtySecondLimit");
        return Refuse(http.Request, body) is { } why ? No(why) : Take(JsonSerializer.Deserialize<Call>(body)!);
    });

    private string? Refuse(HttpRequest request, byte[] body)
    {
        if (request.Headers["X-TC-Action"] != "SendSms" || request.Headers["X-TC-Version"] != "2021-01-11") return "InvalidAction";
        if (!long.TryParse(request.Headers["X-TC-Timestamp"], CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - time.GetUtcNow().ToUnixTimeSeconds()) > Patience) return "AuthFailure.SignatureExpire";
        var expected = TencentSms.Authorization(keys.SmsSecretId, keys.SmsSecretKey, request.Host.Value ?? "", seconds, body);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()))
            ? null
            : "AuthFailure.SignatureFailure";
    }

    private IResult Take(Call call)
    {
        foreach (var phone in call.PhoneNumberSet) _messages.Enqueue(new(phone, call.SignName, call.TemplateParamSet, time.Now));
        while (_messages.Count > Kept) _messages.TryDequeue(out _);
        return Results.Json(new
        {
            Response = new { SendStatusSet = call.PhoneNumberSet.Select(p => new { PhoneNumber = p, Fee = 1, Code = "Ok", Message = "send success" }) },
        }, Reading.Plain);
    }

    private static IResult No(string code) =>
        Results.Json(new { Response = new { Error = new { Code = code, Message = code } } }, Reading.Plain);

    private sealed record Call(string[] PhoneNumberSet, string SmsSdkAppId, string SignName, string TemplateId, string[] TemplateParamSet);
}
