namespace HaoSuan.Orders;

internal static class ShopWords
{
    public static string Of(string channel) => channel == "alipay" ? "支付宝" : "微信支付";

    /// <summary>139 1234 6688.</summary>
    public static string Spaced(string number) => number.Length == 11 ? $"{number[..3]} {number[3..7]} {number[7..]}" : number;

    public static IEnumerable<Option> Channels(bool inWeChat) =>
    [
        new("wechat", "微信支付"),
        new("alipay", "支付宝", inWeChat ? "请用手机浏览器打开本页后使用" : null, inWeChat),
    ];
}
