using System.Globalization;

namespace HaoSuan.Orders;

/// <summary>The code that belongs to a token. It is computed where it is needed and kept nowhere, so nobody reads it in the database.</summary>
internal static class TrackCodes
{
    private const int Codes = 1_000_000;

    public static async Task<string> OfAsync(Vault vault, string token, CancellationToken cancel) =>
        (await vault.NumberAsync($"track-code:{token}", Codes, cancel)).ToString("000000", CultureInfo.InvariantCulture);
}
