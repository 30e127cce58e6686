using HaoSuan.Settling.Cases;

namespace HaoSuan.Settling.Explaining;

/// <summary>Explains a settled case in text: for each instant, order and stage the reasons, and the arithmetic of each line.</summary>
public sealed class Report(Case settled, Language language)
{
    private readonly Prose _prose = new(language, settled.Currency, settled.Zone);
    private readonly List<string> _text = [];

    public IReadOnlyList<string> Of(IEnumerable<Settlement> settlements)
    {
        foreach (var settlement in settlements) Tell(settlement);
        return _text;
    }

    private void Tell(Settlement settlement)
    {
        Add(0, Say($"As of {At(settlement.AsOf)}", $"截至 {At(settlement.AsOf)}"));
        foreach (var (order, history) in settled.Orders) Tell(Explanation.Of(order, history, settlement.AsOf, settled.Zone).Value);
        Bonuses[] bonuses = [.. settled.Bonuses.Select(bonus => Count(bonus, settlement.AsOf))];
        for (var i = 0; i < bonuses.Length; i++) Tell(settled.Bonuses[i], bonuses[i], settlement.AsOf);
        var (upstream, commission) = (Yuan(settlement.Upstream), Yuan(settlement.Commission));
        var margin = Yuan(settlement.Margin);
        Add(1, Say(
            $"platform: margin {margin} = upstream {upstream} - commission {commission}",
            $"平台：毛利 {margin} = 上游收入 {upstream} - 佣金 {commission}"));
    }

    private void Tell(Explanation explanation)
    {
        var (id, scheme) = (explanation.Order.Id, explanation.Order.Scheme);
        Add(1, Say(
            $"order {id}: scheme {scheme.Product}, version {scheme.Version}",
            $"订单 {id}：方案 {scheme.Product} 第 {scheme.Version} 版"));
        if (explanation.EndedBy is { } end) Add(2, _prose.Ended(end));
        foreach (var stage in explanation.Stages) Tell(explanation, stage);
        foreach (var clawback in explanation.Clawbacks.Where(c => c.Firing is not null)) Tell(explanation.Order, clawback);
    }

    private void Tell(Explanation explanation, StageExplanation stage)
    {
        var name = stage.Stage.Name == stage.Stage.Key ? stage.Stage.Key : $"{stage.Stage.Key} ({stage.Stage.Name})";
        var none = stage.IsLost ? Say(": not earned, and cannot be any more", "：未达成，且不能再达成")
            : stage.Earnings.IsEmpty ? Say(": not earned yet", "：尚未达成") : "";
        Add(2, Say($"stage {name}{none}", $"阶段 {name}{none}"));
        var ordered = At(explanation.Order.OrderedAt);
        if (stage.Conditions.IsEmpty) Add(3, Say($"no condition: met when ordered, {ordered}", $"无条件：下单即满足，{ordered}"));
        foreach (var finding in stage.Conditions) Add(3, _prose.Ask(finding.Condition) + Say(": ", "：") + _prose.Tell(finding));
        if (stage.Stage.Repeat is { } repeat)
            Add(3, Say(
                $"pays for each {Word(repeat.Kind)} in the calendar months 1 to {repeat.Months}, that of {Word(repeat.After)} being month 1",
                $"{Word(repeat.After)}当月为第 1 个月，第 1 至 {repeat.Months} 个自然月内每次{Word(repeat.Kind)}各计一笔"));
        foreach (var earning in stage.Earnings) Tell(explanation, stage.Stage, earning);
        if (stage.Prospect is { } prospect) Tell(explanation.Order, prospect);
    }

    private void Tell(Order order, Prospect prospect)
    {
        Add(3, Say("once it is earned", "达成后"));
        if (prospect.TakenBackBy is { } taking) Add(4, Taking(taking));
        foreach (var share in prospect.Shares) Add(4, Line(order, share, prospect.Left));
    }

    private void Tell(Explanation explanation, Stage stage, EarningExplanation earning)
    {
        var fact = earning.Fact is { } paid ? Say($" for {Name(paid)}", $"（{Name(paid)}）") : "";
        Add(3, Say($"earned {At(earning.Earning.EarnedAt)}{fact}", $"达成于 {At(earning.Earning.EarnedAt)}{fact}"));
        Add(4, Say("release ", "放款 ") + _prose.Release(stage, earning, explanation.AsOf));
        foreach (var taking in earning.ClawedBackBy) Add(4, Taking(taking));
        var (upstream, sum) = (Yuan(earning.Earning.Upstream), Rated(stage.Upstream, earning.Upstream, earning));
        Add(4, Say("upstream ", "上游收入 ") + (sum == upstream ? sum : $"{upstream} = {sum}"));
        foreach (var share in earning.Shares) Add(4, Line(explanation.Order, share, earning.Earning.Left) + Of(explanation.Order, earning, share));
    }

    private string Taking(Taking taking)
    {
        var left = taking.Leaves.Used == 0 ? Say("nothing", "不保留") : Say("", "保留 ") + $"{taking.Leaves.Used}/{taking.Leaves.Of}";
        return Say(
            $"clawback rule {taking.Rule} by {Name(taking.By)} at {At(taking.By.At)}: leaves {left}",
            $"扣回规则 {taking.Rule}，因 {At(taking.By.At)} 的{Name(taking.By)}：{left}");
    }

    private string Line(Order order, Share share, Portion left) =>
        $"{order.Chain[share.Seat].Distributor} {Word(share.Role.Name())} {_prose.Sum(share, left)}";

    private string Of(Order order, EarningExplanation earning, Share share) =>
        share.Role != Role.Peer && order.Chain[share.Seat].Rates[earning.Earning.Stage] is { IsShare: true } bps
            ? Say("; rate ", "；费率 ") + $"{Floor(bps, earning)} = {Yuan(share.Own)}"
            : "";

    private string Rated(Rate rate, Money whole, EarningExplanation earning) =>
        rate.IsShare && earning.Earning.Left == Portion.All ? Floor(rate, earning) : _prose.Left(whole, earning.Earning.Left);

    private string Floor(Rate rate, EarningExplanation earning) =>
        $"floor({Yuan(earning.Earning.Basis)} × {rate.Format(settled.Currency)})";

    private void Tell(Order order, ClawbackExplanation rule)
    {
        if (rule.Clawback.Penalty.IsZero || order.Chain.IsEmpty || rule.Firing is not { By: var by }) return;
        var (seller, penalty) = (order.Chain[^1].Distributor, Yuan(-rule.Clawback.Penalty));
        Add(2, Say(
            $"{seller} penalty {penalty}: clawback rule {rule.Rule} by {Name(by)} at {At(by.At)}",
            $"{seller} 罚款 {penalty}：扣回规则 {rule.Rule}，因 {At(by.At)} 的{Name(by)}"));
    }

    private Bonuses Count(Bonus bonus, Instant asOf)
    {
        var (evaluator, bonuses) = (new Evaluator(settled.Zone), new Bonuses(bonus, settled.Zone));
        foreach (var (order, history) in settled.Orders)
        {
            evaluator.Evaluate(order, history, asOf);
            bonuses.Add(order, evaluator.Earnings);
        }
        return bonuses;
    }

    private void Tell(Bonus bonus, Bonuses bonuses, Instant asOf)
    {
        var sorted = bonuses.Volumes.OrderBy(v => v.Month).ThenBy(v => v.Distributor, StringComparer.Ordinal);
        foreach (var (distributor, month, cards) in sorted)
        {
            if (bonus.LineFor(distributor, month, cards, settled.Zone, asOf) is not { ReleasesAt: { } releases } line) continue;
            var sum = string.Join(" + ", bonus.PartsOf(cards).Select(part => $"{part.Cards} × {Yuan(part.PerCard)}"));
            var (amount, at) = (Yuan(line.Amount), At(releases));
            Add(1, Say(
                $"bonus {bonus.Key} {month}, {distributor}: {cards} cards count; {amount} = {sum}; released {at}",
                $"阶梯奖励 {bonus.Key} {month}，{distributor}：计 {cards} 张；{amount} = {sum}；{at} 起可提现"));
        }
    }

    private string Say(string english, string chinese) => _prose.Say(english, chinese);

    private string At(Instant instant) => _prose.At(instant);

    private string Yuan(Money amount) => _prose.Yuan(amount);

    private string Word(string word) => _prose.Word(word);

    private string Name(Fact fact) => _prose.Name(fact);

    private void Add(int depth, string text) => _text.Add(new string(' ', depth * 2) + text);
}
