using HaoSuan.Orders;
using HaoSuan.Platform;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class FormRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);
    private static readonly Terms Plain = new(PicksNumber: false, IsPaid: false);

    private static readonly OrderForm Filled = new()
    {
        Name = "张三丰",
        IdNumber = Id("44010619900307123"),
        Phone = "13800138000",
        Province = "44",
        City = "广州市",
        District = "天河区",
        Address = "北京路 18 号 3 栋 502",
        Consent = "true",
    };

    private static string Id(string digits) => digits + IdNumber.CheckOf(digits);

    private static IEnumerable<(string? Field, string Code)> Faults(OrderForm form, Terms? terms = null) =>
        FormRules.Faults(CleanForm.Of(form), terms ?? Plain, Today).Select(f => (f.Field, f.Code));

    [Fact]
    public void A_good_form_has_no_fault() => Assert.Empty(Faults(Filled));

    [Fact]
    public void What_people_type_is_read_kindly() => Assert.Empty(Faults(Filled with
    {
        Name = " 张三丰 ",
        IdNumber = "440106 19900307 " + Filled.IdNumber![14..],
        Phone = "+86 138-0013-8000",
        Province = "４４",
    }));

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_on_its_field()
    {
        var faults = Faults(new(), Plain with { PicksNumber = true, IsPaid = true });

        Assert.Equal(
            [
                (nameof(OrderForm.Number), "orders.number_required"), (nameof(OrderForm.Name), "orders.name_required"),
                (nameof(OrderForm.IdNumber), "orders.id_number_required"), (nameof(OrderForm.Phone), "orders.phone"),
                (nameof(OrderForm.Province), "orders.province_required"), (nameof(OrderForm.City), "orders.city"),
                (nameof(OrderForm.Address), "orders.address_short"), (nameof(OrderForm.Channel), "orders.channel_required"),
                (nameof(OrderForm.Consent), "orders.consent_required"),
            ],
            faults);
    }

    [Theory]
    [InlineData("张", "orders.name")]
    [InlineData("Zhang San", "orders.name")]
    [InlineData("张3", "orders.name")]
    [InlineData("·张三", "orders.name")]
    [InlineData("阿卜杜拉·买买提", null)]
    public void A_name_is_the_one_on_the_id_card(string name, string? code) =>
        Assert.Equal(code is null ? [] : [(nameof(OrderForm.Name), code)], Faults(Filled with { Name = name }));

    [Fact]
    public void Nobody_is_born_tomorrow() =>
        Assert.Equal([(nameof(OrderForm.IdNumber), "orders.id_number_birth")], Faults(Filled with { IdNumber = Id("44010620270101123") }));

    [Theory]
    [InlineData("12800138000")]
    [InlineData("1380013800")]
    [InlineData("138001380000")]
    [InlineData("010-12345678")]
    public void A_phone_number_has_eleven_digits(string phone) =>
        Assert.Equal([(nameof(OrderForm.Phone), "orders.phone")], Faults(Filled with { Phone = phone }));

    [Theory]
    [InlineData("短地址", "orders.address_short")]
    [InlineData("123456789", "orders.address_no_place")]
    [InlineData("广东省广州市天河区某路 1 号", "orders.address_repeats")]
    [InlineData("广东省内某路口 1 号", "orders.address_repeats")]
    [InlineData("广州市天河区某路 1 号", "orders.address_repeats")]
    [InlineData("北京路步行街 1 号", null)]
    public void An_address_says_the_street_and_does_not_repeat_the_province(string address, string? code) =>
        Assert.Equal(code is null ? [] : [(nameof(OrderForm.Address), code)], Faults(Filled with { Address = address }));

    [Fact]
    public void A_form_does_not_print_itself() => Assert.DoesNotContain("张", $"{Filled} {CleanForm.Of(Filled)}", StringComparison.Ordinal);

    [Fact]
    public void Every_refusal_has_its_words_in_both_languages()
    {
        var texts = new Texts([new("orders", typeof(OrdersModule).Assembly)]);
        var faults = FormRules.Faults(CleanForm.Of(Filled with { Consent = null, Phone = "1" }), Plain with { IsPaid = true }, Today);

        foreach (var fault in faults)
        {
            var (zh, en) = (texts.Of(fault, new("zh-CN")), texts.Of(fault, new("en")));
            Assert.NotEqual(zh, en);
            Assert.Contains(zh, c => c > 0x4e00);
            Assert.DoesNotContain('{', zh + en);
        }
    }
}
