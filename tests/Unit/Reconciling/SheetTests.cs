using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class SheetTests
{
    private const string Plain = "渠道订单号,酬金\nA1,120.00\nA2,80.00\n";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("GB18030", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void The_encoding_is_told_by_content(string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Plain + "A3,￥1元\n")];

        Assert.Equal(20100, Sheet.Read(bytes).Value.Entries.Sum(e => e.Amount.Minor));
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    [InlineData('|')]
    public void The_delimiter_is_told_by_content(char delimiter) =>
        Assert.Equal(2, Sheets.Read(Plain.Replace(',', delimiter)).Value.Entries.Count);

    [Fact]
    public void Line_ends_of_any_kind_and_quotes_are_read()
    {
        var rows = Sheets.Read("订单号,产品,佣金\r\n\"A1\",\"星卡\"\"29\"\",流量\",\"1,200.00\"\rA2,卡5\"寸,1\n").Value.Entries;

        Assert.Equal(["星卡\"29\",流量", "卡5\"寸"], rows.Select(r => r.Product));
        Assert.Equal("1200.00", rows[0].Amount.ToString());
    }

    [Fact]
    public void Banners_above_and_notes_below_are_left_out()
    {
        var rows = Sheets.Read($"某省分公司2026年03月渠道酬金结算明细\n渠道编码:GD0001,,制表时间:2026/4/8\n\n{Plain}合计,200\n\n制表人:张三,\n备注:本表含税\n").Value;

        Assert.Equal((4, 2), (rows.Layout.HeaderRow, rows.Entries.Count));
        Assert.Equal([5, 6], rows.Entries.Select(e => e.Row));
    }

    [Theory]
    [InlineData("合计")]
    [InlineData("总计:")]
    [InlineData("总 计")]
    [InlineData("小计")]
    [InlineData("TOTAL")]
    [InlineData("合计(元)")]
    public void Totals_are_checked_and_left_out(string word)
    {
        Assert.Equal(2, Sheets.Read($"{Plain}{word},200.00\n").Value.Entries.Count);
        Assert.Equal("sheets.total_differs", Sheets.Read($"{Plain}{word},200.01\n").Refusals.Single().Code);
    }

    [Fact]
    public void A_total_that_does_not_add_up_says_where_and_by_how_much()
    {
        var refusal = Sheets.Read($"{Plain}合计,\"￥1,200.00\"\n").Refusals.Single();

        Assert.Equal("Row 4, column B (酬金): the total says 1200.00, the rows add up to 200.00",
            SheetTexts.Of(refusal, System.Globalization.CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public void Subtotals_and_the_total_are_both_checked() =>
        Assert.Equal(3, Sheets.Read($"{Plain}小计,200\nA3,50\n小计,50\n总计,250\n").Value.Entries.Count);

    [Fact]
    public void A_total_without_a_word_is_known_by_its_amount()
    {
        Assert.Equal(2, Sheets.Read($"{Plain},200.00\n").Value.Entries.Count);
        Assert.Equal(("sheets.nobody", 4), Sheets.Read($"{Plain},199.00\n").Refusals.Single() is var r ? (r.Code, (int)r.Arguments[0]) : default);
    }

    [Fact]
    public void A_total_may_stand_in_any_column() =>
        Assert.Equal(2, Sheets.Read("序号,渠道订单号,酬金\n1,A1,1\n2,A2,2\n3,合计,3\n").Value.Entries.Count);

    [Fact]
    public void A_total_in_words_is_left_out() =>
        Assert.Equal(2, Sheets.Read($"{Plain}合计(大写),贰佰元整\n").Value.Entries.Count);

    [Fact]
    public void A_signature_below_is_left_out() =>
        Assert.Equal(2, Sheets.Read($"{Plain}合计,200\n制表人:张三,审核人:李四\n").Value.Entries.Count);

    [Fact]
    public void An_order_without_an_amount_is_paid_nothing() =>
        Assert.Equal(["120.00", "80.00", "0.00"], Sheets.Read($"{Plain}A3,\n").Value.Entries.Select(e => e.Amount.ToString()));

    [Fact]
    public void A_header_on_every_page_is_left_out() => Assert.Equal(3, Sheets.Read(Plain + "渠道订单号,酬金\nA3,1\n").Value.Entries.Count);

    [Fact]
    public void Every_fault_is_told_with_row_and_column()
    {
        var refusals = Sheets.Read("订单号,手机号,佣金,激活时间\nA1,1.39E+10,12x,昨天\nA2,1.40E+10,1,2026/3/5\n").Refusals;

        Assert.Equal([("sheets.scientific", 2, "B"), ("sheets.not_an_amount", 2, "C"), ("sheets.not_a_date", 2, "D"), ("sheets.scientific", 3, "B")],
            refusals.Select(r => (r.Code, (int)r.Arguments[0], (string)r.Arguments[1])));
    }

    [Fact]
    public void A_fault_is_one_line()
    {
        var refusal = Sheets.Read($"订单号,\"佣金\n(元)\"\nA1,\"1x\n{new string('9', 99)}\"\n").Refusals.Single();

        var text = SheetTexts.Of(refusal);

        Assert.DoesNotContain('\n', text);
        Assert.InRange(text.Length, 1, 120);
    }

    [Fact]
    public void Of_many_faults_a_thousand_are_told()
    {
        var refusals = Sheets.Read("订单号,佣金\n" + string.Concat(Enumerable.Repeat("A1,x1\n", 1500))).Refusals;

        Assert.Equal((1001, "sheets.more_faults", 500), (refusals.Count, refusals[^1].Code, refusals[^1].Arguments[0]));
    }

    [Fact]
    public void A_quote_that_never_ends_is_refused_with_its_row() =>
        Assert.Equal(("sheets.unclosed_quote", 3), Sheets.Read("订单号,佣金,备注\nA1,1,\nA2,2,\"好\nA3,3,\nA4,4,\n").Refusals.Single() is var r
            ? (r.Code, (int)r.Arguments[0]) : default);

    [Theory]
    [InlineData("渠道订单号,订单号,佣金", "渠道订单号")]
    [InlineData("订单号,外部订单编号,佣金", "外部订单编号")]
    [InlineData("上游订单号,订单编号,佣金", "订单编号")]
    public void Our_order_number_is_told_from_theirs(string header, string order)
    {
        var layout = Sheets.Read($"{header}\nA1,A2,1\n").Value.Layout;

        Assert.Equal(order, layout.HeaderOf(layout.ColumnOf(Field.Order)));
    }

    [Theory]
    [InlineData("手机号", Field.Phone)]
    [InlineData("业务号码", Field.Phone)]
    [InlineData("号码", Field.Phone)]
    [InlineData("用户号码", Field.Phone)]
    [InlineData("ICCID", Field.Iccid)]
    [InlineData("卡号(ICCID)", Field.Iccid)]
    [InlineData("SIM卡号", Field.Iccid)]
    [InlineData("卡串号", Field.Iccid)]
    [InlineData("套餐名称", Field.Product)]
    [InlineData("入网时间", Field.Activated)]
    [InlineData("开户日期", Field.Activated)]
    [InlineData("用户状态", Field.Status)]
    [InlineData("结算月份", Field.Period)]
    [InlineData("账期(YYYYMM)", Field.Period)]
    [InlineData("结算阶段", Field.Stage)]
    [InlineData("*号 码:", Field.Phone)]
    public void Headers_are_known_by_their_synonyms(string header, Field field) =>
        Assert.Equal(2, Sheets.Read($"订单号,佣金,{header}\nA1,1,\n").Value.Layout.ColumnOf(field));

    [Theory]
    [InlineData("酬金")]
    [InlineData("结算金额(元)")]
    [InlineData("本期佣金")]
    [InlineData("实发酬金")]
    [InlineData("首充返佣佣金")]
    [InlineData("含税佣金(元)")]
    [InlineData("金额")]
    public void The_amount_is_known_by_its_synonyms(string header) =>
        Assert.Equal(1, Sheets.Read($"订单号,{header},佣金状态,结算状态\nA1,1,已结,已结\n").Value.Layout.ColumnOf(Field.Amount));

    [Fact]
    public void Ours_is_what_is_due_and_theirs_what_is_paid()
    {
        const string both = "订单号,应结佣金,实结佣金\nA1,2,1\n";

        Assert.Equal("2.00", Sheets.Read(both, side: Side.Ours).Value.Entries[0].Amount.ToString());
        Assert.Equal("1.00", Sheets.Read(both, side: Side.Theirs).Value.Entries[0].Amount.ToString());
    }

    [Fact]
    public void A_bare_card_number_is_a_phone_where_it_has_eleven_digits()
    {
        Assert.Equal("18676397250", Sheets.Read("卡号,佣金\n18676397250,1\n").Value.Entries[0].Phone.ToString());
        Assert.Equal("89865578093840249697", Sheets.Read("卡号,佣金\n89865578093840249697,1\n").Value.Entries[0].Iccid.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("你好\n")]
    [InlineData("订单号,产品\nA1,星卡\n")]
    [InlineData("产品,佣金\n星卡,1\n")]
    public void Without_amount_or_anything_to_identify_there_is_no_header(string csv) =>
        Assert.Equal("sheets.no_header", Sheets.Read(csv).Refusals.Single().Code);

    [Fact]
    public void Ours_needs_order_numbers() =>
        Assert.Equal(("sheets.no_order", 3), Sheets.Read("订单号,手机号,佣金\nA1,,1\n,18676397250,1\n", side: Side.Ours).Refusals.Single() is var r
            ? (r.Code, (int)r.Arguments[0]) : default);

    [Fact]
    public void An_old_workbook_is_refused() =>
        Assert.Equal("sheets.old_workbook", Sheet.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]).Refusals.Single().Code);

    [Fact]
    public void The_hash_and_the_raw_rows_are_kept()
    {
        var rows = Sheet.Read(Encoding.UTF8.GetBytes(Plain + "合计,200\n"), keepRaw: true).Value;

        Assert.Equal(["[\"A1\",\"120.00\"]", "[\"A2\",\"80.00\"]"], rows.Raw);
        Assert.Equal(64, rows.Hash.Length);
    }

    [Fact]
    public void Every_refusal_has_its_words_in_both_languages()
    {
        foreach (var language in (string[])["zh", "en"])
        {
            var culture = System.Globalization.CultureInfo.GetCultureInfo(language);
            var refusal = Sheets.Read("订单号,手机号,佣金\nA1,1.39E+10,1\n").Refusals.Single();
            Assert.Contains("1.39E+10", SheetTexts.Of(refusal, culture), StringComparison.Ordinal);
            foreach (var difference in Enum.GetNames<Difference>()) Assert.NotEmpty(SheetTexts.Word($"class.{difference}", culture));
        }
    }
}
