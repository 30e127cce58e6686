using System.Text.RegularExpressions;

namespace HaoSuan.Payments;

/// <summary>A channel's message as finance may read it: who paid is masked, what was signed is left as it came.</summary>
internal static partial class MaskedMessage
{
    private const int Shown = 3;

    private const string Payers = "sp_openid|sub_openid|openid|buyer_(?!pay_amount)[a-z_]+|payer_[a-z_]*(?:id|name|account)|user_received_account";

    public static string Of(string message) => Form().Replace(Json().Replace(message, Hide), Hide);

    /// <summary>The beginning of a value, by which it can be told from others. Of one with escapes nothing: they may be a name.</summary>
    public static string Masked(string value) => value.Length <= Shown || value.Contains('\\') ? "***" : value[..Shown] + "***";

    private static string Hide(Match match) => match.Groups["name"].Value + Masked(match.Groups["value"].Value);

    // "openid":"o…", also with quotes and backslashes escaped, as they stand inside another text.
    [GeneratedRegex(
        """(?<name>"(?:""" + Payers + """)"\s*:\s*")(?<value>(?:[^"\\]|\\.)*)"""
        + """|(?<name>\\"(?:""" + Payers + """)\\"\s*:\s*\\")(?<value>(?:[^"\\]|\\\\\\?.)*)""")]
    private static partial Regex Json();

    // buyer_logon_id=…& of a form.
    [GeneratedRegex("""(?<name>(?:^|[&\n])buyer_(?!pay_amount)[a-z_]+=)(?<value>[^&\n]*)""")]
    private static partial Regex Form();
}
