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
    private readonly MerchantKey _first;
    private readonly MerchantKey? _next;
    private volatile MerchantKey _key;

    public WeChatLine(HttpClient http, HttpClient downloads, WeChatPayOptions options, TimeProvider time)
    {
        (_http, _downloads, _options, _time) = (http, downloads, options, time);
        _first = _key = MerchantKey.Of(options.MerchantSerial, options.MerchantKeyPem);
        if (options is { NextMerchantSerial: { } serial, NextMerchantKeyPem: { } pem }) _next = MerchantKey.Of(serial, pem);
    }

    public Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> DownloadAsync(Uri address, CancellationToken cancel) =>
        SendAsync(_downloads, HttpMethod.Get, address, [], cancel);

    public Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpMethod method, string path, object? content, CancellationToken cancel, string? sealedUnder = null) =>
        SendAsync(_http, method, new Uri(_options.BaseAddress, path), Bytes(content), cancel, sealedUnder);

    private static byte[] Bytes(object? content) => content is null ? [] : JsonSerializer.SerializeToUtf8Bytes(content, Json.Plain);

    /// <summary>The signature under which the page inside WeChat takes a prepay_id.</summary>
    public WeChatHandOver HandOver(string prepayId)
    {
        var (timestamp, nonce, package) = (WeChatSignature.Timestamp(_time), WeChatSignature.Nonce(), $"prepay_id={prepayId}");
        var signature = WeChatSignature.Sign(_key.Key, WeChatSignature.OfHandOver(_options.AppId, timestamp, nonce, package));
        return new(_options.AppId, timestamp, nonce, package, "RSA", signature);
    }

    private async Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpClient http, HttpMethod method, Uri address, byte[] body, CancellationToken cancel, string? sealedUnder = null)
    {
        var key = _key;
        var sent = await SendAsync(http, method, address, body, key, sealedUnder, cancel);
        if (_next is null || sent.Response?.StatusCode != HttpStatusCode.Unauthorized) return sent;
        // Refused before anything was done, and by nobody whom we could believe: only an answer to the other key may change our mind.
        var other = key == _first ? _next : _first;
        var again = await SendAsync(http, method, address, body, other, sealedUnder, cancel);
        if (again.Response is { StatusCode: not HttpStatusCode.Unauthorized }) _key = other;
        sent.Response.Dispose();
        return again;
    }

    private async Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpClient http, HttpMethod method, Uri address, byte[] body, MerchantKey key, string? sealedUnder, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        if (method != HttpMethod.Get) request.Content = new ByteArrayContent(body) { Headers = { ContentType = JsonType } };
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("HaoSuan", "1"));
        request.Headers.TryAddWithoutValidation("Accept-Language", "zh-CN");
        if ((sealedUnder ?? _options.PlatformKeyId) is { } id) request.Headers.TryAddWithoutValidation("Wechatpay-Serial", id);
        request.Headers.Authorization = Authorization(method, address, body, key);
        return await Calls.SendAsync(http, request, cancel);
    }

    private AuthenticationHeaderValue Authorization(HttpMethod method, Uri address, byte[] body, MerchantKey key)
    {
        var (timestamp, nonce) = (WeChatSignature.Timestamp(_time), WeChatSignature.Nonce());
        var signature = WeChatSignature.Sign(key.Key, WeChatSignature.OfRequest(method.Method, address.PathAndQuery, timestamp, nonce, body));
        return new("WECHATPAY2-SHA256-RSA2048",
            $"mchid=\"{_options.MerchantId}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{key.Serial}\"");
    }

    private sealed record MerchantKey(string Serial, RSA Key)
    {
        public static MerchantKey Of(string serial, string pem)
        {
            var key = RSA.Create();
            key.ImportFromPem(pem);
            return new(serial, key);
        }
    }

    public static bool IsUncertain(HttpStatusCode status, ChannelError error) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || error.Code is "SYSTEM_ERROR" or "SYSTEMERROR" or "FREQUENCY_LIMITED" or "RATELIMIT_EXCEEDED" or "BANK_ERROR";
}
