namespace HaoSuan.Payments.Channels;

/// <summary>
/// Learns who opens a page inside WeChat, which is asked for with a payment there (JSAPI). The browser goes to WeChat and comes back with a
/// code, without a question to the consumer (OAuth2, snsapi_base). The answer is not signed: TLS is its only proof.
/// </summary>
public sealed class WeChatPayers(HttpClient http, WeChatPayOptions options)
{
    private readonly string _secret = options.AppSecret ?? throw new ArgumentException("Without the app's secret nobody can be recognised.", nameof(options));

    /// <param name="returnTo">Of the domain that is set at the app's console (网页授权域名).</param>
    /// <param name="state">Up to 128 letters and digits, which come back: they must tell that this browser was sent for this purpose.</param>
    public Uri AskAt(Uri returnTo, string state) => new(
        options.OpenAddress, $"connect/oauth2/authorize?appid={Uri.EscapeDataString(options.AppId)}"
            + $"&redirect_uri={Uri.EscapeDataString(returnTo.AbsoluteUri)}&response_type=code&scope=snsapi_base&state={state}#wechat_redirect");

    /// <summary>Who came back with this code, which serves once and for five minutes. Null where WeChat does not say.</summary>
    public async Task<OpenId?> FindAsync(string code, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            options.AppAddress, $"sns/oauth2/access_token?appid={Uri.EscapeDataString(options.AppId)}&secret={Uri.EscapeDataString(_secret)}"
                + $"&code={Uri.EscapeDataString(code)}&grant_type=authorization_code"));
        var (response, body, _) = await Calls.SendAsync(http, request, cancel);
        using var _ = response;
        return response is { IsSuccessStatusCode: true } && Json.TryParse(body, out var answer) && answer.Text("openid", out var openId)
            ? new OpenId(openId)
            : null;
    }
}
