using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>How a distributor's income is taxed (计税方式). Which one holds for whom needs an accountant's word: docs/income-tax.md.</summary>
public enum TaxKind
{
    /// <summary>个人，累计预扣.</summary>
    Cumulative,

    /// <summary>个人，按次预扣.</summary>
    PerPayment,

    /// <summary>公司，开票结算: nothing is withheld, and each payout waits for the company's invoice.</summary>
    Company,

    /// <summary>经代征或灵活用工平台: that one withholds and reports.</summary>
    Agency,
}

/// <summary>A tax profile as it holds from a month on.</summary>
/// <param name="Name">Masked; null: not told.</param>
/// <param name="IdNumber">Masked; null: not told.</param>
public sealed record TaxProfile(Month From, TaxKind Kind, string? Name, string? IdNumber);

/// <summary>How somebody is taxed from a month on, and under which name and number.</summary>
/// <param name="Name">Of the person or the company; left empty, the earlier one stays.</param>
/// <param name="IdNumber">A person's 身份证号 or a company's 统一社会信用代码; left empty, the earlier one stays.</param>
public sealed record NewTaxProfile(DistributorId DistributorId, Month From, TaxKind Kind, string? Name = null, string? IdNumber = null);

/// <summary>What a distributor was paid in a month, and what was withheld from it.</summary>
/// <param name="Count">Payments.</param>
/// <param name="Withheld">When they were paid.</param>
/// <param name="Corrected">Since: what was withheld too little; negative: too much.</param>
/// <param name="Law">What the law asks for, counted anew from all payments; null where nothing is withheld.</param>
public sealed record TaxedMonth(
    DistributorId DistributorId, TaxKind Kind, int Count, Money Income, Money Fee, Money Withheld, Money Corrected, WithheldTax? Law)
{
    public Money Tax => Withheld + Corrected;

    /// <summary>What a correction would have to add; zero where the month is right.</summary>
    public Money Missing => Law is { } law ? law.Tax - Tax : Money.Zero;
}

/// <summary>A correction of a month that is over.</summary>
public sealed record TaxCorrection(DistributorId DistributorId, Month Month, Money Tax, string Reason, Instant MadeAt);

public static class TaxKinds
{
    extension(TaxKind kind)
    {
        /// <summary>How it is withheld; null: not by us.</summary>
        public TaxMethod? Method => kind switch
        {
            TaxKind.Cumulative => TaxMethod.Cumulative,
            TaxKind.PerPayment => TaxMethod.PerPayment,
            TaxKind.Company or TaxKind.Agency => null,
        };
    }
}
