namespace HaoSuan.Notifications;

/// <summary>What a consumer is told by a short message, besides codes: each has a template of its own, approved by the platform.</summary>
public enum SmsKind
{
    /// <summary>A bill of a lease: its lease's number, the amount, the last day to pay it.</summary>
    LeaseBill,

    /// <summary>Bills of a lease are late: its number, what is open, since which day.</summary>
    LeaseOverdue,

    /// <summary>A leased device has arrived: its lease's number.</summary>
    LeaseReturned,
}

/// <summary>An account for short messages at Tencent Cloud (腾讯云短信).</summary>
public sealed record TencentSmsOptions : TencentAccount
{
    /// <summary>Of the application in the console (SdkAppId).</summary>
    public required string AppId { get; init; }

    /// <summary>The approved signature (签名) that the message begins with.</summary>
    public required string SignName { get; init; }

    /// <summary>The approved template of a code: its first value is the code, its second for how many minutes it is good.</summary>
    public required string CodeTemplate { get; init; }

    /// <summary>The approved templates of other messages. What has none is not sent.</summary>
    public IReadOnlyDictionary<SmsKind, string> Templates { get; init; } = new Dictionary<SmsKind, string>();
}
