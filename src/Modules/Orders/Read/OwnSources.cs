using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Upstreams;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Orders;

/// <summary>The words for what this module records itself: what payments and upstreams tell, and what becomes of the order in our own hands.</summary>
internal static class OwnSources
{
    public static readonly FactSource[] All =
    [
        FactSource.Of("payments", Paid),
        FactSource.Of("office", f => new("后台操作", f.Attributes.GetValueOrDefault("reason") is { } reason ? $"原因：{reason}" : null)),
        FactSource.Of("orders", _ => new("系统自动", "超时未支付")),
        FactSource.Of("stock", f => new("仓库发货", $"ICCID {f.SourceId}", $"/office/cards/{f.SourceId}", Policies.Operations)),
        new("upstream", UpstreamAsync),
        new(AfterSaleFacts.Source, AfterSalesAsync),
        FactSource.Of(CardChanges.Source, _ => new("系统自动", "说的是已经换下的卡或包裹")),
    ];

    private static async Task<IReadOnlyList<Origin>> AfterSalesAsync(
        IServiceProvider services, IReadOnlyList<RecordedFact> facts, OrderId order, CancellationToken cancel)
    {
        var staff = await services.GetRequiredService<Users>().WhoMayAsync(Policies.Office, cancel);
        var people = staff.ToDictionary(u => u.Actor, u => u.Name, StringComparer.Ordinal);
        return [.. facts.Select(fact => fact.Source.Split(':', 2)[1] is var who && who == AfterSaleFacts.Consumer
            ? new Origin("用户申请")
            : new Origin("售后处理", people.GetValueOrDefault(who, who)))];
    }

    private static Origin Paid(RecordedFact fact) =>
        new("支付渠道", fact.Attributes.GetValueOrDefault("channel") is { } channel ? ShopWords.Of(channel) : null);

    private static async Task<IReadOnlyList<Origin>> UpstreamAsync(
        IServiceProvider services, IReadOnlyList<RecordedFact> facts, OrderId order, CancellationToken cancel)
    {
        var heard = await services.GetRequiredService<UpstreamEvents>().HeardAsync(order, cancel);
        var names = (await services.GetRequiredService<Products>().UpstreamsAsync(cancel)).ToDictionary(u => u.Key, u => u.Name, StringComparer.Ordinal);
        return [.. facts.Select(fact => new Origin(
            heard.TryGetValue(fact.SourceId, out var by) ? Of(by) : "上游答复",
            string.Join("，", new[] { NameIn(fact.Source), fact.Attributes.GetValueOrDefault("message") }.OfType<string>())))];

        string? NameIn(string source) => source.Split(':') is [_, var key] ? names.GetValueOrDefault(key, key) : null;
    }

    private static string Of(HeardBy by) => by switch
    {
        HeardBy.Callback => "上游回调",
        HeardBy.Query => "上游查询",
    };
}
