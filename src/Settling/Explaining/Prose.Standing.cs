using System.Diagnostics;

namespace HaoSuan.Settling.Explaining;

/// <summary>How a condition stands: what is missing, from when and until when, or since when it cannot come any more, and why.</summary>
public sealed partial class Prose
{
    public string Tell(Finding finding) => finding.Standing switch
    {
        Standing.Met s => Say($"met {At(s.At)}", $"已满足，{At(s.At)}")
            + (finding.Facts.Count > 0 ? Say(" by ", "，依据 ") + Evidence(finding) : ""),
        Standing.Due s => Due(finding.Condition, At(s.At)),
        Standing.Missing s => Missing(finding, s.Before),
        Standing.Unopened s => Unopened(finding, Word(s.After)),
        Standing.Broken s => Broken(s),
        Standing.Over s => Over(finding, s.At),
        _ => throw new UnreachableException(),
    };

    private string Due(Condition condition, string at) => condition is Condition.Quiet
        ? Say($"none so far; will be met {at} if it stays so", $"至今没有；保持下去，将于 {at} 满足")
        : Say($"in service so far; will be met {at} if it is then", $"至今在网正常；保持到月末，将于 {at} 满足");

    private string Missing(Finding finding, Instant? before)
    {
        if (finding.Condition is not Condition.Happened happened)
        {
            var (culprit, end) = (finding.Facts[0], At(before!.Value));      // a month has an end
            if (finding.EndedBy is { } ended)
                return Say($"missing: {Name(culprit)} at {At(culprit.At)} is not resumed", $"未满足：{At(culprit.At)} 的{Name(culprit)} 尚未复机") + NoMore(ended);
            return Say($"missing: {Name(culprit)} at {At(culprit.At)} has to be resumed before {end}",
                $"未满足：{At(culprit.At)} 的{Name(culprit)} 尚未复机，须在 {end} 之前复机");
        }
        return Say("missing: ", "未满足：") + Lacking(happened, finding, "尚无") + When(finding, before) + NotCounted(happened, finding);
    }

    /// <summary>From when and until when what is missing may still come.</summary>
    private string When(Finding finding, Instant? before)
    {
        if (finding.EndedBy is { } end) return NoMore(end);
        var opening = finding.Opening;
        var ever = Say("; it can still come at any time", "；没有期限，随时可以满足");
        if (opening is null) return ever;       // a window has an opening
        var from = Say($", after {Word(opening.Kind)} at {At(opening.At)}", $"，自 {At(opening.At)} {Word(opening.Kind)}起算");
        return from + (before is { } until ? Say($" and before {At(until)}", $"，须在 {At(until)} 之前") : ever);
    }

    private string Unopened(Finding finding, string after) => finding switch
    {
        { EndedBy: { } end } => Say($"missing: {after}", $"未满足：尚无{after}") + NoMore(end),
        { Condition: Condition.Happened { Window: { Days: null, Months: null } } } =>
            Say($"missing: waits for {after}, and can come at any time after it", $"未满足：尚待{after}，之后随时可以满足"),
        _ => Say($"missing: waits for {after}, from which its time counts; no end is set yet", $"未满足：尚待{after}，期限自{after}起算，目前没有截止时间"),
    };

    private string NoMore(Fact end) => Say($"; not expected any more, since the order ended {At(end.At)} with {Name(end)}", $"；{Ended(end)}，不会再有");

    private string Broken(Standing.Broken broken)
    {
        var (name, at, since) = (Name(broken.By), At(broken.By.At), At(broken.Since));
        var why = broken.Since == broken.By.At
            ? Say($"not met, for good since {since}: {name} prevents it", $"不满足：因 {at} 的{name}，此后不能再满足")
            : Say($"not met, for good since {since}: {name} at {at} was not resumed", $"不满足：{at} 的{name} 到 {since} 仍未复机，此后不能再满足");
        return why + Say("; only withdrawing that fact could change it", "；只有该事实被作废才会改变");
    }

    private string Over(Finding finding, Instant at)
    {
        var (happened, opening) = ((Condition.Happened)finding.Condition, finding.Opening!);    // no other has a time that can be over
        var from = Say($" (from {Word(opening.Kind)} at {At(opening.At)})", $"（自 {At(opening.At)} {Word(opening.Kind)}起算）");
        return Say($"not met: the time for it ended {At(at)}{from}, lacking ", $"不满足：期限已于 {At(at)} 截止{from}，")
            + Lacking(happened, finding, "其间没有") + NotCounted(happened, finding)
            + Say("; only what happened in time and is learned late could change it", "；只有期限内发生、事后补记的事实才会改变");
    }

    /// <summary>Which kind of fact, and how much of an amount.</summary>
    private string Lacking(Condition.Happened condition, Finding finding, string none)
    {
        var what = Word(condition.Kind) + Where(condition.Where);
        var least = condition.EachAtLeast is { } each ? Yuan(each) : null;
        if (finding.Lacking is not { IsZero: false } lacking)
            return Say(least is null ? what : $"{what} of at least {least}", least is null ? none + what : $"{none}单笔不少于 {least} 的{what}");
        var so = finding.Facts.Count > 0 ? Say($" (so far {Evidence(finding)})", $"（已有 {Evidence(finding)}）") : "";
        var single = least is null ? "" : Say($" of at least {least} each", $"，单笔不少于 {least}");
        return Say($"{Yuan(lacking)} of {what}", $"还差 {Yuan(lacking)} 的{what}") + single + so;
    }

    private string NotCounted(Condition.Happened condition, Finding finding)
    {
        var list = finding.Unfit.Select(fact => $"{Name(fact)}{Bracketed(Unfit(condition, finding.Opening, fact))}");
        return finding.Unfit.Count == 0 ? "" : Say($"; not counted: {string.Join(", ", list)}", $"；不计：{string.Join("、", list)}");
    }

    private string Bracketed(string text) => Say($" ({text})", $"（{text}）");

    private string Unfit(Condition.Happened condition, Fact? opening, Fact fact)
    {
        if (opening is not null && fact.At < opening.At) return Say($"before {Word(opening.Kind)}", $"早于{Word(opening.Kind)}");
        if (condition.EachAtLeast is { } least && fact.Amount < least) return Say($"less than {Yuan(least)}", $"单笔不足 {Yuan(least)}");
        var other = condition.Where.Demands.Where(demand => !demand.IsMetBy(fact)).Select(demand => demand.Name).ToList();
        return other.Count > 0
            ? Say($"another {string.Join(", ", other)}", $"{string.Join("、", other)} 不符")
            : Say($"too late, at {At(fact.At)}", $"{At(fact.At)}，已过期限");
    }

    private string Evidence(Finding finding)
    {
        var list = string.Join(" + ", finding.Facts.Select(Name));
        if (finding.Condition is not Condition.Happened { AtLeast: not null } || finding.Facts.Count < 2) return list;
        return $"{list} = {Yuan(finding.Facts.Aggregate(Money.Zero, (sum, fact) => sum + fact.Amount))}";
    }
}
