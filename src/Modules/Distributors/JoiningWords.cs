namespace HaoSuan.Distributors;

internal static class JoiningWords
{
    public static string Of(Joining joining, Instant now) => joining.State switch
    {
        JoiningState.Invited => joining.IsOpenAt(now) ? "待填写" : "已过期",
        JoiningState.Applied => "待审核",
        JoiningState.Approved => "已通过",
        JoiningState.Refused => "未通过",
        JoiningState.Revoked => "已撤回",
    };

    public static Tone ToneOf(Joining joining) => joining.State switch
    {
        JoiningState.Applied => Tone.Warn,
        JoiningState.Approved => Tone.Good,
        JoiningState.Refused => Tone.Bad,
        JoiningState.Invited or JoiningState.Revoked => Tone.Neutral,
    };

    public static string Of(string checkedBy) => checkedBy == PersonRules.LocalCheck ? "证号校验码与姓名格式正确（未联网核验）" : checkedBy;
}
