using System.Net;

namespace HaoSuan.Payments.Channels;

/// <summary>Calls to WeChat Pay whose answers are verified before they are read.</summary>
internal static class WeChatCalls
{
    /// <param name="sealedUnder">The serial of the platform's key under which fields of the content are sealed.</param>
    public static async Task<Reply> SendAsync(
        WeChatLine line, PlatformKeys keys, HttpMethod method, string path, object? content, string? sealedUnder, CancellationToken cancel)
    {
        var (response, body, broken) = await line.SendAsync(method, path, content, cancel, sealedUnder);
        if (response is null) return Reply.Unknown(broken!);    // one of the two is there
        using var _ = response;
        var headers = SignedHeaders.From(response);
        if (await keys.RefuseAsync(headers, body, cancel) is { } refusal)
        {
            return Reply.Unknown(new(refusal.Code, $"HTTP {(int)response.StatusCode} {ErrorOf(body).Code}".TrimEnd()));
        }
        if (response.StatusCode == HttpStatusCode.NoContent) return Reply.Of(default, null);
        if (response.IsSuccessStatusCode)
        {
            return Json.TryParse(body, out var root)
                ? Reply.Of(root, SignedMessage.Of($"{method} /{path}", headers, body))
                : Reply.Unknown(new("UNREADABLE", "The answer is no JSON object"));
        }
        var error = ErrorOf(body);
        return WeChatLine.IsUncertain(response.StatusCode, error) ? Reply.Unknown(error) : Reply.No(error);
    }

    private static ChannelError ErrorOf(byte[] body) =>
        Json.TryParse(body, out var root) ? new(root.Text("code") ?? "", root.Text("message") ?? "") : new("", "");
}
