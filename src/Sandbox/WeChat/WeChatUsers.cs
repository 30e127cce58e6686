using System.Security.Cryptography;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>
/// Who opens a page inside WeChat, told to the app by OAuth2 without asking (snsapi_base): a code for the browser, the openid for whoever has
/// the app's secret.
/// </summary>
internal sealed class WeChatUsers(SandboxKeys keys, TimeProvider time)
{
    /// <summary>A payer of whom nobody asked the name.</summary>
    public const string Anybody = "oSandbox0000000000000000001";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string OpenId, Instant Until)> _codes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Who holds the phone now.</summary>
    public string Current { get; set; } = Anybody;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/oauth2/authorize", Authorize);
        routes.MapGet("/sns/oauth2/access_token", Tell);
    }

    private IResult Authorize(string? appid, string? redirect_uri, string? response_type, string? scope, string? state)
    {
        if (appid != keys.WeChatAppId) return Pages.Page.Missing("AppID 参数错误");
        if (response_type != "code" || scope != "snsapi_base" || state is null or { Length: > 128 } || !state.All(char.IsAsciiLetterOrDigit))
            return Pages.Page.Missing("授权参数错误");
        if (!Uri.TryCreate(redirect_uri, UriKind.Absolute, out var back) || back.Scheme is not ("http" or "https"))
            return Pages.Page.Missing("redirect_uri 参数错误");
        var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_gate) _codes[code] = (Current, time.Now + Lifetime);
        return Results.Redirect($"{back.AbsoluteUri}{(back.Query.Length > 0 ? '&' : '?')}code={code}&state={state}");
    }

    private IResult Tell(string? appid, string? secret, string? code, string? grant_type)
    {
        if (appid != keys.WeChatAppId || secret != keys.WeChatAppSecret) return No(40125, "invalid appsecret");
        if (grant_type != "authorization_code") return No(40002, "invalid grant_type");
        lock (_gate)
        {
            return _codes.Remove(code ?? "", out var user) && user.Until >= time.Now
                ? Results.Json(new
                {
                    access_token = RandomNumberGenerator.GetHexString(64),
                    expires_in = 7200,
                    refresh_token = RandomNumberGenerator.GetHexString(64),
                    openid = user.OpenId,
                    scope = "snsapi_base",
                })
                : No(40029, "invalid code");
        }
    }

    // WeChat says no with status 200, as plain text.
    private static IResult No(int code, string why) => Results.Text($$"""{"errcode":{{code}},"errmsg":"{{why}}"}""");
}
