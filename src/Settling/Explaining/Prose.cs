using System.Diagnostics;

namespace HaoSuan.Settling.Explaining;

/// <summary>Tells conditions, their standing and the arithmetic of amounts in plain Chinese or English.</summary>
/// <param name="language">The language it speaks.</param>
/// <param name="currency">How amounts are written.</param>
/// <param name="zone">Whose local time it tells.</param>
/// <param name="moment">How an instant is written; null: with the zone's offset, to the second.</param>
public sealed partial class Prose(Language language, Currency currency, Zone zone, Func<Instant, string>? moment = null)
{
    /// <summary>What a condition asks for.</summary>
    public string Ask(Condition condition) => condition switch
    {
        Condition.Happened c => $"{Word(c.Kind)}{Where(c.Where)}{Amounts(c)}{Window(c.Window)}",
        Condition.Quiet c => Say(
            $"no {Words.List(c.Kinds, language)}{Where(c.Where)} on the date of {Word(c.After)} or the {c.ForDays} dates after it",
            $"{Word(c.After)}当日及其后 {c.ForDays} 天内没有{Words.List(c.Kinds, language)}{Where(c.Where)}"),
        Condition.NormalAtMonthEnd c => Say(
            $"in normal service at the end of month {c.Number}, the month of {Word(c.After)} being month 1{Ignoring(c)}",
            $"{Word(c.After)}当月为第 1 个月，第 {c.Number} 个月末在网状态正常{Ignoring(c)}"),
        _ => throw new UnreachableException(),
    };

    /// <summary>An amount and its arithmetic: "8.22 = floor(100.01 × 37/90) - 32.89"; the amount alone where there is none.</summary>
    public string Sum(Share share, Portion left)
    {
        var sum = Left(share.Cumulative, left) + (share.Role == Role.Spread ? $" - {Yuan(share.Below)}" : "");
        var amount = sum == Yuan(share.Amount) ? sum : $"{Yuan(share.Amount)} = {sum}";
        return share.Cumulative == share.Own ? amount : amount + Say($" (raised from {Yuan(share.Own)})", $"（由 {Yuan(share.Own)} 按最高费率抬升）");
    }

    /// <summary>An amount after clawback: "floor(100.01 × 37/90)", or "100.01 × 0".</summary>
    public string Left(Money whole, Portion left) => left switch
    {
        { Used: var used, Of: var of } when used == of => Yuan(whole),
        { Used: 0 } => whole.IsZero ? Yuan(whole) : $"{Yuan(whole)} × 0",
        _ => $"floor({Yuan(whole)} × {left.Used}/{left.Of})",
    };

    /// <summary>When the amounts are released, and whether they are by now.</summary>
    public string Release(Stage stage, EarningExplanation earning, Instant asOf)
    {
        var awaits = !stage.Release.AwaitsUpstream ? ""
            : earning.Confirmation is { } fact ? Say($", confirmed by the upstream with {fact.Id}", $"，上游已确认（{fact.Id}）")
            : Say(", awaits the upstream's confirmation", "，等待上游确认");
        var state = earning.Earning.ReleasesAt is not { } at ? Say(": pending", "：冻结中")
            : at <= asOf ? Say($": available since {At(at)}", $"：{At(at)} 起可提现")
            : Say($": pending until {At(at)}", $"：冻结至 {At(at)}");
        return Mode(stage.Release) + awaits + state;
    }

    private string Mode(Release release) => release switch
    {
        Settling.Release.AtOnce => Say("at once", "秒结"),
        Settling.Release.Days r => $"T+{r.Count}",
        Settling.Release.Weekly r => Say($"weekly, weekday {r.Weekday}", $"周结，星期{"一二三四五六日"[r.Weekday - 1]}"),
        Settling.Release.Monthly r => Say($"monthly, day {r.Day}, {r.Months} months on", $"月结，{r.Months} 个月后的 {r.Day} 日"),
        _ => throw new UnreachableException(),
    };

    /// <summary>A fact by kind and id: "topped_up b 30.00".</summary>
    public string Name(Fact fact) => fact.Kind == FactKind.Ordered
        ? Word(fact.Kind)
        : $"{Word(fact.Kind)} {fact.Id}{(fact.Amount.IsZero ? "" : " " + Yuan(fact.Amount))}";

    /// <summary>With which fact the order has ended.</summary>
    public string Ended(Fact by) => Say($"ended {At(by.At)} with {Name(by)}", $"订单已于 {At(by.At)} 因{Name(by)} 结束");

    public string At(Instant instant) => moment is null ? zone.Format(instant) : moment(instant);

    public string Yuan(Money amount) => currency.Format(amount);

    public string Word(string word) => Words.Of(word, language);

    public string Say(string english, string chinese) => language switch
    {
        Language.English => english,
        Language.Chinese => chinese,
    };

    internal string Where(Where where) => string.Concat(where.Demands.Select(demand =>
        Say($" with {demand.Name} {string.Join(" or ", demand.OneOf)}", $"（{demand.Name} 为 {string.Join(" 或 ", demand.OneOf)}）")));

    private string Amounts(Condition.Happened condition)
    {
        var each = condition.EachAtLeast is { } least ? Say($" of at least {Yuan(least)} each", $"，单笔不少于 {Yuan(least)}") : "";
        return each + (condition.AtLeast is { } sum ? Say($", {Yuan(sum)} in all", $"，累计达到 {Yuan(sum)}") : "");
    }

    private string Window(Window window)
    {
        if (window.After is not { } after) return "";
        var days = window.Days is { } d ? Say($" within {d} days", $" {d} 天内") : "";
        var months = window.Months switch
        {
            null => "",
            0 => Say(" within the month", "当月内"),
            { } m => Say($" within {m} calendar months", $" {m} 个自然月内"),
        };
        var of = window.Months == 0 && window.Days is null ? Say(" of ", "") : Say(" after ", "后");
        return Say($"{days}{months}{of}{Word(after)}", $"，{Word(after)}{of}{days}{months}");
    }

    private string Ignoring(Condition.NormalAtMonthEnd condition)
    {
        var kinds = Words.List(condition.Ignoring, language);
        return kinds.Length == 0 ? "" : Say($", not counting suspensions of kind {kinds}", $"（不计{kinds}）");
    }
}
