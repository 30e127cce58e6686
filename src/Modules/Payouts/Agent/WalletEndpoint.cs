using System.Security.Claims;
using System.Security.Cryptography;
using HaoSuan.Identity;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payouts;

/// <summary>A distributor is recognised by WeChat, inside WeChat: <c>/agent/payouts/wallet</c>.</summary>
internal sealed class WalletEndpoint(PaymentAddresses addresses, BindWallet bind, WeChatPayers? wechat = null)
{
    private const string Cookie = "wallet";
    private const string Back = "/agent/payouts/wallet/back";

    /// <summary>Sends the browser to WeChat, with a state that only it brings back.</summary>
    public static IResult Ask(WalletEndpoint page, HttpContext http)
    {
        if (page.Wechat is not { } wechat) return Results.NotFound();
        var state = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Cookies.Append(Cookie, state, new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/agent/payouts", MaxAge = TimeSpan.FromMinutes(10),
        });
        return Results.Redirect(wechat.AskAt(new(page.Base, Back[1..]), state).AbsoluteUri);
    }

    public static async Task<IResult> Return(
        WalletEndpoint page, HttpContext http, ClaimsPrincipal user, string? code, string? state, CancellationToken cancel)
    {
        var expected = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, new() { Path = "/agent/payouts" });
        if (page.Wechat is { } wechat && expected is { Length: > 0 } && state == expected && code is { Length: > 0 and <= 200 }
            && await wechat.FindAsync(code, cancel) is { } payee)
        {
            await page.Bind.RunAsync(user.DistributorId, payee, cancel);
            http.LeaveNotice("已绑定当前微信。在下方选择微信零钱并保存，之后的提现会付到这个微信。");
        }
        else http.LeaveNotice("没有从微信得到确认，请在微信中打开本页再试。");
        return Results.LocalRedirect("/agent/payouts");
    }

    private WeChatPayers? Wechat => wechat;

    private Uri Base => addresses.PublicBase;

    private BindWallet Bind => bind;
}
