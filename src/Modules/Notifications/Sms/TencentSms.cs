using System.Globalization;
using System.Text.Json;

namespace HaoSuan.Notifications;

/// <summary>
/// Sends short messages through Tencent Cloud (SendSms of 2021-01-11). The phone number is personal: it goes into the body of the call and nowhere else.
/// The host adds it where it has an account.
/// </summary>
public sealed class TencentSms(HttpClient http, TencentSmsOptions options, TimeProvider time)
{
    private static readonly TencentCall SendSms = new("sms", "SendSms", "2021-01-11");

    /// <summary>Which of the messages that are not a code has a template here.</summary>
    public bool Has(SmsKind kind) => options.Templates.ContainsKey(kind);

    /// <summary>Sends the code. Null: taken; otherwise why not, in the platform's own code, without a word about the phone.</summary>
    /// <param name="phone">Eleven digits, of the mainland.</param>
    /// <param name="code">What is sent.</param>
    /// <param name="minutes">For how long it is good.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<string?> SendCodeAsync(string phone, string code, int minutes, CancellationToken cancel = default) =>
        SendAsync(phone, options.CodeTemplate, [code, minutes.ToString(CultureInfo.InvariantCulture)], cancel);

    /// <summary>Sends a message whose template there is. Null: taken; otherwise why not.</summary>
    /// <param name="phone">Eleven digits, of the mainland.</param>
    /// <param name="kind">Which one.</param>
    /// <param name="values">What stands in it, in its order: see <see cref="SmsKind"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<string?> SendAsync(string phone, SmsKind kind, IReadOnlyList<string> values, CancellationToken cancel = default) =>
        SendAsync(phone, options.Templates[kind], values, cancel);

    private async Task<string?> SendAsync(string phone, string template, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            PhoneNumberSet = new[] { "+86" + phone },
            SmsSdkAppId = options.AppId,
            options.SignName,
            TemplateId = template,
            TemplateParamSet = values,
        });
        var (answer, fault) = await http.CallAsync(options, SendSms, body, time, cancel);
        if (fault is not null) return fault;
        var status = answer.TryGetProperty("SendStatusSet", out var all) && all.GetArrayLength() > 0 ? all[0].GetProperty("Code").GetString() : null;
        return status == "Ok" ? null : status ?? "NoStatus";
    }
}
