using HaoSuan.Catalog;

namespace HaoSuan.Web.Demo;

/// <summary>A rate of the first and of the second level: an amount in fen, or a share.</summary>
internal sealed record Terms(string Stage, int Top, int Child, bool IsShare = false);

/// <summary>What the upstream pays by its own price list, and for what.</summary>
/// <param name="Pays">In fen for each card; 0 where it shares.</param>
/// <param name="TopUp">What must be topped up, in fen.</param>
/// <param name="Share">Bps of each top-up.</param>
/// <param name="QuietDays">How long the number must be in service.</param>
/// <param name="IsSingle">One payment must reach it, not their sum.</param>
internal sealed record PriceList(string Stage, int Pays, int TopUp = 0, int Share = 0, int QuietDays = 0, bool IsSingle = false);

/// <summary>A product of the demonstration, with its scheme and rates.</summary>
/// <param name="Weight">How often it is ordered.</param>
/// <param name="FromStock">Shipped from the operator's own cards.</param>
internal sealed record Offer(NewProduct Product, string Upstream, int Weight, bool FromStock, string Scheme, PriceList Prices, params Terms[] Rates);

/// <summary>What is on sale.</summary>
internal static class Offers
{
    public static readonly (string Key, string Name)[] Upstreams = [("haoyi", "南粤号易供应链"), ("hao172", "万象172号卡平台"), ("yunfan", "云帆开放平台")];

    public const string VolumeBonus = """
        {"key":"volume","products":["LTWP29","GDSS39"],"stage":"first","period":"month","scope":"own","basis":"whole",
         "tiers":[{"from":1,"per_card":"0.00"},{"from":6,"per_card":"3.00"},{"from":12,"per_card":"5.00"}],"release":{"mode":"at_once"}}
        """;

    public static readonly IReadOnlyList<Offer> All =
    [
        new(New("LTWP29", Carrier.Unicom, "联通沃派29元", "月租29元：103G通用 + 100分钟，首充50元激活"), "haoyi", 30, true, """
            {"stages":[
              {"key":"first","name":"激活并首充50元","upstream":"120.00","when":[{"fact":"activated","within_days":30,"after":"ordered"},
                {"fact":"topped_up","at_least":"50.00","within_days":30,"after":"activated"}],"release":{"mode":"days","days":7}},
              {"key":"second","name":"次月在网","upstream":"30.00","when":[{"normal_at_month_end":2,"after":"activated"}],
                "release":{"mode":"monthly","months":1,"day":15}}],
             "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"prorata"}]}
            """, new("first", 120_00, TopUp: 50_00), new Terms("first", 110_00, 95_00), new Terms("second", 28_00, 22_00)),
        new(New("GDSS39", Carrier.Broadnet, "广电升腾39元", "月租39元：192G全国通用 + 200分钟，激活即享"), "haoyi", 18, false, """
            {"stages":[{"key":"first","name":"激活","upstream":"150.50","when":[{"fact":"activated"}],"peer_bonus":"5.00",
              "release":{"mode":"weekly","weekday":1}}],
             "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"none"},
              {"on":["complained"],"within_days":90,"after":"activated","keep":"none","penalty":"50.00"}]}
            """, new("first", 150_50), new Terms("first", 138_00, 120_00)),
        new(New("DXXK29", Carrier.Telecom, "电信星卡29元185G", "月租29元：155G通用 + 30G定向，单笔首充100元"), "hao172", 20, false, """
            {"stages":[{"key":"first","name":"激活并单笔首充100元","upstream":"135.00","when":[{"fact":"activated"},
              {"fact":"topped_up","each_at_least":"100.00","within_days":30,"after":"activated"}],
              "release":{"mode":"monthly","months":1,"day":15,"await":"upstream_confirmed"}}],
             "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"prorata"}]}
            """, new("first", 135_00, TopUp: 100_00, IsSingle: true), new Terms("first", 122_00, 105_00)),
        new(New("YDHK19", Carrier.Mobile, "移动花卡19元", "月租19元：80G通用 + 30G视频，激活即享"), "hao172", 18, false, """
            {"stages":[{"key":"first","name":"激活满3日","upstream":"60.00","when":[{"fact":"activated"},
              {"quiet":["cancelled","suspended"],"for_days":3,"after":"activated"}],"release":{"mode":"at_once"}}],
             "clawback":[{"on":["suspended","cancelled"],"within_days":30,"after":"activated","keep":"none"}]}
            """, new("first", 60_00, QuietDays: 3), new Terms("first", 52_00, 42_00)),
        new(New("LTLH", Carrier.Unicom, "联通靓号卡", "自选靓号，含首月体验；号码费按规律另计", 99_00, minAge: 18) with
        {
            Kind = ProductKind.PremiumNumber,
            PicksNumber = true,
        }, "hao172", 6, true, """
            {"stages":[{"key":"first","name":"激活","upstream":"80.00","when":[{"fact":"activated"}],"release":{"mode":"days","days":3}}],
             "clawback":[{"on":["cancelled"],"within_days":60,"after":"activated","keep":"prorata"}]}
            """, new("first", 80_00), new Terms("first", 4000, 3000, IsShare: true)),
        new(New("YDWL", Carrier.Mobile, "移动物联网卡", "设备专用流量卡，随用随充", 39_00) with { Kind = ProductKind.IotCard, Rules = null }, "haoyi", 8, true, """
            {"stages":[{"key":"share","name":"充值分成","upstream":{"bps":2000},"when":[{"fact":"activated"}],
              "repeat":{"fact":"topped_up","after":"activated","months":12},"release":{"mode":"monthly","months":1,"day":10}}],
             "clawback":[]}
            """, new("share", 0, Share: 2000), new Terms("share", 1500, 1000, IsShare: true)),
        // Just put on sale, of the upstream whose protocol a file describes: nobody has ordered it yet.
        new(New("LTQQ50", Carrier.Unicom, "联通亲情卡（含50元话费）", "月租10元：30G通用 + 200分钟，含50元首月话费", 50_00, minAge: 18), "yunfan", 0, false, """
            {"stages":[{"key":"first","name":"激活","upstream":"45.00","when":[{"fact":"activated"}],"release":{"mode":"days","days":7}}],
             "clawback":[{"on":["cancelled"],"within_days":60,"after":"activated","keep":"prorata"}]}
            """, new("first", 45_00), new Terms("first", 40_00, 32_00)),
    ];

    private static NewProduct New(string code, Carrier carrier, string name, string summary, int price = 0, int minAge = 16) =>
        new(code, default, carrier, name, summary, new(price))
        {
            Rules =
            [
                new EligibilityRule.Age(minAge, 65),
                new EligibilityRule.Delivery(Only: false, [new("54"), new("65"), new("53", "临沧市"), new("53", "德宏州", "瑞丽市")]),
                new EligibilityRule.IdRegion(Only: false, ["54", "65"]),
                new EligibilityRule.LiveCards(5),
                new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 1, 180),
                new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Product, 1, 30),
                new EligibilityRule.Repeat(ApplicantKey.Address, RepeatScope.Carrier, 2, 30),
                new EligibilityRule.Blacklist(),
                new EligibilityRule.Declaration("本人不是现役军人或武警"),
            ],
        };
}
