namespace HaoSuan.Inventory;

/// <summary>What people call the patterns of numbers.</summary>
public static class PatternWords
{
    public static string Of(NumberPattern pattern) => pattern switch
    {
        NumberPattern.Plain => "普通号",
        NumberPattern.AA => "对子 AA",
        NumberPattern.ABC => "三顺 ABC",
        NumberPattern.ABAB => "ABAB",
        NumberPattern.AABB => "AABB",
        NumberPattern.AAA => "三连 AAA",
        NumberPattern.AAAAB => "AAAAB",
        NumberPattern.ABCD => "四顺 ABCD",
        NumberPattern.AABBCC => "AABBCC",
        NumberPattern.AAAA => "四连 AAAA",
        NumberPattern.AAAAA => "五连 AAAAA",
    };
}
