using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

internal static class WeChatBills
{
    /// <summary>Follows {hash_type, hash_value, download_url}. The file is not signed: its hash stands in the signed answer.</summary>
    public static async Task<Result<ChannelBill>> DownloadAsync(WeChatLine line, JsonElement answer, string name, CancellationToken cancel)
    {
        if (!answer.Text("hash_value", out var hash) || answer.Text("hash_type") != "SHA1"
            || !Uri.TryCreate(answer.Text("download_url"), UriKind.Absolute, out var address))
        {
            return new Refusal("payments.bill_unreadable", name);
        }
        var (response, body, broken) = await line.DownloadAsync(address, cancel);
        using var _ = response;
        if (response is not { IsSuccessStatusCode: true }) return new Refusal("payments.bill_unavailable", name, broken?.Code ?? "HTTP");
        return string.Equals(Convert.ToHexString(Sha1(body)), hash, StringComparison.OrdinalIgnoreCase)
            ? new ChannelBill(name, body)
            : new Refusal("payments.bill_altered", name);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The platform's choice; the hash comes inside an RSA-signed answer")]
    private static byte[] Sha1(byte[] file) => SHA1.HashData(file);
}
