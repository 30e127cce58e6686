using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>Signed calls to Alipay's one gateway, and its signed answers.</summary>
internal sealed class AlipayGateway(HttpClient http, AlipayOptions options, TimeProvider time, HttpClient? downloads = null)
{
    private readonly RSA _ours = AlipaySignature.KeyOf(options.AppKeyPem);
    private readonly RSA _theirs = AlipaySignature.KeyOf(options.AlipayKeyPem);
    private readonly string? _certificate = options.AppCertificatePem is { } pem ? AlipaySignature.CertificateNumber(pem) : null;
    private readonly string? _root = options.RootCertificatesPem is { } pem ? AlipaySignature.RootNumber(pem) : null;

    public RSA Theirs => _theirs;

    /// <summary>The address to which a browser is sent: the whole signed request stands in it.</summary>
    public Uri Page(string method, object content, Uri? notifyUrl, Uri? returnUrl)
    {
        var query = Signed(method, content, notifyUrl, returnUrl).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}");
        return new UriBuilder(options.Gateway) { Query = string.Join('&', query) }.Uri;
    }

    public async Task<Reply> CallAsync(string method, object content, Uri? notifyUrl, CancellationToken cancel)
    {
        var address = new UriBuilder(options.Gateway) { Query = "charset=utf-8" }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(Signed(method, content, notifyUrl, null)),
        };
        var (response, body, broken) = await Calls.SendAsync(http, request, cancel);
        using var _ = response;
        if (response is null) return Reply.Unknown(broken!);    // one of the two is there
        if (!response.IsSuccessStatusCode) return Reply.Unknown(new("HTTP", $"{(int)response.StatusCode}"));
        return Read(body, method);
    }

    /// <summary>A file behind an address that Alipay signed.</summary>
    public async Task<byte[]?> DownloadAsync(Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (response, body, _) = await Calls.SendAsync(downloads ?? http, request, cancel);
        using var _ = response;
        return response is { IsSuccessStatusCode: true } ? body : null;
    }

    private Reply Read(byte[] body, string method)
    {
        var name = method.Replace('.', '_') + "_response";
        if (!AlipaySignature.Cut(body, name, out var exact, out var signature)) return Reply.Unknown(new("UNREADABLE", $"No {name}"));
        var readable = Json.TryParse(exact, out var answer);
        if (!AlipaySignature.Holds(_theirs, exact, signature))
        {
            return Reply.Unknown(new("payments.signature_wrong", readable ? ErrorOf(answer).Code : ""));
        }
        if (!readable) return Reply.Unknown(new("UNREADABLE", name));
        var error = ErrorOf(answer);
        return answer.Text("code") switch
        {
            "10000" => Reply.Of(answer, SignedMessage.Of(method, null, body)),
            "20000" => Reply.Unknown(error),
            _ => IsUncertain(error.Code) ? Reply.Unknown(error) : Reply.No(error),
        };
    }

    private static bool IsUncertain(string code) =>
        code.EndsWith("SYSTEM_ERROR", StringComparison.Ordinal)
        || code is "isp.unknow-error" or "aop.unknow-error" or "REQUEST_PROCESSING" or "";

    private static ChannelError ErrorOf(JsonElement answer) =>
        new(answer.Text("sub_code") ?? answer.Text("code") ?? "", answer.Text("sub_msg") ?? answer.Text("msg") ?? "");

    private Dictionary<string, string> Signed(string method, object content, Uri? notifyUrl, Uri? returnUrl)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = options.AppId,
            ["method"] = method,
            ["format"] = "JSON",
            ["charset"] = "utf-8",
            ["sign_type"] = "RSA2",
            ["timestamp"] = AlipayTime.Write(time.Now),
            ["version"] = "1.0",
            ["biz_content"] = JsonSerializer.Serialize(content, Json.Plain),
        };
        if (notifyUrl is not null) parameters["notify_url"] = notifyUrl.AbsoluteUri;
        if (returnUrl is not null) parameters["return_url"] = returnUrl.AbsoluteUri;
        if (_certificate is not null) parameters["app_cert_sn"] = _certificate;
        if (_root is not null) parameters["alipay_root_cert_sn"] = _root;
        parameters["sign"] = AlipaySignature.Sign(_ours, AlipaySignature.OfRequest(parameters));
        return parameters;
    }
}

/// <summary>Alipay writes times without an offset: they are China's.</summary>
internal static class AlipayTime
{
    private const string Pattern = "yyyy-MM-dd HH:mm:ss";
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static string Write(Instant at) => at.ToDateTimeOffset().ToOffset(China).ToString(Pattern, CultureInfo.InvariantCulture);

    public static Instant? Read(string? text) =>
        DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Instant.From(new DateTimeOffset(local, China))
            : null;
}
