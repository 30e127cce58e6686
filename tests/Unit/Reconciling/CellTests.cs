using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class CellTests
{
    [Theory]
    [InlineData("120.00", "120.00")]
    [InlineData("120", "120.00")]
    [InlineData("135.5", "135.50")]
    [InlineData("135.5000", "135.50")]
    [InlineData(".5", "0.50")]
    [InlineData(" 150.50 ", "150.50")]
    [InlineData("￥150.50", "150.50")]
    [InlineData("¥ 150.50", "150.50")]
    [InlineData("150.50元", "150.50")]
    [InlineData("RMB 1,234.50", "1234.50")]
    [InlineData("242,327.86", "242327.86")]
    [InlineData("1,234,567.8", "1234567.80")]
    [InlineData("１２０．５０", "120.50")]
    [InlineData("１，２３４．５０元", "1234.50")]
    [InlineData("`120.00", "120.00")]
    [InlineData("'120.00", "120.00")]
    [InlineData("=\"120.00\"", "120.00")]
    [InlineData("-80.00", "-80.00")]
    [InlineData("−80.00", "-80.00")]
    [InlineData("－80", "-80.00")]
    [InlineData("￥-80.00", "-80.00")]
    [InlineData("-￥80.00", "-80.00")]
    [InlineData("80.00-", "-80.00")]
    [InlineData("(80.00)", "-80.00")]
    [InlineData("（80.00）", "-80.00")]
    [InlineData("￥(1,080.00)", "-1080.00")]
    [InlineData("+80.00", "80.00")]
    [InlineData("0", "0.00")]
    [InlineData("-", "0.00")]
    [InlineData("", "0.00")]
    [InlineData("10000000000", "10000000000.00")]
    public void An_amount_is_read_to_the_fen(string cell, string amount) => Assert.Equal(amount, Sheets.AmountOf(cell));

    [Theory]
    [InlineData("1.005", "sheets.fraction_of_fen")]
    [InlineData("1,23", "sheets.not_an_amount")]
    [InlineData("12,34.5", "sheets.not_an_amount")]
    [InlineData("1,234,56", "sheets.not_an_amount")]
    [InlineData("1.234,50", "sheets.not_an_amount")]
    [InlineData("--5", "sheets.not_an_amount")]
    [InlineData("(-5)", "sheets.not_an_amount")]
    [InlineData("1.2.3", "sheets.not_an_amount")]
    [InlineData("1.2万", "sheets.not_an_amount")]
    [InlineData("12%", "sheets.not_an_amount")]
    [InlineData("#REF!", "sheets.not_an_amount")]
    [InlineData("1.35E+2", "sheets.scientific")]
    [InlineData("10000000000.01", "sheets.amount_too_large")]
    [InlineData("99999999999999999999999999", "sheets.amount_too_large")]
    public void What_is_no_amount_is_refused(string cell, string code) => Assert.Equal(code, Sheets.AmountFault(cell));

    [Fact]
    public void A_column_in_fen_is_read_in_fen() =>
        Assert.Equal(12050, Sheets.Read("订单号,佣金(分)\nA1,\"12,050\"\n").Value.Entries.Single().Amount.Minor);

    [Theory]
    [InlineData("2026/3/5 9:00")]
    [InlineData("2026/03/05")]
    [InlineData("2026-03-05 09:00:00")]
    [InlineData("2026-3-5")]
    [InlineData("2026.3.5")]
    [InlineData("2026-03-05T09:00:00+08:00")]
    [InlineData("20260305")]
    [InlineData("20260305 09:00")]
    [InlineData("202603050900")]
    [InlineData("20260305090000")]
    [InlineData("2026年3月5日")]
    [InlineData("2026年03月05日 9时30分")]
    [InlineData("２０２６年３月５日")]
    [InlineData("46086")]
    [InlineData("46086.375")]
    [InlineData("46086.999988")]
    [InlineData("`20260305")]
    public void A_date_is_read_by_its_day(string cell) =>
        Assert.Equal(new DateOnly(2026, 3, 5).DayNumber, Sheets.One("激活时间", cell).Day);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("NULL")]
    public void No_date_is_none(string cell) => Assert.Equal(0, Sheets.One("激活时间", cell).Day);

    [Theory]
    [InlineData("20260230")]
    [InlineData("2026/13/1")]
    [InlineData("2026/3")]
    [InlineData("3/5/2026")]
    [InlineData("20260305250000")]
    [InlineData("昨天")]
    [InlineData("123")]
    public void What_is_no_date_is_refused_with_row_and_column(string cell) =>
        Assert.Equal(("sheets.not_a_date", 2, "C"), Sheets.Fault("激活时间", cell));

    [Theory]
    [InlineData("202603")]
    [InlineData("2026-03")]
    [InlineData("2026/3")]
    [InlineData("2026年3月")]
    [InlineData("2026年03月账期")]
    [InlineData("2026-03-01")]
    [InlineData("20260301-20260331")]
    [InlineData("46086")]
    public void A_period_is_read_as_its_month(string cell)
    {
        if (cell.Contains('-') && cell.Length == 17) cell = cell.Replace("-", "~");

        Assert.Equal(new Month(2026, 3), Sheets.One("结算月份", cell).Period);
    }

    [Theory]
    [InlineData("202613")]
    [InlineData("3月")]
    [InlineData("上月")]
    public void What_is_no_month_is_refused(string cell) => Assert.Equal(("sheets.not_a_month", 2, "C"), Sheets.Fault("账期", cell));

    [Theory]
    [InlineData("18676397250")]
    [InlineData(" 186 7639 7250 ")]
    [InlineData("186-7639-7250")]
    [InlineData("+86 18676397250")]
    [InlineData("8618676397250")]
    [InlineData("008618676397250")]
    [InlineData("１８６７６３９７２５０")]
    [InlineData("`18676397250")]
    [InlineData("18676397250.0")]
    public void A_phone_is_its_digits(string cell) => Assert.Equal("18676397250", Sheets.One("手机号", cell).Phone.ToString());

    [Theory]
    [InlineData("186****7250")]
    [InlineData("186＊＊＊＊7250")]
    [InlineData("186••••7250")]
    public void A_masked_phone_keeps_its_mask(string cell) => Assert.Equal("186****7250", Sheets.One("手机号", cell).Phone.ToString());

    [Theory]
    [InlineData("`89865578093840249697")]
    [InlineData("'89865578093840249697")]
    [InlineData("89865578093840249697 ")]
    [InlineData("8986 5578 0938 4024 9697")]
    [InlineData("=\"89865578093840249697\"")]
    public void An_iccid_is_its_digits(string cell) => Assert.Equal("89865578093840249697", Sheets.One("ICCID", cell).Iccid.ToString());

    [Theory]
    [InlineData("手机号", "1.39E+10")]
    [InlineData("手机号", "1.86764E10")]
    [InlineData("ICCID", "8.98656E+19")]
    [InlineData("卡串号", "8.98655780938402E19")]
    public void Digits_that_a_spreadsheet_dropped_are_refused_with_row_and_column(string header, string cell) =>
        Assert.Equal(("sheets.scientific", 2, "C"), Sheets.Fault(header, cell));

    [Fact]
    public void An_order_number_with_an_e_is_an_order_number() =>
        Assert.Equal("12E5", Sheets.Read("订单号,佣金\n12e5,1\n").Value.Entries.Single().Order.ToString());

    [Fact]
    public void A_scientific_order_number_is_refused() =>
        Assert.Equal("sheets.scientific", Sheets.Read("订单号,佣金\n2.02603E+14,1\n").Refusals.Single().Code);

    [Theory]
    [InlineData("HS2026030000000")]
    [InlineData("hs2026030000000 ")]
    [InlineData(" Hs2026030000000")]
    [InlineData("ＨＳ２０２６０３００００００0")]
    public void An_order_number_is_trimmed_and_case_folded(string cell) =>
        Assert.Equal("HS2026030000000", Sheets.Read($"订单号,佣金\n{cell},1\n").Value.Entries.Single().Order.ToString());

    [Theory]
    [InlineData("ORDER/2026#03-号")]
    [InlineData("A123456789012345678901234567890123456789")]
    public void An_order_number_may_be_anything(string order) =>
        Assert.Equal(order, Sheets.Read($"订单号,佣金\n{order},1\n").Value.Entries.Single().Reference);
}
