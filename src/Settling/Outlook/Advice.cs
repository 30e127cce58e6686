using System.Diagnostics;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settling.Outlook;

/// <summary>Tells what has to happen before a deadline, or must not until then; when it is stands beside.</summary>
public sealed class Advice(Prose prose)
{
    public string Tell(Deadline deadline) => deadline switch
    {
        Deadline.OfCondition d => Tell(d),
        Deadline.OfClawback d => Tell(d.Rule),
        _ => throw new UnreachableException(),
    };

    private string Tell(Deadline.OfCondition deadline) => deadline.Kind switch
    {
        DeadlineKind.Resume => prose.Say(
            $"suspended since {prose.At(Culprit(deadline).At)}: has to be resumed before the month ends",
            $"{prose.At(Culprit(deadline).At)} 起停机，月底前须复机"),
        DeadlineKind.StayInService or DeadlineKind.StayQuiet => prose.Say(
            $"must stay so: {prose.Ask(deadline.Finding.Condition)}",
            $"须保持：{prose.Ask(deadline.Finding.Condition)}"),
        _ => prose.Say("has to happen: ", "须完成：") + prose.Ask(deadline.Finding.Condition) + Lacking(deadline.Finding),
    };

    private static Fact Culprit(Deadline.OfCondition deadline) => deadline.Finding.Facts[0];

    private string Lacking(Finding finding) => finding.Lacking is { } lacking && finding.Facts.Count > 0
        ? prose.Say($"; {prose.Yuan(lacking)} still to come", $"；还差 {prose.Yuan(lacking)}")
        : "";

    private string Tell(Clawback rule)
    {
        var penalty = rule.Penalty.IsZero ? "" : prose.Say($", and costs {prose.Yuan(rule.Penalty)}", $"，另扣 {prose.Yuan(rule.Penalty)}");
        var keep = rule.Keep == Keep.ProRata
            ? prose.Say("takes back a part of what is earned", "已得佣金按剩余天数扣回")
            : prose.Say("takes back what is earned", "已得佣金全部扣回");
        var on = string.Join(prose.Say(" or ", "、"), rule.On.Select(prose.Word)) + prose.Where(rule.Where);
        return prose.Say($"{on} {keep}{penalty}", $"如{on}，{keep}{penalty}");
    }
}
