using System.Collections.Concurrent;
using System.Text.Json;

namespace HaoSuan.Sandbox.Sms;

/// <summary>A short message that somebody has received.</summary>
/// <param name="Template">By which number it was approved: <see cref="SandboxKeys.Sms"/>.</param>
public sealed record SandboxMessage(string Phone, string Sign, string Template, IReadOnlyList<string> Values, Instant At)
{
    /// <summary>As the template has it.</summary>
    public string Text => $"【{Sign}】" + Template switch
    {
        "1000002" => $"您的租约 {Values[0]} 有新账单 {Values[1]} 元，请在 {Values[2]} 前支付。",
        "1000003" => $"您的租约 {Values[0]} 有 {Values[1]} 元逾期未付，应付日 {Values[2]}，请尽快支付。",
        "1000004" => $"您的租约 {Values[0]} 退回的设备已收到，检验后结算押金。",
        _ => $"您的验证码是 {Values[0]}，{Values[1]} 分钟内有效。请不要告诉别人。",
    };
}

/// <summary>Tencent Cloud's short messages: takes what is signed, and shows what the phones have received.</summary>
internal sealed class SmsServer(SandboxKeys keys, TimeProvider time, Faults faults)
{
    private const int Kept = 200;

    private readonly ConcurrentQueue<SandboxMessage> _messages = new();

    public IReadOnlyList<SandboxMessage> Messages => [.. _messages];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sms/", async (HttpContext http) =>
    {
        var body = await Reading.BodyAsync(http.Request);
        var fault = faults.Take(Wire.Sms, On.Call);
        if (fault is Fault.Fail or Fault.FailAfter) return Results.StatusCode(500);
        if (fault == Fault.Busy) return TencentGate.No("LimitExceeded.PhoneNumberThirtySecondLimit");
        return TencentGate.Refuse(http.Request, body, keys, new("sms", "SendSms", "2021-01-11"), time) is { } why
            ? TencentGate.No(why)
            : Take(JsonSerializer.Deserialize<Call>(body)!);
    });

    private IResult Take(Call call)
    {
        foreach (var phone in call.PhoneNumberSet) _messages.Enqueue(new(phone, call.SignName, call.TemplateId, call.TemplateParamSet, time.Now));
        while (_messages.Count > Kept) _messages.TryDequeue(out _);
        return Results.Json(new
        {
            Response = new { SendStatusSet = call.PhoneNumberSet.Select(p => new { PhoneNumber = p, Fee = 1, Code = "Ok", Message = "send success" }) },
        }, Reading.Plain);
    }

    private sealed record Call(string[] PhoneNumberSet, string SmsSdkAppId, string SignName, string TemplateId, string[] TemplateParamSet);
}
