using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Appeals;

/// <summary>Facts in the words of the order's reasons.</summary>
internal sealed class FactWords(TenantScope tenant)
{
    public string Of(string kind) => new Prose(Language.Chinese, Currency.Cny, tenant.Zone).Word(kind);

    /// <summary>"补记充值 ￥50.00", "作废激活": of a fact that was told by a decision.</summary>
    public string Of(Fact fact, IReadOnlyList<Fact> all) =>
        all.FirstOrDefault(f => f.Id == fact.Of) is { } withdrawn ? $"作废{Known(withdrawn)}" : $"补记{Known(fact)}";

    /// <summary>"充值 ￥50.00".</summary>
    public string Known(Fact fact) => Of(fact.Kind) + (fact.Amount.IsZero ? "" : $" {YuanText.Of(fact.Amount)}");
}
