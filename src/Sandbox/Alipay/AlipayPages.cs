using HaoSuan.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>The cashier behind page.pay, wap.pay and a precreated code.</summary>
internal sealed class AlipayPages(AlipayPlatform platform, AlipayServer server, AlipayBooks books)
{
    private const string Brand = "支付宝";
    private const string Blue = "#1677ff";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pay/alipay/{token}", (HttpContext http, string token) =>
            books.FindToken(token) is { } trade ? Show(http, trade) : Missing());
        routes.MapPost("/pay/alipay/{token}", (HttpContext http, string token) =>
        {
            if (books.FindToken(token) is not { } trade) return Missing();
            server.Pay(trade);
            return Show(http, trade);
        });
    }

    private static IResult Missing() => Page.Missing("没有这个支付单");

    private IResult Show(HttpContext http, AlipayTrade trade)
    {
        trade.Open();
        var view = new PayView("号卡商城", trade.Total.ToString(), trade.Subject, trade.OutTradeNo,
            http.Request.PathBase + http.Request.Path, Return(trade));
        return (trade.PaidAt, trade.Status(platform.Time.Now)) switch
        {
            (null, "WAIT_BUYER_PAY") => Page.ToPay(Brand, Blue, view),
            (null, _) => Page.Ended(Brand, Blue, view, "交易已关闭"),
            _ => Page.Ended(Brand, Blue, view, "支付成功"),
        };
    }

    /// <summary>The way back, with the parameters that Alipay signs there.</summary>
    private string? Return(AlipayTrade trade)
    {
        if (Page.WebAddress(trade.ReturnUrl) is not { } address) return null;
        if (trade.PaidAt is null) return address;
        var query = new SortedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["app_id"] = platform.Keys.AlipayAppId,
            ["charset"] = "utf-8",
            ["out_trade_no"] = trade.OutTradeNo,
            ["seller_id"] = platform.Keys.AlipaySellerId,
            ["timestamp"] = AlipayPlatform.Local(platform.Time.Now),
            ["total_amount"] = trade.Total.ToString(),
            ["trade_no"] = trade.TradeNo,
            ["version"] = "1.0",
        };
        query["sign"] = platform.Sign(string.Join('&', query.Select(p => $"{p.Key}={p.Value}")), null);
        query["sign_type"] = "RSA2";
        return QueryHelpers.AddQueryString(address, query);
    }
}
