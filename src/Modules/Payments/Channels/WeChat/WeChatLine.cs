using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>Signed requests to WeChat Pay. What comes back is not verified here.</summary>
internal sealed class WeChatLine
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    private readonly HttpClient _http;
    private readonly HttpClient _downloads;
    private readonly WeChatPayOptions _options;
    private readonly TimeProvider _time;
    private readonly RSA _key = RSA.Create();

    public WeChatLine(HttpClient http, HttpClient downloads, WeChatPayOptions options, TimeProvider time)
    {
        (_http, _downloads, _options, _time) = (http, downloads, options, time);
        _key.ImportFromPem(options.MerchantKeyPem);
    }

    public Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> DownloadAsync(Uri address, CancellationToken cancel) =>
        SendAsync(_downloads, HttpMethod.Get, address, [], cancel);

    public Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpMethod method, string path, object? content, CancellationToken cancel) =>
        SendAsync(_http, method, new Uri(_options.BaseAddress, path), Bytes(content), cancel);

    private static byte[] Bytes(object? content) => content is null ? [] : JsonSerializer.SerializeToUtf8Bytes(content, Json.Plain);

    /// <summary>The signature under which the page inside WeChat takes a prepay_id.</summary>
    public WeChatHandOver HandOver(string prepayId)
    {
        var (timestamp, nonce, package) = (WeChatSignature.Timestamp(_time), WeChatSignature.Nonce(), $"prepay_id={prepayId}");
        var signature = WeChatSignature.Sign(_key, WeChatSignature.OfHandOver(_options.AppId, timestamp, nonce, package));
        return new(_options.AppId, timestamp, nonce, package, "RSA", signature);
    }

    private async Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpClient http, HttpMethod method, Uri address, byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        if (method != HttpMethod.Get) request.Content = new ByteArrayContent(body) { Headers = { ContentType = JsonType } };
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("HaoSuan", "1"));
        request.Headers.TryAddWithoutValidation("Accept-Language", "zh-CN");
        if (_options.PlatformKeyId is { } id) request.Headers.TryAddWithoutValidation("Wechatpay-Serial", id);
        request.Headers.Authorization = Authorization(method, address, body);
        return await Calls.SendAsync(http, request, cancel);
    }

    private AuthenticationHeaderValue Authorization(HttpMethod method, Uri address, byte[] body)
    {
        var (timestamp, nonce) = (WeChatSignature.Timestamp(_time), WeChatSignature.Nonce());
        var signature = WeChatSignature.Sign(_key, WeChatSignature.OfRequest(method.Method, address.PathAndQuery, timestamp, nonce, body));
        var (merchant, serial) = (_options.MerchantId, _options.MerchantSerial);
        return new("WECHATPAY2-SHA256-RSA2048",
            $"mchid=\"{merchant}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{serial}\"");
    }

    public static bool IsUncertain(HttpStatusCode status, ChannelError error) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || error.Code is "SYSTEM_ERROR" or "SYSTEMERROR" or "FREQUENCY_LIMITED" or "RATELIMIT_EXCEEDED" or "BANK_ERROR";
}
