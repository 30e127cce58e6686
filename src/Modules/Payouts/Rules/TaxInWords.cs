using System.Globalization;
using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>The arithmetic of a withholding, as the distributor and the tax office read it.</summary>
internal static class TaxInWords
{
    public static string Of(WithheldTax tax)
    {
        var (sum, due) = tax.Method switch
        {
            TaxMethod.PerPayment => ("本月收入", "本月应预扣"),
            TaxMethod.Cumulative => ("累计收入", "累计应预扣"),
        };
        var less = Terms(("减除费用", tax.Cost), ("免税收入", tax.Exempt), ($"{tax.Months} 个月基本减除", tax.Deduction), ("其他扣除", tax.Other));
        var after = Terms(("减免税额", tax.Relief), ("已预扣", tax.Before));
        return string.Create(CultureInfo.InvariantCulture,
            $"{sum} {tax.Income}{less} = 应纳税所得额 {tax.Taxable}；× {tax.Rate} − 速算扣除 {tax.Quick} = {due} {tax.Due}{after}，本次预扣 {tax.Tax}（{tax.Table.Source}）");
    }

    private static string Terms(params ReadOnlySpan<(string Name, Money Amount)> terms)
    {
        var text = "";
        foreach (var (name, amount) in terms)
        {
            if (!amount.IsZero) text += $" − {name} {amount}";
        }
        return text;
    }
}
