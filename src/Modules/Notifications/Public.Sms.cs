namespace HaoSuan.Notifications;

/// <summary>An account for short messages at Tencent Cloud (腾讯云短信).</summary>
public sealed record TencentSmsOptions
{
    public Uri BaseAddress { get; init; } = new("https://sms.tencentcloudapi.com/");
    public string Region { get; init; } = "ap-guangzhou";
    public required string SecretId { get; init; }
    public required string SecretKey { get; init; }

    /// <summary>Of the application in the console (SdkAppId).</summary>
    public required string AppId { get; init; }

    /// <summary>The approved signature (签名) that the message begins with.</summary>
    public required string SignName { get; init; }

    /// <summary>The approved template of a code: its first value is the code, its second for how many minutes it is good.</summary>
    public required string CodeTemplate { get; init; }

    /// <summary>Keys are not written anywhere by mistake.</summary>
    public override string ToString() => "Tencent SMS";
}
