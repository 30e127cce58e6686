using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Catalog;

/// <summary>A scheme in the words of the trade.</summary>
internal sealed class SchemeWords(Zone zone)
{
    private readonly Prose _prose = new(Language.Chinese, Currency.Cny, zone);

    public string Of(Condition condition) => _prose.Ask(condition);

    public static string Of(ProposalState state) => state switch
    {
        ProposalState.Draft => "草稿",
        ProposalState.Submitted => "待审批",
        ProposalState.Rejected => "已驳回",
        ProposalState.Approved => "已批准",
    };

    public static Tone ToneOf(ProposalState state) => state switch
    {
        ProposalState.Draft => Tone.Neutral,
        ProposalState.Submitted => Tone.Warn,
        ProposalState.Rejected => Tone.Bad,
        ProposalState.Approved => Tone.Good,
    };

    public static string Of(ProposalAction action) => action switch
    {
        ProposalAction.Drafted => "起草",
        ProposalAction.Changed => "修改",
        ProposalAction.Submitted => "提交审批",
        ProposalAction.Withdrawn => "撤回",
        ProposalAction.Approved => "批准",
        ProposalAction.Rejected => "驳回",
    };

    public static string Of(Rate rate) => rate.IsShare ? $"{new Bps((int)rate.Of(new(10_000)).Minor)}" : YuanText.Of(rate.Of(Money.Zero));

    /// <summary>When what was earned may be drawn.</summary>
    public static string Of(Release release)
    {
        var mode = release switch
        {
            Release.AtOnce => "秒结：达成即可提现",
            Release.Days { Count: var days } => $"T+{days}：达成后第 {days} 天零点可提现",
            Release.Weekly { Weekday: var day } => $"周结：达成后的下一个星期{"一二三四五六日"[day - 1]}可提现",
            Release.Monthly { Months: 1, Day: var day } => $"次月 {day} 日结",
            Release.Monthly { Months: var months, Day: var day } => $"{months} 个月后的 {day} 日结",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return release.AwaitsUpstream ? $"{mode}，且须上游确认" : mode;
    }

    /// <summary>Revenue share: for which facts, and how long.</summary>
    public string Of(Repeat repeat) => $"每次{_prose.Word(repeat.Kind)}计一次，自{_prose.Word(repeat.After)}当月起共 {repeat.Months} 个月";

    public string Of(Clawback clawback, Scheme scheme)
    {
        var on = string.Join("或", clawback.On.Select(_prose.Word));
        var where = string.Concat(clawback.Where.Demands.Select(d => $"（{d.Name} 为 {string.Join(" 或 ", d.OneOf)}）"));
        var keep = clawback.Keep switch { Keep.None => "全部扣回", Keep.ProRata => "按已用天数折算，其余扣回" };
        var penalty = clawback.Penalty.IsZero ? "" : $"，另扣推广人 {YuanText.Of(clawback.Penalty)}";
        return $"{Within(clawback.Window)}{on}{where}：{Stages(clawback, scheme)}{keep}{penalty}";
    }

    /// <param name="bonus">A bonus.</param>
    /// <param name="stages">The stages of all products.</param>
    public static string Of(Bonus bonus, IReadOnlyList<(string Product, string Key, string Name)> stages)
    {
        var names = stages.Where(s => s.Key == bonus.Stage && bonus.Products?.Contains(s.Product) != false).Select(s => s.Name);
        var scope = bonus.Scope switch { Scope.Own => "本人销售", Scope.Team => "本人及下级销售" };
        var basis = bonus.Basis switch { TierBasis.Whole => "按所达档位计全部张数", TierBasis.Marginal => "每张按各自档位计" };
        var tiers = string.Join("，", bonus.Tiers.Select(t => $"第 {t.From} 张起每张 {YuanText.Of(t.PerCard)}"));
        var products = bonus.Products is { } codes ? string.Join("、", codes) : "全部产品";
        return $"{products}：每月{scope}、达成“{Named(names) ?? bonus.Stage}”的张数，{basis}。{tiers}。{Of(bonus.Release)}。";
    }

    /// <summary>Products may name one stage differently; null where there is none.</summary>
    public static string? Named(IEnumerable<string> stages) => stages.Distinct(StringComparer.Ordinal).ToList() switch
    {
        [] => null,
        [_, _, _, ..] many => $"{string.Join(" / ", many.Take(2))} 等",
        var few => string.Join(" / ", few),
    };

    public static string Months(Month first, Month? last) => last is { } end ? first == end ? $"{first}" : $"{first} 至 {end}" : $"{first} 起";

    private string Within(Window window)
    {
        if (window.After is not { } after) return "";
        var days = window.Days is { } d ? $" {d} 天内" : "";
        var months = window.Months switch { null => "", 0 => "当月内", { } m => $" {m} 个自然月内" };
        return $"{_prose.Word(after)}{(window.Months == 0 && window.Days is null ? "" : "后")}{days}{months}";
    }

    private static string Stages(Clawback clawback, Scheme scheme) =>
        clawback.Stages is not { } keys
            ? ""
            : $"“{string.Join("、", keys.Select(k => scheme.Stages.FirstOrDefault(s => s.Key == k)?.Name ?? k))}”";
}
