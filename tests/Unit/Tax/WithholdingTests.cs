using CsCheck;
using HaoSuan.Settling.Tax;
using Xunit;

namespace HaoSuan.Tests.Unit.Tax;

public sealed class WithholdingTests
{
    private static readonly DateOnly March = new(2026, 3, 5);

    [Theory]
    [InlineData("800", "0.00")]
    [InlineData("801", "0.20")]
    [InlineData("3000", "440.00")]
    [InlineData("4000", "640.00")]
    [InlineData("4001", "640.16")]
    [InlineData("5000", "800.00")]
    [InlineData("20000", "3200.00")]
    [InlineData("25000", "4000.00")]
    [InlineData("25001", "4000.24")]
    [InlineData("60000", "12400.00")]
    [InlineData("62500", "13000.00")]
    [InlineData("62501", "13000.32")]
    [InlineData("100000", "25000.00")]
    public void Per_payment_the_announced_figures_are_met(string income, string tax) =>
        Assert.Equal(tax, Of(TaxMethod.PerPayment, new(March, Yuan(income))).Tax.ToString());

    [Theory]
    [InlineData("C01", "10000 10000 10000", "90.00 90.00 90.00")]
    [InlineData("C02", "50000 50000 50000", "1050.00 3430.00 3500.00")]
    [InlineData("C03", "6000 6000", "0.00 0.00")]
    [InlineData("C04", "200000", "14080.00")]
    [InlineData("C05", "8000 3000 20000", "42.00 0.00 252.00")]
    public void Cumulatively_the_announced_figures_are_met(string id, string incomes, string taxes)
    {
        Assert.StartsWith("C", id, StringComparison.Ordinal);
        Assert.Equal(taxes, string.Join(' ', Months(TaxMethod.Cumulative, [.. incomes.Split(' ').Select(Yuan)])));
    }

    [Fact]
    public void Per_payment_every_month_of_ten_thousand_pays_1600() =>
        Assert.Equal("1600.00 1600.00 1600.00", string.Join(' ', Months(TaxMethod.PerPayment, [Yuan("10000"), Yuan("10000"), Yuan("10000")])));

    [Fact]
    public void Payments_of_one_month_count_as_one()
    {
        var first = Pay(TaxMethod.PerPayment, new(March, Yuan("3000")));
        var second = Of(TaxMethod.PerPayment, new(March.AddDays(20), Yuan("3000")), first);

        Assert.Equal(Yuan("6000"), second.Income);
        Assert.Equal("960.00", (first.Withheld + second.Tax).ToString());
    }

    [Fact]
    public void Cumulatively_two_payments_of_one_month_deduct_one_month()
    {
        var first = Pay(TaxMethod.Cumulative, new(March, Yuan("5000")));
        var second = Of(TaxMethod.Cumulative, new(March.AddDays(20), Yuan("5000")), first);

        Assert.Equal((1, "90.00"), (second.Months, (first.Withheld + second.Tax).ToString()));
    }

    [Fact]
    public void A_month_without_payment_begins_a_new_run()
    {
        var january = Pay(TaxMethod.Cumulative, new(new(2026, 1, 10), Yuan("50000")));
        var march = Of(TaxMethod.Cumulative, new(March, Yuan("10000")), january);

        Assert.Equal((1, Yuan("10000"), "90.00"), (march.Months, march.Income, march.Tax.ToString()));
    }

    [Fact]
    public void A_new_year_begins_a_new_run()
    {
        var december = Pay(TaxMethod.Cumulative, new(new(2025, 12, 10), Yuan("50000")));

        Assert.Equal(1, Of(TaxMethod.Cumulative, new(new(2026, 1, 10), Yuan("10000")), december).Months);
    }

    [Fact]
    public void Months_before_the_method_was_in_force_do_not_count()
    {
        PaidBefore september = new(new(new(2025, 9, 10), Yuan("50000")), Yuan("10000"));

        var october = Of(TaxMethod.Cumulative, new(new(2025, 10, 10), Yuan("10000")), september);

        Assert.Equal((1, "90.00"), (october.Months, october.Tax.ToString()));
    }

    [Fact]
    public void Other_deductions_exempt_income_and_relief_lower_the_tax()
    {
        var tax = Of(TaxMethod.Cumulative, new(March, Yuan("10000"), Exempt: Yuan("500"), Other: Yuan("1000"), Relief: Yuan("5")));

        Assert.Equal((Yuan("1500"), "45.00", "40.00"), (tax.Taxable, tax.Due.ToString(), tax.Tax.ToString()));
    }

    [Fact]
    public void Half_a_fen_is_rounded_up()
    {
        var tax = Of(TaxMethod.PerPayment, new(March, Yuan("800.03")));     // 0.03 × 20 % = 0.6 fen
        var less = Of(TaxMethod.PerPayment, new(March, Yuan("800.02")));    // 0.02 × 20 % = 0.4 fen

        Assert.Equal(("0.01", "0.00"), (tax.Tax.ToString(), less.Tax.ToString()));
    }

    [Fact]
    public void Before_a_method_is_in_force_nothing_can_be_withheld_by_it() =>
        Assert.Equal("tax.no_table", Withholding.Of(TaxMethod.Cumulative, new(new(2025, 9, 30), Yuan("1")), []).Refusals[0].Code);

    [Fact]
    public void A_negative_income_is_refused() =>
        Assert.Equal("tax.negative_income", Withholding.Of(TaxMethod.PerPayment, new(March, new(-1)), []).Refusals[0].Code);

    [Theory]
    [InlineData(TaxMethod.PerPayment)]
    [InlineData(TaxMethod.Cumulative)]
    public void The_explanation_adds_up(TaxMethod method) =>
        Gen.Long[0, 100_000_000].Array[1, 4].Sample(incomes =>
        {
            List<PaidBefore> history = [];
            foreach (var (i, income) in incomes.Index())
            {
                TaxedPayment payment = new(March.AddDays(17 * i), new(income));
                var tax = Withholding.Of(method, payment, history).Value;
                history.Add(new(payment, tax.Tax));
                var taxable = tax.Income - tax.Cost - tax.Exempt - tax.Deduction - tax.Other;
                if (tax.Taxable != Money.Max(Money.Zero, taxable) || tax.Tax != Money.Max(Money.Zero, tax.Due - tax.Relief - tax.Before)) return false;
                if (tax.Due < Money.Zero || tax.Due > tax.Taxable) return false;
            }
            return true;
        }, iter: 10_000);

    [Theory]
    [InlineData(TaxMethod.PerPayment)]
    [InlineData(TaxMethod.Cumulative)]
    public void More_income_never_means_less_tax(TaxMethod method) =>
        Gen.Select(Gen.Long[0, 200_000_000], Gen.Long[0, 200_000_000]).Sample((a, b) =>
            Of(method, new(March, new(Math.Min(a, b)))).Tax <= Of(method, new(March, new(Math.Max(a, b)))).Tax, iter: 10_000);

    private static List<Money> Months(TaxMethod method, IReadOnlyList<Money> incomes)
    {
        List<PaidBefore> history = [];
        foreach (var (i, income) in incomes.Index()) history.Add(Pay(method, new(new(2026, 1 + i, 15), income), [.. history]));
        return [.. history.Select(p => p.Withheld)];
    }

    private static PaidBefore Pay(TaxMethod method, TaxedPayment payment, params PaidBefore[] history) =>
        new(payment, Of(method, payment, history).Tax);

    private static WithheldTax Of(TaxMethod method, TaxedPayment payment, params PaidBefore[] history) =>
        Withholding.Of(method, payment, history).Value;

    private static Money Yuan(string text) => Currency.Cny.TryParse(text, out var amount) ? amount : throw new FormatException(text);
}
