using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>Signed calls to Alipay's one gateway, and its signed answers.</summary>
internal sealed class AlipayGateway(HttpClient http, AlipayOptions options, TimeProvider time, HttpClient? downloads = null)
{
    private readonly RSA _ours = AlipaySignature.KeyOf(options.AppKeyPem);
    private readonly AlipayKeys _theirs = new(options, time);
    private readonly string? _certificate = options.AppCertificatePem is { } pem ? AlipaySignature.CertificateNumber(pem) : null;
    private readonly string? _root = options.RootCertificatesPem is { } pem ? AlipaySignature.RootNumber(pem) : null;

    /// <summary>The key that signs under this number of a certificate; empty: under none.</summary>
    public Task<RSA?> KeyAsync(string number, CancellationToken cancel) => _theirs.FindAsync(number, asked => CertificateAsync(asked, cancel));

    /// <summary>The address to which a browser is sent: the whole signed request stands in it.</summary>
    public Uri Page(string method, object content, Uri? notifyUrl, Uri? returnUrl)
    {
        var query = Signed(method, content, notifyUrl, returnUrl).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}");
        return new UriBuilder(options.Gateway) { Query = string.Join('&', query) }.Uri;
    }

    public async Task<Reply> CallAsync(string method, object content, Uri? notifyUrl, CancellationToken cancel)
    {
        var (response, body, broken) = await PostAsync(method, content, notifyUrl, cancel);
        using var _ = response;
        if (response is null) return Reply.Unknown(broken!);    // one of the two is there
        if (!response.IsSuccessStatusCode) return Reply.Unknown(new("HTTP", $"{(int)response.StatusCode}"));
        return await ReadAsync(body, method, cancel);
    }

    private async Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> PostAsync(
        string method, object content, Uri? notifyUrl, CancellationToken cancel)
    {
        var address = new UriBuilder(options.Gateway) { Query = "charset=utf-8" }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(Signed(method, content, notifyUrl, null)),
        };
        return await Calls.SendAsync(http, request, cancel);
    }

    /// <summary>A certificate proves itself by its root: the answer that brings it is signed by the very one that we do not know yet.</summary>
    private async Task<string?> CertificateAsync(string number, CancellationToken cancel)
    {
        const string Method = "alipay.open.app.alipaycert.download";
        var (response, body, _) = await PostAsync(Method, new { alipay_cert_sn = number }, null, cancel);
        using var _ = response;
        return response is { IsSuccessStatusCode: true } && Json.TryParse(body, out var root)
            && root.Object(Method.Replace('.', '_') + "_response") is { } answer ? AlipayKeys.Content(answer.Text("alipay_cert_content")) : null;
    }

    /// <summary>A file behind an address that Alipay signed.</summary>
    public async Task<byte[]?> DownloadAsync(Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (response, body, _) = await Calls.SendAsync(downloads ?? http, request, cancel);
        using var _ = response;
        return response is { IsSuccessStatusCode: true } ? body : null;
    }

    private async Task<Reply> ReadAsync(byte[] body, string method, CancellationToken cancel)
    {
        var name = method.Replace('.', '_') + "_response";
        if (!AlipaySignature.Cut(body, name, out var exact, out var signature, out var certificate)) return Reply.Unknown(new("UNREADABLE", $"No {name}"));
        var readable = Json.TryParse(exact, out var answer);
        if (await KeyAsync(certificate, cancel) is not { } key) return Reply.Unknown(new("payments.signature_serial", certificate));
        if (!AlipaySignature.Holds(key, exact, signature)) return Reply.Unknown(new("payments.signature_wrong", readable ? ErrorOf(answer).Code : ""));
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
