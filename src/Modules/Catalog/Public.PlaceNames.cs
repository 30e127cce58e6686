using System.Text.RegularExpressions;

namespace HaoSuan.Catalog;

/// <summary>
/// Names of cities and districts as people write them: 德宏州 is 德宏傣族景颇族自治州, and 那曲 is 那曲市 or 那曲地区. What is left out is
/// what every name of its kind has, so that it serves also for places that <see cref="Places"/> does not know.
/// </summary>
public static partial class PlaceNames
{
    private const string Peoples =
        "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒"
        + "|普米|鄂温克|裕固|保安|独龙|鄂伦春|各";

    private const string Class = "(?:地区|林区|特区|新区|[省市区县州盟旗])";

    /// <summary>The name without what says what kind of place it is: 德宏, 那曲, 浦东.</summary>
    public static string StemOf(string name) => Ending().Replace(Plain(name), "");

    /// <summary>The stems of all names that stand in a field one after the other: 深圳市南山区 are two.</summary>
    public static IEnumerable<string> StemsIn(string text) => Name().Matches(Plain(text)).Select(m => StemOf(m.Value));

    /// <summary>A whole address without its places' kinds: two ways to write one address come out the same.</summary>
    public static string WithoutKinds(string address) => Kind().Replace(Plain(address), "");

    // 德宏傣族景颇族自治州 → 德宏州. A name has two characters at least before the people's: 东乡族自治县 has no other name.
    private static string Plain(string text) => Autonomous().Replace(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), "$1");

    [GeneratedRegex($@"(?<=\p{{Lo}}{{2}})(?:(?:{Peoples})族?)*自治([区州县旗])")]
    private static partial Regex Autonomous();

    [GeneratedRegex($@"(?<=\p{{Lo}}{{2}}){Class}$")]
    private static partial Regex Ending();

    [GeneratedRegex($@"\p{{Lo}}{{2,}}?{Class}|\p{{Lo}}+")]
    private static partial Regex Name();

    // A 区 after a digit or a letter is one of a housing estate: 1区2栋 is not 12栋.
    [GeneratedRegex($@"(?<=\p{{Lo}}){Class}")]
    private static partial Regex Kind();
}
