using System.Text.RegularExpressions;

namespace HaoSuan.Payments;

/// <summary>A channel's message as finance may read it: who paid is masked, what was signed is left as it came.</summary>
internal static partial class MaskedMessage
{
    private const int Shown = 3;

    public static string Of(string message) => Form().Replace(Json().Replace(message, Hide), Hide);

    private static string Hide(Match match)
    {
        var value = match.Groups["value"].Value;
        return match.Groups["name"].Value + (value.Length <= Shown ? "***" : value[..Shown] + "***") + match.Groups["end"].Value;
    }

    // "openid":"o…", also with the quotes escaped, as they stand inside another text.
    [GeneratedRegex(
        """(?<name>\\?"(?:sp_openid|sub_openid|openid|buyer_[a-z_]+|payer_[a-z_]*(?:id|name|account)|user_received_account)\\?"\s*:\s*\\?")"""
        + """(?<value>[^"\\]*)(?<end>)""")]
    private static partial Regex Json();

    // buyer_logon_id=…& of a form.
    [GeneratedRegex("""(?<name>(?:^|[&\n])buyer_[a-z_]+=)(?<value>[^&\n]*)(?<end>)""")]
    private static partial Regex Form();
}
