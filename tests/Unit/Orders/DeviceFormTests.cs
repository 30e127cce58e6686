using CsCheck;
using HaoSuan.Orders;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class DeviceFormTests
{
    private static readonly OrderForm Filled = new() { Quantity = "5", Use = "仓库温湿度采集器联网上报", NoResale = "true" };

    private static IEnumerable<(string? Field, string Code)> Faults(OrderForm form, bool isPaid = false) =>
        DeviceForm.Of(form).Faults(isPaid).Select(f => (f.Field, f.Code));

    [Fact]
    public void A_person_and_a_company_buy_for_a_stated_use()
    {
        Assert.Empty(Faults(Filled));
        Assert.Empty(Faults(Filled with { Quantity = " ５ ", Company = "福州某某科技有限公司", CreditCode = "91350100m000100y43" }));
    }

    [Fact]
    public void Everything_that_is_missing_is_told_on_its_field() => Assert.Equal(
        [(nameof(OrderForm.Quantity), "orders.quantity"), (nameof(OrderForm.Use), "orders.use"), (nameof(OrderForm.NoResale), "orders.no_resale")],
        Faults(new()));

    [Theory]
    [InlineData("0")]
    [InlineData("51")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_quantity_is_one_to_fifty(string quantity) =>
        Assert.Equal([(nameof(OrderForm.Quantity), "orders.quantity")], Faults(Filled with { Quantity = quantity }));

    [Fact]
    public void What_is_paid_for_when_ordering_is_bought_one_by_one()
    {
        Assert.Equal([(nameof(OrderForm.Quantity), "orders.quantity_paid")], Faults(Filled, isPaid: true));
        Assert.Empty(Faults(Filled with { Quantity = "1" }, isPaid: true));
    }

    [Fact]
    public void A_company_has_a_credit_code_and_a_code_a_company()
    {
        Assert.Equal([(nameof(OrderForm.CreditCode), "orders.credit_code")], Faults(Filled with { Company = "某某公司" }));
        Assert.Equal([(nameof(OrderForm.Company), "orders.company_missing")], Faults(Filled with { CreditCode = "91350100M000100Y43" }));
    }

    // The example of GB 32100, and published ones.
    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("914403001922038216", true)]
    [InlineData("91350100M000100Y34", false)]
    [InlineData("91350100I000100Y43", false)]
    [InlineData("91350100M000100Y4", false)]
    public void A_credit_code_checks_itself(string code, bool isValid) => Assert.Equal(isValid, CreditCode.IsValid(code));

    [Fact]
    public void Of_all_check_characters_one_is_right() => Gen.Char["0123456789ABCDEFGHJKLMNPQRTUWXY"].Array[17].Select(c => new string(c)).Sample(code =>
        Assert.Single("0123456789ABCDEFGHJKLMNPQRTUWXY", c => CreditCode.IsValid(code + c)));
}
