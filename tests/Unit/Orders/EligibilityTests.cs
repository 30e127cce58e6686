using CsCheck;
using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Platform;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class EligibilityTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);
    private static readonly ProductId This = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    private static readonly Candidate Anybody = new(Born("19900307"), "44", "深圳市", "南山区", Declares: false, [], []);

    private static IdNumber Born(string date, string region = "440106")
    {
        var digits = $"{region}{date}123";
        return IdNumber.Read(digits + IdNumber.CheckOf(digits)).Value;
    }

    private static Product Card(params EligibilityRule[] rules) =>
        new(This, "GD29", default, ProductKind.TrafficCard, Carrier.Telecom, "星卡", "", Money.Zero, PicksNumber: false, rules, OnSale: true);

    private static PastOrder Past(
        int daysAgo, OrderState state = OrderState.Activated, NetworkState network = NetworkState.InService, Carrier carrier = Carrier.Telecom,
        ApplicantKey same = ApplicantKey.IdNumber, bool thisProduct = false) =>
        new(thisProduct ? This : default, carrier, Today.AddDays(-daysAgo), state, network, [same]);

    private static IEnumerable<(string? Field, string Code)> Faults(Candidate applicant, params EligibilityRule[] rules) =>
        Eligibility.Faults(Card(rules), applicant, Today).Select(f => (f.Field, f.Code));

    private static bool Fits(Candidate applicant, params EligibilityRule[] rules) => !Faults(applicant, rules).Any();

    [Theory]
    [InlineData("20100302", false)]
    [InlineData("20100301", true)]
    [InlineData("19600302", true)]
    [InlineData("19600301", false)]
    public void Age_is_counted_to_the_day(string born, bool fits) =>
        Assert.Equal(fits, Fits(Anybody with { Id = Born(born) }, new EligibilityRule.Age(16, 65)));

    [Fact]
    public void What_could_not_be_read_is_not_judged() => Assert.True(Fits(
        Anybody with { Id = null, Province = null }, new EligibilityRule.Age(90, 99), new EligibilityRule.IdRegion(Only: true, ["11"]),
        new EligibilityRule.Delivery(Only: true, [new("11")])));

    [Theory]
    [InlineData("44", null, null, false)]
    [InlineData("44", "深圳", null, false)]
    [InlineData("44", "深圳市", "南山", false)]
    [InlineData("44", "深圳市", "福田区", true)]
    [InlineData("44", "广州市", null, true)]
    [InlineData("31", null, null, true)]
    public void Where_it_is_not_sent_goes_down_to_the_district(string province, string? city, string? district, bool fits)
    {
        Region[] regions = [new(province, city, district)];

        Assert.Equal(fits, Fits(Anybody, new EligibilityRule.Delivery(Only: false, regions)));
        Assert.Equal(!fits, Fits(Anybody, new EligibilityRule.Delivery(Only: true, regions)));
    }

    [Fact]
    public void A_county_level_city_is_found_in_either_field()
    {
        var rule = new EligibilityRule.Delivery(Only: false, [new("32", "苏州市", "昆山市")]);

        Assert.False(Fits(Anybody with { Province = "32", City = "苏州市", District = "昆山" }, rule));
        Assert.False(Fits(Anybody with { Province = "32", City = "苏州", District = "昆山市" }, rule));
        Assert.True(Fits(Anybody with { Province = "32", City = "苏州市", District = "吴中区" }, rule));
    }

    [Theory]
    [InlineData("53", "德宏州", null, "德宏傣族景颇族自治州", "芒市")]
    [InlineData("53", "德宏州", null, "瑞丽市", "")]
    [InlineData("44", "深圳市", null, "南山", "南山")]
    [InlineData("53", "德宏傣族景颇族自治州", "芒市", "德宏", "芒 市")]
    [InlineData("54", "那曲市", null, "那曲地区", "")]
    [InlineData("15", "呼伦贝尔市", "鄂伦春自治旗", "呼伦贝尔", "鄂伦春旗")]
    [InlineData("44", "深圳市", null, "深圳市南山区", "")]
    [InlineData("44", "深圳市", "南山区", "深圳市南山区", "科技园")]
    [InlineData("31", "上海市", "浦东新区", "上海", "浦东")]
    public void A_place_is_found_by_each_of_its_names(string province, string city, string? district, string typed, string typedDistrict)
    {
        var rule = new EligibilityRule.Delivery(Only: false, [new(province, city, district)]);

        Assert.False(Fits(Anybody with { Province = province, City = typed, District = typedDistrict }, rule));
    }

    [Theory]
    [InlineData("52", "黔西市", "黔西南布依族苗族自治州", "兴义市")]
    [InlineData("15", "鄂伦春自治旗", "呼伦贝尔市", "鄂温克族自治旗")]
    [InlineData("35", "沙县", "三明市", "尤溪县")]
    public void Another_place_whose_name_begins_alike_is_another_place(string province, string city, string typed, string typedDistrict)
    {
        var rule = new EligibilityRule.Delivery(Only: false, [new(province, city)]);

        Assert.True(Fits(Anybody with { Province = province, City = typed, District = typedDistrict }, rule));
    }

    [Fact]
    public void Who_leaves_out_the_district_is_asked_for_it_where_it_matters()
    {
        var rule = new EligibilityRule.Delivery(Only: false, [new("44", "深圳市", "南山区")]);

        Assert.Equal([(nameof(OrderForm.District), "orders.rule_district")], Faults(Anybody with { District = "" }, rule));
        Assert.True(Fits(Anybody with { City = "广州市", District = "" }, rule));
    }

    [Theory]
    [InlineData("44", false)]
    [InlineData("4401", false)]
    [InlineData("440106", false)]
    [InlineData("4403", true)]
    public void The_region_of_an_id_card_is_how_its_number_begins(string code, bool fits)
    {
        Assert.Equal(fits, Fits(Anybody, new EligibilityRule.IdRegion(Only: false, [code])));
        Assert.Equal(!fits, Fits(Anybody, new EligibilityRule.IdRegion(Only: true, [code])));
    }

    [Fact]
    public void Only_what_lives_counts_for_the_five_cards()
    {
        PastOrder[] four = [.. Enumerable.Range(0, 4).Select(_ => Past(400))];
        var rule = new EligibilityRule.LiveCards(5);
        bool With(PastOrder fifth) => Fits(Anybody with { Past = [.. four, fifth] }, rule);

        Assert.False(With(Past(300)));
        Assert.False(With(Past(0, OrderState.AwaitingPayment, NetworkState.None)));
        Assert.True(With(Past(300, network: NetworkState.Cancelled)));
        Assert.True(With(Past(300, OrderState.Returned)));
        Assert.True(With(Past(300, carrier: Carrier.Mobile)));
        Assert.True(With(Past(300, same: ApplicantKey.Phone)));
        Assert.True(With(Past(300) with { IsPhoneCard = false }));
    }

    [Theory]
    [InlineData(OrderState.AwaitingPayment, false)]
    [InlineData(OrderState.Returned, false)]
    [InlineData(OrderState.Closed, true)]
    [InlineData(OrderState.Failed, true)]
    public void An_order_that_came_to_nothing_is_no_repeat(OrderState state, bool fits) => Assert.Equal(
        fits, Fits(Anybody with { Past = [Past(1, state, NetworkState.None)] }, new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 1, 30)));

    [Theory]
    [InlineData(RepeatScope.Product, true, true, false)]
    [InlineData(RepeatScope.Carrier, false, true, false)]
    [InlineData(RepeatScope.Operator, false, false, false)]
    public void Repeats_are_looked_for_in_their_scope(RepeatScope scope, bool otherProduct, bool otherCarrier, bool same)
    {
        var rule = new EligibilityRule.Repeat(ApplicantKey.Phone, scope, 1, 30);
        bool With(PastOrder order) => Fits(Anybody with { Past = [order] }, rule);

        Assert.Equal(otherProduct, With(Past(1, same: ApplicantKey.Phone)));
        Assert.Equal(otherCarrier, With(Past(1, same: ApplicantKey.Phone, carrier: Carrier.Mobile)));
        Assert.Equal(same, With(Past(1, same: ApplicantKey.Phone, thisProduct: true)));
        Assert.True(With(Past(1, same: ApplicantKey.Address, thisProduct: true)));
    }

    [Fact]
    public void The_first_possible_day_is_told()
    {
        var rule = new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 2, 30);

        var fault = Assert.Single(Eligibility.Faults(Card(rule), Anybody with { Past = [Past(40), Past(10), Past(3), Past(20)] }, Today));

        Assert.Equal([1, 30, 2, Today.AddDays(20)], fault.Arguments);
    }

    [Fact]
    public void The_first_possible_day_is_possible_and_the_day_before_is_not()
    {
        var gen = Gen.Select(Gen.Int[0, 90].Array[0, 12], Gen.Int[1, 5], Gen.Int[1, 60]);
        gen.Sample((days, most, window) =>
        {
            var rule = new EligibilityRule.Repeat(ApplicantKey.Address, RepeatScope.Carrier, most, window);
            var applicant = Anybody with { Past = [.. days.Select(d => Past(d, same: ApplicantKey.Address))] };
            var refused = Eligibility.Faults(Card(rule), applicant, Today).Select(f => (DateOnly)f.Arguments[^1]).ToList();
            Assert.Equal(refused.Count > 0, days.Count(d => d < window) >= most);
            foreach (var free in refused)
            {
                Assert.Empty(Eligibility.Faults(Card(rule), applicant, free));
                Assert.NotEmpty(Eligibility.Faults(Card(rule), applicant, free.AddDays(-1)));
            }
        });
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Several_cards_at_once_count_as_if_they_were_ordered_one_by_one(int wanted, bool fits)
    {
        var rule = new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Carrier, 5, 30);
        var applicant = Anybody with { Past = [Past(40), Past(10), Past(3)], Wanted = wanted };

        var faults = Eligibility.Faults(Card(rule), applicant, Today);

        Assert.Equal(fits, faults.Count == 0);
        Assert.All(faults, f => Assert.Equal((nameof(OrderForm.Quantity), "orders.rule_repeat_quantity", 3), (f.Field, f.Code, f.Arguments[^1])));
    }

    [Fact]
    public void More_rules_never_let_more_people_through()
    {
        EligibilityRule[] rules =
        [
            new EligibilityRule.Age(18, 60), new EligibilityRule.Delivery(Only: false, [new("44")]), new EligibilityRule.IdRegion(Only: true, ["44", "31"]),
            new EligibilityRule.LiveCards(1), new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Operator, 1, 30), new EligibilityRule.Blacklist(),
            new EligibilityRule.Declaration("我不是军人"),
        ];
        var people = from year in Gen.Int[1950, 2015]
                     from province in Gen.OneOf("44", "31", "54")
                     from declares in Gen.Bool
                     from past in Gen.Int[0, 60].Array[0, 3]
                     from key in Gen.Enum<ApplicantKey>()
                     from listed in Gen.Bool
                     select Anybody with
                     {
                         Id = Born($"{year}0307", province + "0106"),
                         Province = province,
                         Declares = declares,
                         Past = [.. past.Select(d => Past(d, same: key))],
                         Listed = listed ? [key] : [],
                     };
        Gen.Select(people, Gen.Shuffle(rules), Gen.Int[0, rules.Length]).Sample((person, some, count) =>
        {
            var (fewer, all) = (Faults(person, some[..count]).ToList(), Faults(person, some).ToList());
            Assert.Equal(fewer, all[..fewer.Count]);
        });
    }

    [Fact]
    public void Everything_that_is_blacklisted_is_told_on_its_field() => Assert.Equal(
        [(nameof(OrderForm.Phone), "orders.rule_blacklist"), (nameof(OrderForm.Address), "orders.rule_blacklist")],
        Faults(Anybody with { Listed = [ApplicantKey.Phone, ApplicantKey.Address] }, new EligibilityRule.Blacklist()));

    [Fact]
    public void A_declaration_is_made_or_it_is_refused()
    {
        var rule = new EligibilityRule.Declaration("本人不是现役军人");

        Assert.Equal([(nameof(OrderForm.Declaration), "orders.rule_declaration")], Faults(Anybody, rule));
        Assert.True(Fits(Anybody with { Declares = true }, rule));
    }

    [Theory]
    [InlineData("广东省\n深圳市\n南山区\n科技园 18 号", "广东省深圳市南山区科技园１８号", true)]
    [InlineData("广东省\n深圳市\n南山区\n科技园 18-2 号", "广东省深圳市南山区科技园（18—2）号", true)]
    [InlineData("广东省\n深圳市\n南山区\n科技园 18 号", "广东省深圳市南山区科技园 81 号", false)]
    [InlineData("广东省\n深圳\n南山\n科技园 18 号", "广东深圳市南山区科技园18号", true)]
    [InlineData("云南省\n德宏傣族景颇族自治州\n芒市\n团结大街 8 号", "云南德宏州芒市团结大街8号", true)]
    [InlineData("广西壮族自治区\n南宁市\n青秀区\n民族大道 1 区 2 栋", "广西南宁青秀民族大道1区2栋", true)]
    [InlineData("广西壮族自治区\n南宁市\n青秀区\n民族大道 1 区 2 栋", "广西南宁青秀民族大道12栋", false)]
    public void Two_ways_to_write_an_address_are_one_address(string one, string other, bool same) =>
        Assert.Equal(same, AddressText.Key(one) == AddressText.Key(other));

    [Fact]
    public void Every_refusal_names_its_rule_in_both_languages()
    {
        var texts = new Texts([new("orders", typeof(OrdersModule).Assembly)]);
        var stranger = Anybody with
        {
            Past = [.. Enum.GetValues<ApplicantKey>().Select(k => Past(1, same: k))], Listed = [ApplicantKey.IdNumber], District = "", Wanted = 2,
        };
        EligibilityRule[] rules =
        [
            new EligibilityRule.Age(60, 65), new EligibilityRule.Delivery(Only: false, [new("44")]), new EligibilityRule.Delivery(Only: true, [new("31")]),
            new EligibilityRule.Delivery(Only: false, [new("44", "深圳市", "南山区")]), new EligibilityRule.IdRegion(Only: false, ["4401"]),
            new EligibilityRule.IdRegion(Only: true, ["31"]), new EligibilityRule.LiveCards(1), new EligibilityRule.Blacklist(),
            .. Enum.GetValues<ApplicantKey>().Select(k => new EligibilityRule.Repeat(k, RepeatScope.Operator, 1, 30)),
            new EligibilityRule.Repeat(ApplicantKey.IdNumber, RepeatScope.Operator, 2, 30), new EligibilityRule.Declaration("本人不是现役军人"),
        ];

        var faults = Eligibility.Faults(Card(rules), stranger, Today);

        Assert.Equal(Enumerable.Range(1, rules.Length), faults.Select(f => (int)f.Arguments[0]));
        foreach (var fault in faults)
        {
            var (zh, en) = (texts.Of(fault, new("zh-CN")), texts.Of(fault, new("en")));
            Assert.NotEqual(zh, en);
            Assert.Contains($"第 {fault.Arguments[0]} 条", zh, StringComparison.Ordinal);
            Assert.Contains($"ule {fault.Arguments[0]} ", en, StringComparison.Ordinal);
            Assert.DoesNotContain('{', zh + en);
        }
    }
}
