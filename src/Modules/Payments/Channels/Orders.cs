namespace HaoSuan.Payments.Channels;

/// <summary>
/// Our number of a payment or refund at a channel: 6 to 32 of A–Z a–z 0–9 and _, which both channels take. Unique per merchant
/// for ever, and never re-used with other content.
/// </summary>
public readonly record struct TradeNo
{
    private TradeNo(string value) => Value = value;

    public string Value { get => field ?? throw new InvalidOperationException("A default TradeNo has no value."); }

    public static bool TryParse(string? text, out TradeNo number)
    {
        var valid = text is { Length: >= 6 and <= 32 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        number = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Throws where the text is none: for numbers that we make ourselves.</summary>
    public static TradeNo Parse(string text) => TryParse(text, out var number)
        ? number
        : throw new FormatException($"'{text}' is no trade number: 6 to 32 of A-Z a-z 0-9 _");

    public override string ToString() => Value;
}

/// <summary>A person as WeChat names them to us (openid, 用户标识): another name in every app. Personal, so it is not printed.</summary>
public readonly record struct OpenId(string Value)
{
    public override string ToString() => "an openid";
}

/// <summary>Where the consumer stands.</summary>
public enum PayFace
{
    /// <summary>A code to scan with the phone: WeChat native, Alipay precreate.</summary>
    Qr,

    /// <summary>A phone's browser: WeChat h5, Alipay wap.</summary>
    Phone,

    /// <summary>A desktop browser: WeChat native (a QR code), Alipay page.</summary>
    Desktop,

    /// <summary>Inside WeChat: WeChat jsapi. Alipay cannot be opened there.</summary>
    InWeChat,
}

/// <param name="Description">What is bought, shown to the consumer. Nothing personal.</param>
/// <param name="ExpiresAt">After it the channel takes no payment.</param>
/// <param name="ClientIp">The consumer's address, which WeChat h5 requires.</param>
/// <param name="Payer">The consumer in our WeChat app, for <see cref="PayFace.InWeChat"/>.</param>
/// <param name="ReturnUrl">Where the browser goes afterwards. Arriving there proves nothing.</param>
public sealed record PaymentOrder(
    TradeNo OutTradeNo,
    string Description,
    Money Amount,
    PayFace Face,
    Instant ExpiresAt,
    Uri NotifyUrl,
    Uri? ReturnUrl = null,
    string? ClientIp = null,
    OpenId? Payer = null);

/// <param name="Total">What the order was paid with.</param>
/// <param name="NotifyUrl">For WeChat Pay. Alipay tells refunds at the address given with the payment.</param>
public sealed record RefundOrder(
    TradeNo OutTradeNo,
    TradeNo OutRefundNo,
    Money Amount,
    Money Total,
    string Reason,
    Uri? NotifyUrl = null);
