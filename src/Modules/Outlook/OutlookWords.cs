using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>What people call deadlines and degrees of certainty.</summary>
internal static class OutlookWords
{
    public static string Of(DeadlineKind kind) => kind switch
    {
        DeadlineKind.Happen => "待完成",
        DeadlineKind.Resume => "待复机",
        DeadlineKind.StayQuiet => "观察期",
        DeadlineKind.StayInService => "月底在网",
        DeadlineKind.Clawback => "扣回期",
    };

    public static string Of(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "已确定",
        Certainty.Expected => "预计",
        Certainty.AwaitsUpstream => "待上游确认",
    };

    public static Tone ToneOf(Certainty certainty) => certainty switch
    {
        Certainty.Certain => Tone.Good,
        Certainty.Expected => Tone.Info,
        Certainty.AwaitsUpstream => Tone.Warn,
    };

    /// <summary>The last day on which something counts: a deadline at midnight is the end of the day before.</summary>
    public static DateOnly LastDay(Instant deadline, Zone zone) => zone.DateOf(deadline - TimeSpan.FromMicroseconds(1));
}
