namespace HaoSuan.Settling.Tax;

/// <summary>How the tax on a distributor's payouts is withheld. Which one holds for whom is a matter of tax profiles.</summary>
public enum TaxMethod
{
    /// <summary>劳务报酬, each payment for itself, those of one month together.</summary>
    PerPayment,

    /// <summary>累计预扣: the consecutive months of the year together.</summary>
    Cumulative,
}

/// <summary>What is paid out, before tax.</summary>
/// <param name="Exempt">Of the income, what is free of tax (免税收入).</param>
/// <param name="Other">Other deductions set by law (依法确定的其他扣除).</param>
/// <param name="Relief">Tax that the law remits (减免税额).</param>
public sealed record TaxedPayment(DateOnly Date, Money Income, Money Exempt = default, Money Other = default, Money Relief = default);

/// <summary>An earlier payment and what was withheld from it.</summary>
public sealed record PaidBefore(TaxedPayment Payment, Money Withheld);

/// <summary>
/// The tax to withhold from this payment, and how it comes about, to the fen:
/// Income - Cost - Exempt - Deduction - Other = Taxable (not below zero); Taxable × Rate - Quick = Due;
/// Due - Relief - Before = Tax (not below zero: what was withheld too much is not given back by the payer).
/// </summary>
public sealed record WithheldTax
{
    public required TaxMethod Method { get; init; }
    public required RateTable Table { get; init; }

    /// <summary>The sum of the payments that count together, this one included.</summary>
    public required Money Income { get; init; }

    public required Money Cost { get; init; }
    public required Money Exempt { get; init; }

    /// <summary>The consecutive months with payments, this one included; per payment always 1.</summary>
    public required int Months { get; init; }

    /// <summary>Months × the monthly amount; per payment zero.</summary>
    public required Money Deduction { get; init; }

    public required Money Other { get; init; }
    public required Money Taxable { get; init; }
    public required Bps Rate { get; init; }
    public required Money Quick { get; init; }
    public required Money Due { get; init; }
    public required Money Relief { get; init; }

    /// <summary>What was withheld from the earlier ones of these payments.</summary>
    public required Money Before { get; init; }

    public required Money Tax { get; init; }
}

/// <summary>
/// Withholding of income tax on payouts: docs/income-tax.md. Costs and tax are rounded to the fen, half up, one
/// after the other, so that the explanation adds up as it is printed.
/// </summary>
public static class Withholding
{
    /// <param name="history">Earlier payments to the same person by the same method, in any order. Those that do not count
    /// with this one (another month, another year, before a month without payment) are left aside.</param>
    public static Result<WithheldTax> Of(TaxMethod method, TaxedPayment payment, IReadOnlyList<PaidBefore> history)
    {
        if (payment.Income < Money.Zero) return new Refusal("tax.negative_income", payment.Income).On(nameof(payment.Income));
        var tables = method == TaxMethod.PerPayment ? RateTables.PerPayment : RateTables.Cumulative;
        var table = tables.FirstOrDefault(t => t.IsInForce(payment.Date));
        if (table is null) return new Refusal("tax.no_table", method, payment.Date);
        var month = Month.Of(payment.Date);
        var first = method == TaxMethod.PerPayment ? month : FirstOfRun(month, Month.Of(tables[0].From), history);
        var together = history.Where(p => Month.Of(p.Payment.Date) is var paid && paid >= first && paid <= month).ToList();
        return Compute(method, table, month - first + 1, [.. together.Select(p => p.Payment), payment], Sum(together, p => p.Withheld));
    }

    /// <summary>The first of the consecutive months of this year in which something was paid: a month without payment begins
    /// a new run, of income, deductions and tax alike.</summary>
    private static Month FirstOfRun(Month month, Month since, IReadOnlyList<PaidBefore> history)
    {
        var paid = history.Where(p => p.Payment.Income > Money.Zero).Select(p => Month.Of(p.Payment.Date)).ToHashSet();
        var first = month;
        while (first.OfYear > 1 && first > since && paid.Contains(first + -1)) first += -1;
        return first;
    }

    private static WithheldTax Compute(TaxMethod method, RateTable table, int months, IReadOnlyList<TaxedPayment> payments, Money before)
    {
        var income = Sum(payments, p => p.Income);
        var (exempt, other, relief) = (Sum(payments, p => p.Exempt), Sum(payments, p => p.Other), Sum(payments, p => p.Relief));
        var cost = income <= table.FlatCostUpTo ? Money.Min(table.FlatCost, income) : Rounded(table.Cost, income);
        var deduction = table.Monthly * months;
        var taxable = Money.Max(Money.Zero, income - cost - exempt - deduction - other);
        var bracket = table.BracketOf(taxable);
        var due = Rounded(bracket.Rate, taxable) - bracket.Quick;
        return new()
        {
            Method = method,
            Table = table,
            Income = income,
            Cost = cost,
            Exempt = exempt,
            Months = months,
            Deduction = deduction,
            Other = other,
            Taxable = taxable,
            Rate = bracket.Rate,
            Quick = bracket.Quick,
            Due = due,
            Relief = relief,
            Before = before,
            Tax = Money.Max(Money.Zero, due - relief - before),
        };
    }

    private static Money Rounded(Bps rate, Money basis)
    {
        var twice = basis.Fraction(2L * rate.Value, 10_000);
        return new((twice.Minor + 1) >> 1);
    }

    private static Money Sum<T>(IReadOnlyList<T> items, Func<T, Money> amount)
    {
        var sum = Money.Zero;
        foreach (var item in items) sum += amount(item);
        return sum;
    }
}
