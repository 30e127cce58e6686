namespace HaoSuan.Payments.Channels;

/// <summary>A merchant at WeChat Pay. Keys are secrets: they are never logged and the record does not print them.</summary>
public sealed record WeChatPayOptions
{
    public Uri BaseAddress { get; init; } = new("https://api.mch.weixin.qq.com/");

    public required string AppId { get; init; }

    public required string MerchantId { get; init; }

    /// <summary>The serial number (hex) of the merchant's API certificate.</summary>
    public required string MerchantSerial { get; init; }

    /// <summary>The merchant's RSA key (apiclient_key.pem).</summary>
    public required string MerchantKeyPem { get; init; }

    /// <summary>
    /// The key that takes its place: as soon as the platform does not know the present one any more, or still does not know this one, the
    /// other is used. So a certificate is renewed at the console without a break.
    /// </summary>
    public string? NextMerchantSerial { get; init; }

    public string? NextMerchantKeyPem { get; init; }

    /// <summary>The 32 characters set at the merchant's console.</summary>
    public required string ApiV3Key { get; init; }

    /// <summary>Where the merchant verifies by WeChat Pay's public key instead of certificates: "PUB_KEY_ID_…" and its PEM.</summary>
    public string? PlatformKeyId { get; init; }

    public string? PlatformKeyPem { get; init; }

    /// <summary>A further one of them, believed beside the first while WeChat Pay changes from one to the other.</summary>
    public string? NextPlatformKeyId { get; init; }

    public string? NextPlatformKeyPem { get; init; }

    /// <summary>
    /// The secret of the WeChat app (公众号), by which it learns who opens a page inside WeChat. Null: inside WeChat a code is shown.
    /// </summary>
    public string? AppSecret { get; init; }

    /// <summary>Where browsers are sent to be recognised, and where we ask who it was.</summary>
    public Uri OpenAddress { get; init; } = new("https://open.weixin.qq.com/");

    public Uri AppAddress { get; init; } = new("https://api.weixin.qq.com/");

    /// <summary>For what transfers to wallets are, as it was agreed at the console: "1005" is 佣金报酬. Null: there are none.</summary>
    public string? TransferScene { get; init; }

    /// <summary>WeChat h5 wants the shop's name and address.</summary>
    public string ShopName { get; init; } = "号卡商城";

    public Uri? ShopUrl { get; init; }

    /// <summary>The agreed fee, with which the bills are compared. Null: they are not.</summary>
    public Bps? FeeRate { get; init; }

    public override string ToString() => $"WeChat Pay merchant {MerchantId} at {BaseAddress}";
}
