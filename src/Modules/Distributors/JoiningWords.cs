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

    /// <param name="check">What is known.</param>
    /// <param name="isAsked">Whether this installation asks a service.</param>
    public static string Of(NameCheck check, bool isAsked) => check switch
    {
        NameCheck.Local => isAsked ? "本地校验通过，等待联网核验" : "本地校验通过（没有接入联网核验）",
        NameCheck.Same => "联网核验一致",
        NameCheck.Differs => "联网核验不一致",
        NameCheck.Unlisted => "联网核验查无记录",
    };

    public static Tone ToneOf(NameCheck check) => check switch
    {
        NameCheck.Same => Tone.Good,
        NameCheck.Differs => Tone.Bad,
        NameCheck.Unlisted => Tone.Warn,
        NameCheck.Local => Tone.Neutral,
    };
}
