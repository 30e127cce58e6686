namespace HaoSuan.Catalog;

/// <summary>A rule of a product in one sentence: the office and the consumer read the same.</summary>
public static class RuleWords
{
    public static string Of(EligibilityRule rule, Carrier carrier) => rule switch
    {
        EligibilityRule.Age { Min: var min, Max: var max } => $"年龄 {min} 至 {max} 周岁",
        EligibilityRule.Delivery { Only: var only, Regions: var regions } => $"{(only ? "只发货到" : "不发货到")}{string.Join("、", regions.Select(Of))}",
        EligibilityRule.IdRegion { Only: true, Codes: var codes } => $"只限{string.Join("、", codes.Select(OfIdRegion))}的身份证办理",
        EligibilityRule.IdRegion { Codes: var codes } => $"{string.Join("、", codes.Select(OfIdRegion))}的身份证不能办理",
        EligibilityRule.LiveCards { Most: var most } => $"同一身份证在{Of(carrier)}最多 {most} 张在用的电话卡（一证五户）",
        EligibilityRule.Repeat r => $"同一{Of(r.By)} {r.Days} 天内{Of(r.Scope, carrier)}限办 {r.Most} 张",
        EligibilityRule.Blacklist => "身份证、手机号和收货地址都不在黑名单上",
        EligibilityRule.Declaration { Text: var text } => $"须承诺：{text}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>广东省深圳市南山区.</summary>
    public static string Of(Region region) => $"{Provinces.NameOf(region.Province)}{region.City}{region.District}";

    /// <summary>What an ID number that begins with these digits is called.</summary>
    public static string OfIdRegion(string code) =>
        $"{Provinces.NameOf(code[..2])}{(code.Length > 2 ? $"（{code} 开头）" : "")}";

    public static string Of(ApplicantKey key) => key switch
    {
        ApplicantKey.IdNumber => "身份证",
        ApplicantKey.Phone => "手机号",
        ApplicantKey.Address => "收货地址",
    };

    public static string Of(ProductKind kind) => kind switch
    {
        ProductKind.TrafficCard => "流量卡",
        ProductKind.PricedCard => "付费卡",
        ProductKind.PremiumNumber => "靓号",
        ProductKind.IotCard => "物联网卡",
    };

    /// <summary>As consumers know it.</summary>
    public static string Of(Carrier carrier) => carrier switch
    {
        Carrier.Mobile => "中国移动",
        Carrier.Unicom => "中国联通",
        Carrier.Telecom => "中国电信",
        Carrier.Broadnet => "中国广电",
    };

    private static string Of(RepeatScope scope, Carrier carrier) => scope switch
    {
        RepeatScope.Product => "本产品",
        RepeatScope.Carrier => $"在{Of(carrier)}",
        RepeatScope.Operator => "在本平台",
    };
}
