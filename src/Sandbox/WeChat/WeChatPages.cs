using HaoSuan.Sandbox.Pages;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>The page behind code_url and h5_url, where a person pays; and what WeChat itself does with what a page inside it hands over.</summary>
internal sealed class WeChatPages(WeChatServer server, WeChatBooks books, WeChatPlatform platform, TimeProvider time)
{
    private const string Brand = "微信支付";
    private const string Green = "#07a35a";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pay/wechat/{prepayId}", (HttpContext http, string prepayId) =>
            books.FindPrepaid(prepayId) is { } trade ? Show(http, trade) : Page.Missing("没有这个支付单"));
        routes.MapPost("/pay/wechat/jsapi", (Delegate)HandOverAsync);
        routes.MapPost("/pay/wechat/{prepayId}", (HttpContext http, string prepayId) =>
        {
            if (books.FindPrepaid(prepayId) is not { } trade) return Page.Missing("没有这个支付单");
            server.Pay(trade);
            return Show(http, trade);
        });
    }

    /// <summary>getBrandWCPayRequest: only what the merchant has signed leads to the cashier, and only its own payer.</summary>
    private async Task<IResult> HandOverAsync(HttpContext http)
    {
        var handed = Reading.Parse(await Reading.BodyAsync(http.Request));
        var prepayId = handed.Text("package") is var package && package.StartsWith("prepay_id=", StringComparison.Ordinal) ? package[10..] : "";
        return platform.RefuseHandOver(handed) is { } why ? Results.Text(why, statusCode: 400)
            : books.FindPrepaid(prepayId) is not { Way: "jsapi" } ? Results.Text("没有这个支付单", statusCode: 404)
            : Results.Text($"{http.Origin()}pay/wechat/{prepayId}");
    }

    private IResult Show(HttpContext http, WeChatTrade trade)
    {
        var view = new PayView("号卡商城", new Money(trade.Total).ToString(), trade.Description, trade.OutTradeNo,
            http.Request.PathBase + http.Request.Path + http.Request.QueryString.ToString(),
            Page.WebAddress(http.Request.Query["redirect_url"].ToString()));
        return trade.State(time.Now) switch
        {
            "NOTPAY" => Page.ToPay(Brand, Green, view),
            "CLOSED" => Page.Ended(Brand, Green, view, "订单已关闭"),
            "REFUND" => Page.Ended(Brand, Green, view, "已支付，有退款"),
            _ => Page.Ended(Brand, Green, view, "支付成功"),
        };
    }
}
