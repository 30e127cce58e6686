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
        await Automate(Offers.Upstreams[0]);
        if (await Open(Offers.Upstreams[0], scene.Sandbox.Haoyi, month) is { } first)
        {
            await Decide(first, Difference.Matched, new(Verdict.Confirm, "金额一致"));
            await Decide(first, Difference.AmountDiffers, new(Verdict.Confirm, "上游调价，按表结算"));
            await Decide(first, Difference.StatusDiffers, new(Verdict.WriteOff, "已停机，上游不结"));
            await Decide(first, Difference.MissingInSheet, new(Verdict.Dispute, "漏结，已发函", "商务部", scene.Zone.DateOf(scene.Now).AddDays(20)));
            await Decide(first, Difference.UnexpectedInSheet, new(Verdict.Hold, "非我方订单，待上游核实"));
            await Receive(Offers.Upstreams[0], first);
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

    /// <summary>Differences of some fen are not worth anybody's time.</summary>
    private async Task Automate((string Key, string Name) upstream)
    {
        NewRule rule = new(await IdOf(upstream), RuleKind.SmallAmount, scene.Zone.DateOf(scene.Now), new(1_00), new(50_00));
        await scene.Do<SetRules, RuleId>(r => r.AddAsync(rule));
    }

    /// <summary>The upstream pays what its sheet says, and the bank's statement has it among other movements.</summary>
    private async Task Receive((string Key, string Name) upstream, SheetId sheet)
    {
        var paid = (await scene.Call<ReconSheets, SheetSummary?>(s => s.FindAsync(sheet)))!.SheetTotal;      // opened a moment ago
        var day = scene.Zone.DateOf(scene.Now);
        var left = new Money(260_000_00);
        List<string> rows = ["交易日期,交易流水号,收入,支出,余额,对方户名,摘要"];
        (Money Amount, string Who, string Why)[] movements =
            [(paid, upstream.Name, "佣金结算"), (new(-12_50), "", "对公账户管理费"), (new(318_26), "财付通支付科技有限公司", "结算款")];
        foreach (var (nth, (amount, who, why)) in movements.Index())
        {
            left += amount;
            var (moneyIn, moneyOut) = amount > Money.Zero ? ($"{amount}", "") : ("", $"{-amount}");
            rows.Add($"{day:yyyyMMdd},{day:yyMMdd}88{nth + 1:0000},{moneyIn},{moneyOut},{left},{who},{why}");
        }
        var file = await scene.Do<ImportStatement, BankImported>(
            i => i.RunAsync($"银行流水-{day:yyyy-MM-dd}.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows))));
        await scene.Do<ClaimLines, int>(c => c.AsReceiptsAsync(file.Id, [2], null, $"{upstream.Name} 佣金"));
        await scene.Do<ClaimLines, int>(c => c.AsOtherAsync(file.Id, [3], "银行手续费"));
    }

    private async Task<UpstreamId> IdOf((string Key, string Name) upstream) =>
        (await scene.Call<Products, Upstream?>(p => p.UpstreamAsync(upstream.Key)))!.Id;       // founded at the start

    private async Task<SheetId?> Open((string Key, string Name) upstream, UpstreamDesk desk, Month month)
    {
        var lines = _billing.Of(desk.Records, month);
        if (lines.Count == 0) return null;
        var (name, content) = upstream.Key == "haoyi"
            ? ($"{upstream.Name}-{month}.csv", Billing.Csv(lines, upstream.Name, month))
            : ($"{upstream.Name}-{month}.xlsx", Billing.Xlsx(lines, month));
        var id = await IdOf(upstream);
        var uploaded = await scene.Do<UploadSheet, Uploaded>(u => u.RunAsync(new(id, month, name, content)));
        await scene.Do<OpenSheet, Done>(o => o.RunAsync(uploaded.Id));
        return uploaded.Id;
    }

    private Task<int> Decide(SheetId sheet, Difference difference, Decision decision) =>
        scene.Do<DecideDifferences, int>(d => d.RunAsync(sheet, difference, decision));
}
