using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

internal static class NotifyBody
{
    private const int Limit = 64 * 1024;

    /// <summary>The exact bytes of the body; null where there are more than any notice has.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > Limit) return null;
        using var body = new MemoryStream();
        var part = new byte[8 * 1024];
        for (int read; (read = await request.Body.ReadAsync(part, cancel)) > 0;)
        {
            if (body.Length + read > Limit) return null;
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }
}
