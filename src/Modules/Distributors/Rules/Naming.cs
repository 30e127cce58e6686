using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace HaoSuan.Distributors;

internal static partial class Naming
{
    /// <summary>Without 0, 1, I and O, which people confuse.</summary>
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string NewInvitationCode(string slug) => $"{slug}-{RandomNumberGenerator.GetString(Letters, 8)}";

    public static IEnumerable<Refusal> Faults(NewDistributor distributor)
    {
        if (!Code().IsMatch(distributor.Code)) yield return new Refusal("distributors.code_not_plain").On("code");
        if (string.IsNullOrWhiteSpace(distributor.Name) || distributor.Name.Length > 100)
            yield return new Refusal("distributors.name_missing").On("name");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
    private static partial Regex Code();
}
