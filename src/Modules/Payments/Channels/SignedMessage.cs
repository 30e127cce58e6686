using System.Text;

namespace HaoSuan.Payments.Channels;

/// <summary>
/// A verified message of a channel as it came, with what it was signed by: the proof of what it tells. It may name the payer, so it is
/// kept in the vault and shown masked.
/// </summary>
public sealed record SignedMessage(string Text)
{
    internal static SignedMessage Of(string what, SignedHeaders? headers, ReadOnlySpan<byte> body, ReadOnlySpan<byte> opened = default)
    {
        var text = new StringBuilder(what).Append('\n');
        if (headers is not null)
        {
            text.Append("Wechatpay-Timestamp: ").Append(headers.Timestamp).Append("\nWechatpay-Nonce: ").Append(headers.Nonce)
                .Append("\nWechatpay-Serial: ").Append(headers.Serial).Append("\nWechatpay-Signature: ").Append(headers.Signature).Append('\n');
        }
        text.Append('\n').Append(Encoding.UTF8.GetString(body));
        if (!opened.IsEmpty) text.Append("\n\n").Append(Encoding.UTF8.GetString(opened));
        return new(text.ToString());
    }

    public override string ToString() => "a signed message";
}
