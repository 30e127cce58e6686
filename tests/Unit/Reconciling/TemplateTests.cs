using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class TemplateTests
{
    private const string Sheet = "甲,乙,丙,丁,戊\n说明,,,,\n编码,实付,备注,情况,套餐\nA1,12000,,开着,大\nA2,0,,关了,小\nA3,500,作废,开着,小\nA4,700,,开着,小\n";

    private const string Json = """
        {
          "name": "某省", "version": 3, "header_row": 3, "unit": "fen",
          "columns": { "order": "编码", "amount": "B", "status": "情况", "product": "套餐" },
          "values": { "status": { "开着": "in_service", "关了": "suspended" }, "product": { "大": "星卡29元" } },
          "skip": [ { "column": "备注", "value": "作废" }, { "row": 7 } ]
        }
        """;

    [Fact]
    public void A_template_says_how_a_sheet_is_read()
    {
        var entries = Sheets.Read(Sheet, Template(Json).Value).Value.Entries;

        Assert.Equal(["A1 120.00 InService 星卡29元", "A2 0.00 Suspended 小"], entries.Select(e => $"{e.Reference} {e.Amount} {e.Standing} {e.Product}"));
    }

    [Fact]
    public void Without_a_header_row_the_first_row_with_all_columns_is_taken() =>
        Assert.Equal(3, Sheets.Read(Sheet, Template("""{"columns":{"order":"编码","amount":"实付"}}""").Value).Value.Layout.HeaderRow);

    [Fact]
    public void A_sheet_without_a_header_is_read_by_letters() =>
        Assert.Equal(["A1", "A2"], Sheets.Read("x,A1,5\ny,A2,6\n", Template("""{"header_row":0,"columns":{"order":"B","amount":"C"}}""").Value)
            .Value.Entries.Select(e => e.Reference));

    [Fact]
    public void A_template_that_does_not_fit_says_which_column_is_not_there()
    {
        var refusal = Sheets.Read("订单号,佣金\nA1,1\n", Template("""{"header_row":1,"columns":{"order":"订单号","amount":"酬金额度"}}""").Value).Refusals.Single();

        Assert.Equal(("sheets.no_such_column", "酬金额度"), (refusal.Code, refusal.Arguments[1]));
        Assert.Equal("模板中 金额 的列“酬金额度”在表头里找不到", SheetTexts.Of(refusal));
    }

    [Fact]
    public void What_was_proposed_can_be_saved_and_reads_the_same()
    {
        const string csv = "某省,,\n订单号,结算金额(分),用户状态\nA1,12000,在网\n";
        var proposed = Sheets.Read(csv).Value;

        var again = Sheets.Read(csv, Template(TemplateFile.Write(proposed.Layout.Template)).Value).Value;

        Assert.Equal(proposed.Entries, again.Entries);
    }

    [Theory]
    [InlineData("", "sheets.template_invalid")]
    [InlineData("null", "sheets.template_empty")]
    [InlineData("[]", "sheets.template_invalid")]
    [InlineData("""{"colums":{}}""", "sheets.template_invalid")]
    [InlineData("""{"columns":{"price":"B"}}""", "sheets.template_invalid")]
    [InlineData("""{"columns":{"order":"A"}}""", "sheets.template_without_amount")]
    [InlineData("""{"columns":{"amount":"A"}}""", "sheets.template_without_key")]
    [InlineData("""{"header_row":99}""", "sheets.template_header_row")]
    [InlineData("""{"columns":null}""", "sheets.template_invalid")]
    [InlineData("""{"values":{"status":{"停机":"off"}}}""", "sheets.template_status")]
    public void A_wrong_template_is_refused(string json, string code) => Assert.Equal(code, Template(json).Refusals[0].Code);

    private static Result<SheetTemplate> Template(string json) => TemplateFile.Read(Encoding.UTF8.GetBytes(json));
}
