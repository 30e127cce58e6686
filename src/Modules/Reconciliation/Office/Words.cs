using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>The words of reconciliation, as the pages say them.</summary>
internal static class Words
{
    public static string Of(Difference difference) => SheetTexts.Word($"class.{difference}");

    public static string Of(Settling.Reconciling.Field field) => SheetTexts.Word($"field.{field}");

    public static string Of(SheetState state) => state switch
    {
        SheetState.Draft => "待确认",
        SheetState.Open => "处理中",
        SheetState.Closed => "已结清",
    };

    public static Tone ToneOf(SheetState state) => state switch
    {
        SheetState.Draft => Tone.Info,
        SheetState.Open => Tone.Warn,
        SheetState.Closed => Tone.Good,
    };

    public static string Of(DifferenceStatus status) => status switch
    {
        DifferenceStatus.Open => "待处理",
        DifferenceStatus.Disputed => "争议中",
        DifferenceStatus.Confirmed => "已确认",
        DifferenceStatus.WrittenOff => "已核销",
        DifferenceStatus.Held => "挂账",
        DifferenceStatus.Carried => "转入下期",
    };

    public static Tone ToneOf(DifferenceStatus status) => status switch
    {
        DifferenceStatus.Open => Tone.Info,
        DifferenceStatus.Disputed => Tone.Bad,
        DifferenceStatus.Confirmed => Tone.Good,
        DifferenceStatus.Held => Tone.Warn,
        DifferenceStatus.WrittenOff or DifferenceStatus.Carried => Tone.Neutral,
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Confirm => "确认",
        Verdict.Dispute => "提出争议",
        Verdict.WriteOff => "核销",
        Verdict.Hold => "挂账",
        Verdict.Carry => "转下期",
        Verdict.Assign => "分派",
    };

    /// <summary>What a verdict does, asked before it is done.</summary>
    public static string QuestionOf(Verdict verdict) => verdict switch
    {
        Verdict.Confirm => "按结算表的金额确认：少付记为损失，多付记为收入，并告知相应订单上游已确认。确认吗？",
        Verdict.Dispute => "向上游提出争议：不记账，本单不结清，下一张结算表会再次期待这些金额。确认吗？",
        Verdict.WriteOff => "核销少付的金额：记为损失，订单不算上游已确认。确认吗？",
        Verdict.Hold => "把这些金额挂到待处理科目，以后再确认或核销。确认吗？",
        Verdict.Carry => "不记账，由下一张结算表再次期待这些金额。确认吗？",
        Verdict.Assign => "只记下由谁跟进，不作处理。确认吗？",
    };

    /// <summary>Who follows it up, and until when; null where nobody does.</summary>
    public static string? OwnerOf(DifferenceView difference) =>
        difference.Due is { } due ? $"{difference.Owner}，{due:yyyy-MM-dd} 前" : difference.Owner;

    /// <summary>An age of the work list.</summary>
    public static string AgeOf(int age) => age switch
    {
        0 => $"{WorkList.Ages[0]} 天内",
        _ when age == WorkList.Ages.Count => $"{WorkList.Ages[^1]} 天以上",
        _ => $"{WorkList.Ages[age - 1] + 1}–{WorkList.Ages[age]} 天",
    };

    public static string Of(BankLineState state) => state switch
    {
        BankLineState.Open => "待认领",
        BankLineState.Receipt => "上游回款",
        BankLineState.Other => "与上游无关",
    };

    public static Tone ToneOf(BankLineState state) => state switch
    {
        BankLineState.Open => Tone.Warn,
        BankLineState.Receipt => Tone.Good,
        BankLineState.Other => Tone.Neutral,
    };

    public static string Of(RuleKind kind) => kind switch
    {
        RuleKind.SmallAmount => "小额差异",
        RuleKind.PeriodShift => "账期偏移",
    };

    /// <summary>What applies to a class: what is missing can be written off, what is beside can be held.</summary>
    public static IReadOnlyList<Verdict> VerdictsFor(Difference difference) => difference switch
    {
        Difference.Matched => [Verdict.Confirm],
        Difference.AmountDiffers or Difference.StatusDiffers or Difference.MissingInSheet =>
            [Verdict.Confirm, Verdict.Dispute, Verdict.WriteOff, Verdict.Carry, Verdict.Assign],
        Difference.Clawback or Difference.UnexpectedInSheet or Difference.DuplicateInSheet or Difference.OtherPeriod or Difference.Ambiguous =>
            [Verdict.Confirm, Verdict.Dispute, Verdict.Hold, Verdict.Assign],
    };
}
