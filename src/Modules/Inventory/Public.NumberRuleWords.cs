using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>What rules of numbers say, in the words of the trade.</summary>
public static class NumberRuleWords
{
    public static string Of(RuleScope scope, IReadOnlyList<Product> products) => scope switch
    {
        { Product: { } product } => products.FirstOrDefault(p => p.Id == product)?.Name ?? "",
        { Carrier: { } carrier } => RuleWords.Of(carrier),
        _ => "全部产品",
    };

    /// <summary>What a number costs, and that it binds: a hint beside it.</summary>
    public static string Hint(PoolNumber number)
    {
        var cost = number.Supplement.IsZero ? "不加价" : $"加价 {YuanText.Of(number.Supplement)}";
        return Binding(number.Rule) is { Length: > 0 } binding ? $"{cost}，{binding}" : cost;
    }

    /// <summary>All that a consumer accepts with a number.</summary>
    public static string Sentence(PoolNumber number) => $"{Hint(number)}{(number.Rule?.Terms.Note is { Length: > 0 } note ? $"；{note.TrimEnd('。')}" : "")}。";

    /// <summary>What a rule binds to besides the supplement, in one line.</summary>
    public static string Binding(NumberRule? rule) => rule is null ? "" : string.Join("，", Parts(rule.Terms));

    private static IEnumerable<string> Parts(NumberTerms terms)
    {
        if (!terms.MinimumMonthly.IsZero) yield return $"低消 {YuanText.Of(terms.MinimumMonthly)}/月";
        if (!terms.Prepayment.IsZero) yield return $"预存 {YuanText.Of(terms.Prepayment)}";
        if (terms.ContractMonths > 0) yield return $"合约 {terms.ContractMonths} 个月";
    }
}
