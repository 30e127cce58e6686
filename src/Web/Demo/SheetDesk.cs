using HaoSuan.Catalog;
using HaoSuan.Reconciliation;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Web.Demo;

/// <summary>The upstreams' sheets come in, and a clerk works on them.</summary>
internal sealed class SheetDesk(Scene scene)
{
    private readonly Billing _billing = new(scene.Zone, scene.Dice);

    /// <summary>The sheets of that month, decided but for what takes longer.</summary>
    public async Task Close(Month month)
    {
        if (await Open(Offers.Upstreams[0], scene.Sandbox.Haoyi, month) is { } first)
        {
            await Decide(first, Difference.Matched, new(Verdict.Confirm, "金额一致"));
            await Decide(first, Difference.AmountDiffers, new(Verdict.Confirm, "上游调价，按表结算"));
            await Decide(first, Difference.StatusDiffers, new(Verdict.WriteOff, "已停机，上游不结"));
            await Decide(first, Difference.MissingInSheet, new(Verdict.Dispute, "漏结，已发函", "商务部", scene.Zone.DateOf(scene.Now).AddDays(20)));
            await Decide(first, Difference.UnexpectedInSheet, new(Verdict.Hold, "非我方订单，待上游核实"));
        }
        if (await Open(Offers.Upstreams[1], scene.Sandbox.Hao172, month) is { } second)
            await Decide(second, Difference.Matched, new(Verdict.Confirm, "金额一致"));
    }

    /// <summary>The sheets of that month, left for whoever looks at the demonstration.</summary>
    public async Task Leave(Month month)
    {
        await Open(Offers.Upstreams[0], scene.Sandbox.Haoyi, month);
        await Open(Offers.Upstreams[1], scene.Sandbox.Hao172, month);
    }

    private async Task<SheetId?> Open((string Key, string Name) upstream, UpstreamDesk desk, Month month)
    {
        var lines = _billing.Of(desk.Records, month);
        if (lines.Count == 0) return null;
        var (name, content) = upstream.Key == "haoyi"
            ? ($"{upstream.Name}-{month}.csv", Billing.Csv(lines, upstream.Name, month))
            : ($"{upstream.Name}-{month}.xlsx", Billing.Xlsx(lines, month));
        var id = (await scene.Call<Products, Upstream?>(p => p.UpstreamAsync(upstream.Key)))!.Id;       // founded at the start
        var uploaded = await scene.Do<UploadSheet, Uploaded>(u => u.RunAsync(new(id, month, name, content)));
        await scene.Do<OpenSheet, Done>(o => o.RunAsync(uploaded.Id));
        return uploaded.Id;
    }

    private Task<int> Decide(SheetId sheet, Difference difference, Decision decision) =>
        scene.Do<DecideDifferences, int>(d => d.RunAsync(sheet, difference, decision));
}
