namespace HaoSuan.Appeals;

/// <summary>The words of appeals, as the pages say them.</summary>
internal static class AppealWords
{
    public const string Whole = "整个订单";

    public static string OfStage(string stage) => stage.Length == 0 ? Whole : stage;

    public static string Of(AppealState state) => state switch
    {
        AppealState.Open => "待处理",
        AppealState.NeedsInfo => "待补充",
        AppealState.Decided => "已处理",
        AppealState.Withdrawn => "已撤回",
    };

    public static Tone ToneOf(AppealState state) => state switch
    {
        AppealState.Open => Tone.Info,
        AppealState.NeedsInfo => Tone.Warn,
        AppealState.Decided or AppealState.Withdrawn => Tone.Neutral,
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Upheld => "成立",
        Verdict.Rejected => "驳回",
    };

    public static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Upheld => Tone.Good,
        Verdict.Rejected => Tone.Bad,
    };

    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.Opened => "提交申诉",
        MessageKind.Said => "留言",
        MessageKind.Asked => "要求补充",
        MessageKind.Upheld => "申诉成立",
        MessageKind.Rejected => "申诉驳回",
        MessageKind.Withdrawn => "撤回申诉",
        MessageKind.Reopened => "重新申诉",
    };

    public static Tone ToneOf(MessageKind kind) => kind switch
    {
        MessageKind.Opened or MessageKind.Said or MessageKind.Withdrawn => Tone.Neutral,
        MessageKind.Asked or MessageKind.Reopened => Tone.Warn,
        MessageKind.Upheld => Tone.Good,
        MessageKind.Rejected => Tone.Bad,
    };
}
