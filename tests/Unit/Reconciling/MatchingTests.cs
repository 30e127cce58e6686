using HaoSuan.Settling.Reconciling;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class MatchingTests
{
    private const string Iccid = "89865578093840249697";
    private const string OtherIccid = "89864388891176928506";
    private const string Phone = "18676397250";
    private static readonly DateOnly Day = new(2026, 3, 12);

    [Fact]
    public void Equal_amounts_are_matched() =>
        Told([Line("A1", 12000)], [Row("a1", 12000)], "Matched A1 0.00");

    [Fact]
    public void Different_amounts_differ_by_sheet_less_expected() =>
        Told([Line("A1", 12000)], [Row("A1", 11000)], "AmountDiffers A1 -10.00");

    [Theory]
    [InlineData("停机")]
    [InlineData("销户")]
    [InlineData("已拆机")]
    [InlineData("欠费停机")]
    public void Nothing_paid_with_a_contradicting_status_is_a_status_difference(string status) =>
        Told([Line("A1", 12000, status: "在网")], [Row("A1", 0, status: status)], "StatusDiffers A1 -120.00");

    [Theory]
    [InlineData("正常")]
    [InlineData("在网")]
    [InlineData(null)]
    [InlineData("第一档")]
    public void Nothing_paid_without_a_contradicting_status_is_an_amount_difference(string? status) =>
        Told([Line("A1", 12000, status: "在网")], [Row("A1", 0, status: status)], "AmountDiffers A1 -120.00");

    [Fact]
    public void Where_ours_knows_of_the_suspension_too_the_status_does_not_differ() =>
        Told([Line("A1", 12000, status: "停机")], [Row("A1", 0, status: "单停")], "AmountDiffers A1 -120.00");

    [Fact]
    public void What_the_sheet_is_silent_about_is_missing() => Told([Line("A1", 12000)], [], "MissingInSheet A1 -120.00");

    [Theory]
    [InlineData("XX1", Iccid, "XX1")]
    [InlineData("", Iccid, Iccid)]
    [InlineData("", "", Phone)]
    public void What_we_have_no_order_for_is_unexpected(string order, string iccid, string reference) =>
        Told([], [Row(order, 9000, iccid, Phone)], $"UnexpectedInSheet {reference} 90.00");

    [Fact]
    public void A_further_row_is_a_duplicate() =>
        Told([Line("A1", 12000)], [Row("A1", 12000), Row("A1", 12000)], "Matched A1 0.00", "DuplicateInSheet A1 120.00");

    [Fact]
    public void Of_two_rows_the_one_that_pays_what_we_expect_is_matched()
    {
        Told([Line("A1", 12000)], [Row("A1", 13000), Row("A1", 12000)], "Matched A1 0.00", "DuplicateInSheet A1 130.00");
        Told([Line("A1", 12000)], [Row("A1", 0), Row("A1", 11000)], "AmountDiffers A1 -10.00", "DuplicateInSheet A1 0.00");
    }

    [Fact]
    public void A_further_row_by_another_key_is_a_duplicate_too() =>
        Told([Line("A1", 12000, Iccid, Phone)], [Row("A1", 12000), Row("", 12000, Iccid), Row("", 12000, "", Phone)],
            "Matched A1 0.00", "DuplicateInSheet A1 120.00", "DuplicateInSheet A1 120.00");

    [Fact]
    public void Keys_are_tried_in_their_order() =>
        Told([Line("A1", 1000, Iccid), Line("A2", 2000, OtherIccid)], [Row("A1", 1000, OtherIccid), Row("A2", 2000, Iccid)],
            "Matched A1 0.00", "Matched A2 0.00");

    [Fact]
    public void An_unknown_order_number_does_not_keep_the_card_from_matching() =>
        Told([Line("A1", 1000, Iccid)], [Row("GD0001", 1000, Iccid)], "Matched A1 0.00");

    [Theory]
    [InlineData(-8, false)]
    [InlineData(-7, true)]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void A_phone_counts_within_seven_days_of_activation(int days, bool matched) =>
        Told([Line("A1", 1000, phone: Phone, day: Day)], [Row("", 1000, phone: Phone, day: Day.AddDays(days))],
            matched ? ["Matched A1 0.00"] : ["MissingInSheet A1 -10.00", $"UnexpectedInSheet {Phone} 10.00"]);

    [Fact]
    public void A_phone_counts_where_the_sheet_has_no_date() =>
        Told([Line("A1", 1000, phone: Phone, day: Day)], [Row("", 1000, phone: Phone)], "Matched A1 0.00");

    [Fact]
    public void A_recycled_phone_is_told_by_its_activation() =>
        Told([Line("A1", 1000, phone: Phone, day: Day), Line("A2", 2000, phone: Phone, day: Day.AddDays(60))],
            [Row("", 2000, phone: Phone, day: Day.AddDays(61)), Row("", 1000, phone: Phone, day: Day)], "Matched A1 0.00", "Matched A2 0.00");

    [Fact]
    public void A_recycled_phone_without_a_date_is_ambiguous() =>
        Told([Line("A1", 1000, phone: Phone, day: Day), Line("A2", 2000, phone: Phone, day: Day.AddDays(60))], [Row("", 2000, phone: Phone)],
            "MissingInSheet A1 -10.00", "MissingInSheet A2 -20.00", $"Ambiguous {Phone} 20.00");

    [Fact]
    public void A_masked_phone_counts_with_product_and_day() =>
        Told([Line("A1", 1000, phone: Phone, product: "星卡 29元", day: Day), Line("A2", 1000, phone: "18611117250", product: "花卡", day: Day)],
            [Row("", 1000, phone: "186****7250", product: "星卡29元", day: Day)], "Matched A1 0.00", "MissingInSheet A2 -10.00");

    [Theory]
    [InlineData("186****7251", "星卡", 0)]
    [InlineData("187****7250", "星卡", 0)]
    [InlineData("186****7250", "花卡", 0)]
    [InlineData("186****7250", null, 0)]
    [InlineData("186****7250", "星卡", 1)]
    [InlineData("1*********0", "星卡", 0)]
    public void A_masked_phone_with_anything_else_is_unexpected(string phone, string? product, int days) =>
        Told([Line("A1", 1000, phone: Phone, product: "星卡", day: Day)], [Row("", 1000, phone: phone, product: product, day: Day.AddDays(days))],
            "MissingInSheet A1 -10.00", $"UnexpectedInSheet {phone} 10.00");

    [Fact]
    public void A_masked_phone_that_fits_several_lines_is_ambiguous() =>
        Told([Line("A1", 1000, phone: Phone, product: "星卡", day: Day), Line("A2", 1000, phone: "18600007250", product: "星卡", day: Day)],
            [Row("", 1000, phone: "186****7250", product: "星卡", day: Day)],
            "MissingInSheet A1 -10.00", "MissingInSheet A2 -10.00", "Ambiguous 186****7250 10.00");

    [Fact]
    public void What_a_stronger_key_has_taken_is_no_longer_ambiguous() =>
        Told([Line("A1", 1000, Iccid, Phone, "星卡", Day), Line("A2", 1000, phone: "18600007250", product: "星卡", day: Day)],
            [Row("", 1000, phone: "186****7250", product: "星卡", day: Day), Row("", 1000, Iccid, "186****7250", "星卡", Day)],
            "Matched A1 0.00", "Matched A2 0.00");

    [Fact]
    public void Two_cards_that_a_weak_key_gives_one_line_are_ambiguous() =>
        Told([Line("A1", 1000, phone: Phone, product: "星卡", day: Day)],
            [Row("", 1000, Iccid, "186****7250", "星卡", Day), Row("", 1000, OtherIccid, "186****7250", "星卡", Day)],
            "MissingInSheet A1 -10.00", $"Ambiguous {OtherIccid} 10.00", $"Ambiguous {Iccid} 10.00");

    [Fact]
    public void An_order_with_several_lines_is_told_by_period_and_stage() =>
        Told([Line("A1", 1000, period: 3, stage: "首充"), Line("A1", 2000, period: 4, stage: "首充"), Line("A1", 3000, period: 4, stage: "次月")],
            [Row("A1", 3000, period: 4, stage: "次月"), Row("A1", 2000, period: 4, stage: "首充"), Row("A1", 1000, period: 3)],
            "Matched A1 0.00", "Matched A1 0.00", "Matched A1 0.00");

    [Fact]
    public void An_order_number_that_fits_several_lines_is_told_by_the_card() =>
        Told([Line("A1", 1000, Iccid), Line("A1", 2000, OtherIccid)], [Row("A1", 2000, OtherIccid), Row("A1", 500)],
            "Matched A1 0.00", "MissingInSheet A1 -10.00", "Ambiguous A1 5.00");

    [Fact]
    public void A_negative_row_takes_back_the_line_that_it_names() =>
        Told([Line("A1", 12000), Line("A2", 9000)], [Row("A1", 12000), Row("A1", -12000), Row("A2", -9000)],
            "Matched A1 0.00", "MissingInSheet A2 -90.00", "Clawback A1 -120.00", "Clawback A2 -90.00");

    [Fact]
    public void A_negative_row_of_another_period_takes_back_too() =>
        Told([Line("A1", 12000, period: 3)], [Row("A1", 12000, period: 3), Row("A1", -5000, period: 2)], "Matched A1 0.00", "Clawback A1 -50.00");

    [Fact]
    public void A_negative_row_without_a_line_is_unexpected() => Told([], [Row("X1", -5000, period: 2)], "UnexpectedInSheet X1 -50.00");

    [Fact]
    public void An_expected_clawback_is_matched() => Told([Line("A1", -5000)], [Row("A1", -5000)], "Matched A1 0.00");

    [Fact]
    public void An_expected_clawback_of_another_period_is_not_matched() =>
        Told([Line("A1", -5000, period: 3)], [Row("A1", -5000, period: 2)], "MissingInSheet A1 50.00", "Clawback A1 -50.00");

    [Fact]
    public void A_row_of_another_period_than_its_line_is_of_another_period() =>
        Told([Line("A1", 12000, period: 3)], [Row("A1", 12000, period: 3), Row("A1", 9000, period: 2)], "Matched A1 0.00", "OtherPeriod A1 90.00");

    [Fact]
    public void The_line_of_a_row_of_another_period_is_still_missing() =>
        Told([Line("A1", 12000, period: 3)], [Row("A1", 12000, period: 2)], "MissingInSheet A1 -120.00", "OtherPeriod A1 120.00");

    [Fact]
    public void An_order_that_we_do_not_have_of_a_period_that_we_do_not_have_is_of_another_period() =>
        Told([Line("A1", 12000, period: 3)], [Row("A1", 12000, period: 3), Row("Z9", 9000, period: 2), Row("Z8", 8000, period: 3)],
            "Matched A1 0.00", "UnexpectedInSheet Z8 80.00", "OtherPeriod Z9 90.00");

    [Fact]
    public void Where_ours_names_no_period_it_is_that_of_most_rows() =>
        Told([Line("A1", 1000), Line("A2", 1000), Line("A3", 1000)],
            [Row("A1", 1000, period: 4), Row("A2", 1000, period: 4), Row("A3", 1000, period: 3)],
            "Matched A1 0.00", "Matched A2 0.00", "MissingInSheet A3 -10.00", "OtherPeriod A3 10.00");

    [Fact]
    public void Where_the_sheet_settles_each_month_of_activation_none_is_of_another_period() =>
        Told([Line("A1", 1000, day: Day), Line("A2", 1000, day: Day), Line("A3", 1000, day: Day.AddMonths(-1))],
            [Row("A1", 1000, day: Day, period: 4), Row("A2", 1000, day: Day, period: 4), Row("A3", 1000, day: Day.AddMonths(-1), period: 3)],
            "Matched A1 0.00", "Matched A2 0.00", "Matched A3 0.00");

    private static Entry Line(string order, long fen, string? iccid = null, string? phone = null, string? product = null, DateOnly? day = null,
        string? status = null, int? period = null, string? stage = null) =>
        Entry.Expect(order, new(fen), iccid, phone, product, day, status, period is { } month ? new Month(2026, month) : null, stage);

    private static Entry Row(string order, long fen, string? iccid = null, string? phone = null, string? product = null, DateOnly? day = null,
        string? status = null, int? period = null, string? stage = null) =>
        Line(order, fen, iccid, phone, product, day, status, period, stage);

    /// <summary>Each finding as class, name, effect: in the order of classes and names.</summary>
    private static void Told(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows, params string[] expected)
    {
        var reconciliation = Matching.Run(lines, rows);
        var told = Enum.GetValues<Difference>()
            .SelectMany(reconciliation.Of, (difference, finding) => $"{difference} {reconciliation.NameOf(finding)} {finding.Effect}");

        Assert.Equal(expected, told);
    }
}
