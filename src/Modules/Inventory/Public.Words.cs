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

/// <summary>What people call the price classes of numbers.</summary>
public static class PriceWords
{
    public static string Of(NumberPrice price) => price switch
    {
        NumberPrice.None => "不加价",
        NumberPrice.To100 => "加价 100 元以内",
        NumberPrice.To500 => "加价 100 至 500 元",
        NumberPrice.To1000 => "加价 500 至 1000 元",
        NumberPrice.Over1000 => "加价 1000 元以上",
    };
}
