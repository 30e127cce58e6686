using HaoSuan.Catalog;
using Xunit;

namespace HaoSuan.Tests.Unit.Catalog;

public sealed class RuleListTests
{
    private static readonly EligibilityRule[] All =
    [
        new EligibilityRule.Age(18, 60),
        new EligibilityRule.Delivery(Only: false, [new("54"), new("44", "深圳市", "南山区")]),
        new EligibilityRule.IdRegion(Only: true, ["44", "4403"]),
        new EligibilityRule.LiveCards(5),
        new EligibilityRule.Repeat(ApplicantKey.Address, RepeatScope.Operator, 2, 30),
        new EligibilityRule.Blacklist(),
        new EligibilityRule.Declaration("本人不是现役军人"),
    ];

    private static IEnumerable<string> Codes(IEnumerable<Refusal> faults) => faults.Select(f => f.Code);

    [Fact]
    public void A_rule_is_one_sentence() => Assert.Equal(
        [
            "年龄 18 至 60 周岁", "不发货到西藏自治区、广东省深圳市南山区", "只限广东省、广东省（4403 开头）的身份证办理", "同一身份证在中国联通最多 5 张在用的电话卡（一证五户）",
            "同一收货地址 30 天内在本平台限办 2 张", "身份证、手机号和收货地址都不在黑名单上", "须承诺：本人不是现役军人",
        ],
        All.Select(r => RuleWords.Of(r, Carrier.Unicom)));

    [Fact]
    public void A_list_is_kept_as_text_that_people_can_read()
    {
        var text = RuleList.Write(All);

        Assert.StartsWith(
            """[{"rule":"age","min":18,"max":60},{"rule":"delivery","only":false,"regions":[{"province":"54"},""", text, StringComparison.Ordinal);
        Assert.Contains("深圳市", text, StringComparison.Ordinal);
        Assert.Equal(text, RuleList.Write(RuleList.Read(text)));
    }

    [Fact]
    public void What_is_typed_is_read_as_it_was_written()
    {
        foreach (var rule in All)
            Assert.Equal(RuleList.Write([rule]), RuleList.Write([RulesPage.Entry.Of(rule).Read().Value]));
    }

    [Theory]
    [InlineData("广东省", "44", null, null)]
    [InlineData(" 新疆 ", "65", null, null)]
    [InlineData("内蒙古 包头市", "15", "包头市", null)]
    [InlineData("44 深圳市 南山区", "44", "深圳市", "南山区")]
    public void A_region_is_written_as_people_say_it(string line, string province, string? city, string? district) =>
        Assert.Equal(new Region(province, city, district), RuleList.ReadRegion(line));

    [Theory]
    [InlineData("53", "德宏州", true)]
    [InlineData("53", "德宏傣族景颇族自治州", true)]
    [InlineData("53", "瑞丽", true)]
    [InlineData("53", "德红州", false)]
    [InlineData("53", "深圳市", false)]
    [InlineData("71", "台北市", true)]
    public void A_city_that_no_province_has_is_refused(string province, string city, bool known) =>
        Assert.Equal(known ? [] : ["catalog.rule_city_unknown"], Codes(RuleList.Faults(new EligibilityRule.Delivery(false, [new(province, city)]))));

    [Fact]
    public void A_county_tells_its_city_where_only_one_has_such_a_county()
    {
        Assert.Equal("德宏", Places.CityOf("53", ["瑞丽"]));
        Assert.Null(Places.CityOf("53", ["昆明", "瑞丽"]));
        Assert.Null(Places.CityOf("32", ["鼓楼"]));       // in 南京 and in 徐州
        Assert.Null(Places.CityOf("42", ["仙桃"]));       // under the province itself
        Assert.Null(Places.CityOf("53", ["高新"]));
    }

    [Theory]
    [InlineData("深圳市")]
    [InlineData("广东省 深圳市 南山区 科技园")]
    [InlineData("")]
    public void What_names_no_province_is_no_region(string line) => Assert.Null(RuleList.ReadRegion(line));

    [Fact]
    public void A_phone_card_keeps_the_limit_of_the_law()
    {
        Assert.Empty(RuleList.Faults(ProductKind.TrafficCard, All));
        Assert.Equal(["catalog.rule_five_cards"], Codes(RuleList.Faults(ProductKind.TrafficCard, [.. All.Where(r => r is not EligibilityRule.LiveCards)])));
        Assert.Equal(["catalog.rule_five_cards"], Codes(RuleList.Faults(ProductKind.TrafficCard, [new EligibilityRule.LiveCards(6)])));
        Assert.Empty(RuleList.Faults(ProductKind.TrafficCard, [new EligibilityRule.LiveCards(1)]));
        Assert.Equal(["catalog.rule_not_for_iot"], Codes(RuleList.Faults(ProductKind.IotCard, All)));
        Assert.All(Enum.GetValues<ProductKind>(), kind => Assert.Empty(RuleList.Faults(kind, RuleList.Usual(kind))));
    }

    [Fact]
    public void Rules_that_would_contradict_each_other_stand_once()
    {
        Assert.Equal(["catalog.rule_twice"], Codes(RuleList.Faults(ProductKind.TrafficCard, [.. All, new EligibilityRule.Age(16, 70)])));
        Assert.Empty(RuleList.Faults(ProductKind.TrafficCard, [.. All, new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Product, 1, 30)]));
    }

    [Fact]
    public void A_list_by_which_nobody_can_order_is_refused()
    {
        static EligibilityRule.Delivery Sends(bool only, params Region[] to) => new(only, to);
        static EligibilityRule.IdRegion Ids(bool only, params string[] codes) => new(only, codes);
        static IEnumerable<string> Of(params EligibilityRule[] rules) =>
            Codes(RuleList.Faults(ProductKind.TrafficCard, [new EligibilityRule.LiveCards(5), .. rules]));

        Assert.Equal(["catalog.rules_nowhere"], Of(Sends(true, new Region("44")), Sends(false, new Region("44"))));
        Assert.Equal(["catalog.rules_nowhere"], Of(Sends(true, new Region("44", "深圳市")), Sends(true, new Region("44", "广州市"))));
        Assert.Equal(["catalog.rules_nowhere"], Of(Sends(false, [.. Provinces.All.Select(p => new Region(p.Code))])));
        Assert.Empty(Of(Sends(true, new Region("44")), Sends(false, new Region("44", "深圳市")), Sends(true, new Region("44", "广州"), new Region("31"))));
        Assert.Equal(["catalog.rules_no_id"], Of(Ids(true, "44"), Ids(true, "31")));
        Assert.Equal(["catalog.rules_no_id"], Of(Ids(true, "4403"), Ids(false, "44")));
        Assert.Empty(Of(Ids(true, "44"), Ids(false, "4403")));
    }

    [Fact]
    public void A_rule_without_sense_is_refused_on_its_field()
    {
        var faults = new EligibilityRule[]
        {
            new EligibilityRule.Age(60, 18), new EligibilityRule.Delivery(Only: false, []), new EligibilityRule.IdRegion(Only: false, ["99"]),
            new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Product, 0, 4000), new EligibilityRule.Declaration(" "),
        }.SelectMany(RuleList.Faults).Select(f => (f.Code, f.Field));

        Assert.Equal(
            [
                ("catalog.ages_wrong", "min"), ("catalog.rule_regions", "regions"), ("catalog.rule_regions", "regions"), ("catalog.rule_most", "most"),
                ("catalog.rule_days", "days"), ("catalog.rule_declaration", "text"),
            ],
            faults);
    }

    [Theory]
    [InlineData("流量卡出租", "", "name")]
    [InlineData("星卡", "按月租赁，用完归还", "summary")]
    public void No_product_is_the_lease_of_a_phone_card(string name, string summary, string field)
    {
        var fault = Assert.Single(Naming.Faults(new NewProduct("GD29", default, Carrier.Telecom, name, summary)));

        Assert.Equal(("catalog.cards_not_leased", field), (fault.Code, fault.Field));
        Assert.Empty(Naming.Faults(new NewProduct("GD29", default, Carrier.Telecom, "星卡", "月租 29 元")));
    }

    [Fact]
    public void A_kind_says_what_the_consumer_pays()
    {
        var card = new NewProduct("GD29", default, Carrier.Telecom, "星卡", "");

        Assert.Equal(ProductKind.TrafficCard, card.Kind);
        Assert.Equal(["catalog.priced_card_free"], Codes(Naming.Faults(card with { Kind = ProductKind.PricedCard })));
        Assert.Equal(["catalog.traffic_card_priced"], Codes(Naming.Faults(card with { Price = new(1) })));
        Assert.Equal(["catalog.premium_without_number"], Codes(Naming.Faults(card with { Kind = ProductKind.PremiumNumber })));
    }
}
