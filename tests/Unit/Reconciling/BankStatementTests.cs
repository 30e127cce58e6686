using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class BankStatementTests
{
    private const string TwoColumns = """
        账号：4400****1234,,,,,,
        交易日期,交易流水号,借方发生额,贷方发生额,余额(元),对方户名,摘要
        20260301,A1,,"1,200.00","11,200.00",上游有限公司,佣金
        20260302,A2,200.00,,"11,000.00",王小明,服务费
        合计,,200.00,1200.00,,,
        """;

    private const string OneColumn = """
        记账日期,流水号,借贷标志,交易金额,账户余额,对方名称,用途
        2026-03-02,A2,借,￥200.00,11000.00,王小明,服务费
        2026-03-01,A1,贷,￥1200.00,11200.00,上游有限公司,佣金
        """;

    private static Result<BankStatement> Read(string text) =>
        BankStatement.Read([.. SheetLines.Read(Encoding.UTF8.GetBytes(text)).Value.Select(l => (l.Number, l.Cells))]);

    [Fact]
    public void What_came_in_and_went_out_is_read_from_two_columns() => Assert.Equal(
        [new BankMovement(3, new(2026, 3, 1), new(1200_00), new(11200_00), "A1", "上游有限公司", "佣金"),
            new BankMovement(4, new(2026, 3, 2), new(-200_00), new(11000_00), "A2", "王小明", "服务费")],
        Read(TwoColumns).Value.Movements);

    [Fact]
    public void And_from_one_amount_with_its_direction_the_newest_first() => Assert.Equal(
        [("A2", -200_00L), ("A1", 1200_00L)], Read(OneColumn).Value.Movements.Select(m => (m.Serial, m.Amount.Minor)));

    [Theory]
    [InlineData("11,000.00", "11,001.00", "sheets.bank_balance")]
    [InlineData("20260302", "三月", "sheets.not_a_date")]
    [InlineData("A2", "", "sheets.bank_no_serial")]
    [InlineData("A2", "1.39E+10", "sheets.scientific")]
    [InlineData("200.00,,", "2OO,,", "sheets.not_an_amount")]
    [InlineData("200.00,,", ",,", "sheets.not_an_amount")]
    [InlineData("交易流水号", "编号", "sheets.bank_no_header")]
    public void What_is_wrong_is_refused_with_its_place(string right, string wrong, string code)
    {
        var refused = Read(TwoColumns.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(code, refused.Refusals[0].Code);
        Assert.DoesNotContain('{', SheetTexts.Of(refused.Refusals[0]));
    }

    [Fact]
    public void A_direction_that_says_nothing_is_refused() =>
        Assert.Equal("sheets.bank_direction", Read(OneColumn.Replace("借,", "？,", StringComparison.Ordinal)).Refusals[0].Code);

    [Fact]
    public void A_file_without_a_movement_is_refused() =>
        Assert.Equal("sheets.bank_empty", Read("交易日期,交易流水号,收入,支出\n").Refusals[0].Code);

    [Fact]
    public void Without_balances_amounts_are_believed() =>
        Assert.Equal(2, Read("交易日期,交易流水号,收入,支出\n20260301,A1,5,\n20260301,A2,,3\n").Value.Movements.Count);
}
