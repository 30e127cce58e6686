using HaoSuan.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Settlements;

/// <summary>The last shadow run of a version, for whoever is about to approve it; a warning where there is none, or an older one.</summary>
internal static class ShadowNote
{
    private const int Recent = 5;

    public static async Task<VersionNote.Shown> AskAsync(IServiceProvider services, SchemeVersion version, CancellationToken cancel)
    {
        var runs = await services.GetRequiredService<ShadowRuns>().OfVersionAsync(version.ProductId, version.Version, Recent, cancel);
        var product = (await services.GetRequiredService<Products>().FindAsync(version.ProductId, cancel))!;      // a version has its product
        var last = runs.FirstOrDefault(r => r.FinishedAt is not null) ?? (runs.Count > 0 ? runs[0] : null);
        return Of(version, last, ShadowEndpoint.Address(product.Code, version.Version));
    }

    private static VersionNote.Shown Of(SchemeVersion version, ShadowRun? run, string address)
    {
        var waits = version.State != ProposalState.Approved;
        if (run is null)
        {
            var text = waits ? "这一版还没有试算过：批准前请用历史订单试算，看它对上游收入、佣金和毛利的影响。" : "这一版没有试算过。";
            return new("试算", waits ? Tone.Warn : Tone.Neutral, text, [], null, ("试算", address));
        }
        var (href, again) = ($"{address}/{run.Id.Value}", ("重新试算", address));
        if (run.FinishedAt is null) return new("试算", Tone.Info, $"试算进行中：已比对 {run.Orders} / {run.Expected} 单。", [], href, again);
        var (isOld, change) = (run.Scheme != version.Json, run.Outcome.Change);
        var summary = $"{ShadowWords.Months(run)} 的 {run.Orders} 单：{run.Changed} 单有差异，{run.Refused} 单试算不能结算。";
        return new(
            "试算", waits && (isOld || run.Refused > 0) ? Tone.Warn : Tone.Info,
            isOld ? $"方案在这次试算之后改过，请重新试算。{summary}" : summary,
            [("上游收入", change.Upstream), ("佣金", change.Commission), ("毛利", change.Margin)], href, again);
    }
}
