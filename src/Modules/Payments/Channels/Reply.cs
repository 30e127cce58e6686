using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>What came of one call: a verified answer, a verified no, or (neither) nothing that may be relied on.</summary>
internal sealed record Reply
{
    private static readonly ChannelError None = new("", "");

    public JsonElement? Answer { get; private init; }

    public bool IsNo { get; private init; }

    public ChannelError Error { get; private init; } = None;

    /// <summary>The answer as it came.</summary>
    public SignedMessage? Proof { get; private init; }

    public static Reply Of(JsonElement answer, SignedMessage? proof) => new() { Answer = answer, Proof = proof };

    public static Reply No(ChannelError error) => new() { IsNo = true, Error = error };

    public static Reply Unknown(ChannelError error) => new() { Error = error };
}

internal static class Calls
{
    /// <summary>Sends; a broken or too slow line is an outcome, the caller's own cancelling is not.</summary>
    public static async Task<(HttpResponseMessage? Response, byte[] Body, ChannelError? Broken)> SendAsync(
        HttpClient http, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            var response = await http.SendAsync(request, cancel);
            return (response, await response.Content.ReadAsByteArrayAsync(cancel), null);
        }
        catch (HttpRequestException broken)
        {
            return (null, [], new("CONNECTION", broken.HttpRequestError.ToString()));
        }
        catch (IOException)
        {
            return (null, [], new("CONNECTION", "The answer broke off"));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, [], new("TIMEOUT", "No answer in time"));
        }
    }
}
