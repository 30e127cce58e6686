using HaoSuan.Payments.Channels;

namespace HaoSuan.Orders;

internal static class ShopWords
{
    public static string Of(string channel) => channel == "alipay" ? "支付宝" : "微信支付";

    /// <summary>139 1234 6688.</summary>
    public static string Spaced(string number) => number.Length == 11 ? $"{number[..3]} {number[3..7]} {number[7..]}" : number;

    /// <summary>How something can be paid from there: by the channel's own way for it, or by a code that another phone scans.</summary>
    public static IEnumerable<Option> Ways(PayFace face) => face switch
    {
        PayFace.InWeChat =>
        [
            new("wechat", "微信支付"), new("wechat-qr", "微信扫码", "用另一台手机扫，或请别人付"),
            new("alipay-qr", "支付宝扫码", "保存二维码，再用支付宝从相册扫"),
        ],
        PayFace.Phone =>
        [
            new("wechat", "微信支付"), new("alipay", "支付宝"),
            new("wechat-qr", "微信扫码", "用另一台手机扫，或请别人付"), new("alipay-qr", "支付宝扫码", "用另一台手机扫，或请别人付"),
        ],
        _ => [new("wechat", "微信扫码"), new("alipay", "支付宝网页支付"), new("alipay-qr", "支付宝扫码")],
    };
}
