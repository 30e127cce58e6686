namespace HaoSuan.Reconciliation;

/// <summary>Rules that decide small differences by themselves, and what they say about it.</summary>
internal static class DecisionRules
{
    /// <summary>Of each kind the one that began last, of those that hold on the day.</summary>
    public static IEnumerable<RuleRow> InForce(IEnumerable<RuleRow> ofUpstream, DateOnly day) => ofUpstream
        .Where(r => r.FromDay <= day && (r.EndedOn is not { } ended || day < ended))
        .GroupBy(r => r.Kind)
        .OrderBy(g => g.Key)
        .Select(g => g.OrderBy(r => r.FromDay).ThenBy(r => r.SetAt).Last());

    public static Verdict VerdictOf(RuleKind kind) => kind switch
    {
        RuleKind.SmallAmount => Verdict.Confirm,
        RuleKind.PeriodShift => Verdict.Carry,
    };

    /// <summary>What stands beside each decision of the rule.</summary>
    public static string Sentence(RuleRow rule) => rule.Kind switch
    {
        RuleKind.SmallAmount => $"规则：相差不超过 {rule.Threshold} 元的确认，每张合计不超过 {rule.Cap} 元（{rule.FromDay:yyyy-MM-dd} 起）",
        RuleKind.PeriodShift => $"规则：上游账期到 {rule.Cutoff} 日，之后达成的转入下期（{rule.FromDay:yyyy-MM-dd} 起）",
    };
}
