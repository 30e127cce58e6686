using HaoSuan.Leases;
using HaoSuan.Platform.Sheets;
using Xunit;

namespace HaoSuan.Tests.Unit.Leases;

public sealed class TermsRulesTests
{
    private static readonly ModelForm Filled = new()
    {
        Code = "mf-1",
        Name = "随身 WiFi",
        MonthlyFee = "30",
        Deposit = "100.00",
        MinMonths = "3",
        GraceDays = "5",
        BuyOut = "1 150.00\n\n4 ￥90\n",
        Damages = "屏幕 破裂 40.00\n缺适配器 15",
        OnOffer = "true",
    };

    public static LeaseTerms Terms => TermsRules.Read(Filled).Value.Terms;

    [Fact]
    public void A_model_is_read_as_it_was_typed_and_written_as_it_is_read()
    {
        var read = TermsRules.Read(Filled).Value;

        Assert.Equal(("MF-1", "随身 WiFi", true), (read.Code, read.Name, read.OnOffer));
        Assert.Equal(
            (new Money(30_00), new Money(100_00), 3, 5, Money.Zero),
            (Terms.MonthlyFee, Terms.Deposit, Terms.MinMonths, Terms.GraceDays, Terms.LateFee));
        Assert.Equal([new BuyOutPrice(1, new(150_00)), new BuyOutPrice(4, new(90_00))], Terms.BuyOut);
        Assert.Equal([new DamageItem("屏幕 破裂", new(40_00)), new DamageItem("缺适配器", new(15_00))], Terms.Damages);
        var again = TermsRules.Read(TermsRules.Write(new(default, read.Code, read.Name, read.Summary, read.OnOffer, read.Terms, 0))).Value;
        Assert.Equal((read.Terms.BuyOut, read.Terms.Damages), (again.Terms.BuyOut, again.Terms.Damages), Same);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_on_its_field() => Assert.Equal(
        ["BuyOut", "Code", "Damages", "Deposit", "GraceDays", "LateFee", "MinMonths", "MonthlyFee", "Name"],
        TermsRules.Read(new() { MonthlyFee = "0", Deposit = "-1", MinMonths = "0", GraceDays = "x", LateFee = "1,5", Damages = "屏幕" }).Refusals
            .Select(r => r.Field!).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("2 100")]
    [InlineData("1 100\n1 90")]
    [InlineData("1 100\n3 90\n2 80")]
    [InlineData("1 0")]
    [InlineData("一 100")]
    public void Prices_begin_with_the_first_month_and_rise(string text) =>
        Assert.Equal("leases.buy_out_line", Assert.Single(TermsRules.Read(Filled with { BuyOut = text }).Refusals).Code);

    [Fact]
    public void The_contract_states_what_may_be_charged_and_that_no_card_is_leased()
    {
        var plain = ContractText.Of("示例号卡", "随身 WiFi", Terms);
        var strict = ContractText.Of("示例号卡", "随身 WiFi", Terms with { LateFee = new(5_00) });

        Assert.Contains("电话卡和物联网卡不是租赁物", plain, StringComparison.Ordinal);
        Assert.Contains("始终登记在持卡人本人名下", plain, StringComparison.Ordinal);
        Assert.Contains("不收滞纳金", plain, StringComparison.Ordinal);
        Assert.Contains("滞纳金 ￥5.00", strict, StringComparison.Ordinal);
        Assert.Contains("第 4 个月起 ￥90.00", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Serial_numbers_are_read_from_the_column_that_names_them()
    {
        Assert.Equal(
            [new DeviceLine(2, "SN-00001"), new DeviceLine(4, "SN-00002")],
            DeviceLines.Of(SheetLines.Of("型号,序列号\nA,sn-00001\n\nA,SN-00002")).Value);
        Assert.Equal([new DeviceLine(1, "SN-00001")], DeviceLines.Of(SheetLines.Of("SN-00001")).Value);
    }

    [Fact]
    public void Faults_of_a_sheet_are_told_by_line()
    {
        var faults = DeviceLines.Of(SheetLines.Of("SN\nSN-00001\n设备\nSN-00001")).Refusals;

        Assert.Equal([("leases.line_no_serial", 3), ("leases.line_twice", 4)], faults.Select(f => (f.Code, (int)f.Arguments[0])));
        Assert.Equal("leases.no_devices", Assert.Single(DeviceLines.Of(SheetLines.Of("SN")).Refusals).Code);
    }

    private static bool Same((IReadOnlyList<BuyOutPrice>, IReadOnlyList<DamageItem>) a, (IReadOnlyList<BuyOutPrice>, IReadOnlyList<DamageItem>) b) =>
        a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2);
}
