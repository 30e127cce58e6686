using HaoSuan.Payments;
using Xunit;

namespace HaoSuan.Tests.Unit.Payments;

/// <summary>Files in the shapes in which the platforms publish them, with their oddities.</summary>
public sealed class BillTests
{
    private const string WeChatFunds = """
        记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
        `2021-02-01 13:54:01,`5030080696202102010,`4200000920202101,`退款,`退款,`支出,`0.01,`0.22,`1900API,`退款总金额0.01元;含手续费0.00元,`S20210201135356381941
        `2021-02-01 14:00:45,`4200000846202101197461830397,`4200000846202101197461830397,`交易,`交易,`收入,`0.02,`0.24,`1900API,`备注,带逗号,`S20210201140044552846
        资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
        `2,`1,`0.02,`1,`0.01
        """;

    private const string AlipayTrades = """
        #支付宝业务明细查询
        #账号：[20880000000000000156]
        #起始日期：[2026年03月05日 00:00:00]   终止日期：[2026年03月06日 00:00:00]
        #-----------------------------------------业务明细列表----------------------------------------
        支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,对方账户,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注
        2026030522001	,HS1P1	,交易	,流量卡, 29元,2026-03-05 10:00:00,2026-03-05 10:00:09,*三(159****5620),10.00,9.90,	,-0.06,
        2026030522001	,HS1P1	,退款	,流量卡, 29元,2026-03-05 10:00:00,2026-03-05 11:00:00,*三(159****5620),-1.00,-1.00,HS1P1R1	,0.01,
        #-----------------------------------------业务明细列表结束------------------------------------
        #导出时间：[2026年03月06日 09:00:00]
        """;

    private const string AlipayTotals = """
        #支付宝业务汇总查询
        门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,服务费（元）
        合计	,	,1	,1	,9.00	,8.90	,-0.05
        """;

    [Fact]
    public void A_fund_flow_of_WeChat_Pay_is_read_with_commas_in_its_remarks()
    {
        var lines = WeChatBill.Funds(WeChatFunds);

        Assert.Equal(
            [(BillLineType.Refund, new Money(-1), "S20210201135356381941"), (BillLineType.Payment, new(2), "S20210201140044552846")],
            lines.Select(l => (l.Type, l.Amount, l.OurNo)));
        Assert.Equal(new Money(24), lines[1].Balance);
    }

    [Theory]
    [InlineData("`2,`1,`0.02,`1,`0.01", "`3,`1,`0.02,`1,`0.01", "payments.bill_rows")]
    [InlineData("`2,`1,`0.02,`1,`0.01", "`2,`1,`0.03,`1,`0.01", "payments.bill_totals")]
    [InlineData("`2,`1,`0.02,`1,`0.01", "", "payments.bill_no_totals")]
    [InlineData("`0.22", "`0.225", "payments.bill_amount")]
    [InlineData("收支类型", "收支方向", "payments.bill_column")]
    [InlineData("`退款,`退款,", "`退款,", "payments.bill_row")]
    [InlineData("`2021-02-01 13:54:01", "`2021-02-01", "payments.bill_time")]
    [InlineData("记账时间", "<html>记账时间", "payments.bill_unfit")]
    public void A_file_that_is_not_what_it_should_be_is_refused(string text, string instead, string code) =>
        Assert.Equal(code, Assert.Throws<BillFaultException>(
            () => WeChatBill.Funds(WeChatFunds.Replace(text, instead, StringComparison.Ordinal))).Refusal.Code);

    [Fact]
    public void A_trade_bill_of_Alipay_is_read_with_commas_in_its_goods()
    {
        var lines = AlipayBill.Trades(AlipayTrades, AlipayTotals);

        Assert.Equal(
            [(BillLineType.Payment, "HS1P1", new Money(9_90), new Money(6)), (BillLineType.Refund, "HS1P1R1", new(-1_00), new(-1))],
            lines.Select(l => (l.Type, l.OurNo, l.Amount, l.Fee)));
    }

    [Fact]
    public void The_totals_of_Alipay_are_compared() =>
        Assert.Equal("payments.bill_totals", Assert.Throws<BillFaultException>(
            () => AlipayBill.Trades(AlipayTrades, AlipayTotals.Replace("8.90", "8.91", StringComparison.Ordinal))).Refusal.Code);

    [Theory]
    [InlineData("0.00", "-393.00")]
    [InlineData("", "393.00")]
    public void A_fund_flow_of_Alipay_writes_what_is_spent_with_or_without_a_minus(string income, string spent)
    {
        var line = Assert.Single(AlipayBill.Funds($"""
            #支付宝账务明细查询
            账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注
            54629090595411	,2012122948927762	,3226533	,机票	,2012-12-29 20:31:32,133****6885,{income},{spent},12261.39,支付宝,交易退款,
            #支出合计：1笔，共393.00元
            #收入合计：0笔，共0.00元
            """));

        Assert.Equal((BillLineType.Refund, new Money(-393_00), "3226533"), (line.Type, line.Amount, line.OurNo));
    }
}
