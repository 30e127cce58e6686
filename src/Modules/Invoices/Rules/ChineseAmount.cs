using System.Text;

namespace HaoSuan.Invoices;

/// <summary>An amount in Chinese capitals (中文大写), as it stands on invoices: 壹仟零陆圆伍角整.</summary>
internal static class ChineseAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿", "亿亿"];

    public static string Of(Money amount)
    {
        var minor = Math.Abs(amount.Minor);
        var (yuan, jiao, fen) = (minor / 100, (int)(minor / 10 % 10), (int)(minor % 10));
        var text = new StringBuilder(amount < Money.Zero ? "（负数）" : "");
        if (yuan > 0 || minor == 0) text.Append(Whole(yuan)).Append('圆');
        if (jiao > 0) text.Append(Digits[jiao]).Append('角');
        else if (fen > 0 && yuan > 0) text.Append('零');
        return text.Append(fen > 0 ? $"{Digits[fen]}分" : "整").ToString();
    }

    private static string Whole(long yuan)
    {
        if (yuan == 0) return "零";
        var text = new StringBuilder();
        List<int> groups = [];
        for (var rest = yuan; rest > 0; rest /= 10_000) groups.Add((int)(rest % 10_000));
        for (var g = groups.Count - 1; g >= 0; g--)
        {
            if (groups[g] == 0) continue;
            // A group that does not fill its four places, or follows an empty one, is set off by one zero.
            if (text.Length > 0 && (groups[g] < 1000 || groups[g + 1] == 0)) text.Append('零');
            text.Append(OfGroup(groups[g])).Append(Groups[g]);
        }
        return text.ToString();
    }

    private static string OfGroup(int group)
    {
        var text = new StringBuilder();
        var zero = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = group / Power(place) % 10;
            if (digit == 0)
            {
                zero = text.Length > 0;
                continue;
            }
            if (zero) text.Append('零');
            text.Append(Digits[digit]).Append(Places[place]);
            zero = false;
        }
        return text.ToString();
    }

    private static int Power(int place) => place == 0 ? 1 : 10 * Power(place - 1);
}
