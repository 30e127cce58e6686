using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Payouts;

namespace HaoSuan.Web.Demo;

/// <summary>Distributors ask for their money once a week; finance decides the next morning.</summary>
internal sealed class Treasury(Scene scene, IReadOnlyList<Seller> sellers)
{
    private static readonly Money Least = new(100_00);

    private int _week;
    private bool _hasFailed;

    /// <summary>What holds for each way of being paid, and how the distributors are taxed.</summary>
    public async Task SetPolicies()
    {
        var usual = new PayoutPolicy { Least = new(10_00), MostPerMonth = new(98_000_00), SecondFrom = new(5_000_00), OneOpen = true };
        foreach (var (method, policy) in new[]
        {
            (PayoutMethod.Alipay, usual with { Most = new(20_000_00) }),
            (PayoutMethod.WeChat, usual with { Most = new(500_00), Splits = true }),
            (PayoutMethod.Bank, usual with { Most = new(50_000_00), FeeRate = new(10), FeeLeast = new(1_00), FeeMost = new(20_00) }),
        })
        {
            await scene.Do<PayoutPolicies, Done>(p => p.SetAsync(method, scene.Zone.DateOf(scene.Now), policy), "demo-approver");
        }
        // Some are taxed otherwise, and some have not told who they are.
        foreach (var (index, seller) in sellers.Index().Where(s => s.Index % 4 != 3))
        {
            var digits = "440305199" + scene.Dice.Below(10) + "0816" + scene.Dice.Digits(3);
            var kind = index % 10 == 0 ? TaxKind.Company : index % 10 == 6 ? TaxKind.PerPayment : TaxKind.Cumulative;
            await scene.Do<SetTaxProfile, Done>(t => t.RunAsync(new(
                seller.Id, Month.Of(scene.Zone.DateOf(scene.Now)), kind, seller.Name,
                kind == TaxKind.Company ? "91440300MA5F" + scene.Dice.Digits(6) : digits + CitizenId.CheckOf(digits))));
        }
    }

    /// <summary>Requests and decisions of one week. Those of the last one wait for whoever looks at the demonstration.</summary>
    public async Task Ask(bool isLast)
    {
        _week++;
        List<PayoutId> asked = [];
        foreach (var seller in sellers)
        {
            if (scene.Dice.Chance(45)) continue;
            var available = await scene.Call<Journal, Money>(j => j.OwedAsync(Accounts.Available(seller.Id)));
            if (available < Least) continue;
            var amount = scene.Dice.Chance(50) ? available : new Money(available.Minor / 100_00 * 100_00);
            var payout = await scene.Call<RequestPayout, Result<PayoutId>>(r => r.RunAsync(seller.Id, amount, $"{seller.Code}-{_week}"));
            if (payout.TryGet(out var id, out _)) asked.Add(id);
        }
        if (!isLast) scene.After(scene.Dice.Hours(15, 20), () => Decide(asked));
        else foreach (var id in asked.Skip(4)) await Approve(id);
    }

    private async Task Decide(List<PayoutId> asked)
    {
        foreach (var (index, id) in asked.Index())
        {
            if (index == 1) await scene.Call<RejectPayout, Result<Done>>(r => r.RunAsync(id, "收款人姓名与登记主体不一致，请更新后重新申请"), "finance");
            else await Approve(id);
        }
        await Pay(PayoutMethod.Alipay, null);
        await Pay(PayoutMethod.WeChat, null);
        if (await Pay(PayoutMethod.Bank, "csv") is { } batch) await Confirm(batch);
        await scene.SettleDown();
    }

    /// <summary>A large one needs a second person; of others he learns that nothing is left to do.</summary>
    private async Task Approve(PayoutId id)
    {
        foreach (var person in new[] { "finance", "demo-approver" })
        {
            var approved = await scene.Call<ApprovePayout, Result<Done>>(a => a.RunAsync(id), person);
            if (approved.IsRefused && approved.Refusals[0].Code == "payouts.invoice_missing")
                await scene.Do<MatchInvoice, Done>(m => m.RunAsync(id, "2544" + scene.Dice.Digits(16)), "finance");
        }
    }

    private async Task<Guid?> Pay(PayoutMethod method, string? format)
    {
        var made = await scene.Call<MakeBatch, Result<Guid>>(b => b.RunAsync(method, format), "finance");
        return made.TryGet(out var id, out _) ? id : null;
    }

    /// <summary>The bank's file of results: of one payment it says no.</summary>
    private async Task Confirm(Guid batch)
    {
        await scene.Call<BatchFile, bool>(b => b.HandOverAsync(batch), "finance");
        var results = new StringBuilder("付款编号,结果,流水号或原因\n");
        foreach (var line in await scene.Call<PayoutBatches, IReadOnlyList<BatchLine>>(b => b.LinesAsync(batch)))
        {
            results.Append(line.Reference).Append(_hasFailed ? $",成功,B{scene.Dice.Digits(16)}\n" : ",失败,账号户名不符，银行退回\n");
            _hasFailed = true;
        }
        await scene.Do<ReadResults, Guid>(r => r.RunAsync(batch, Encoding.UTF8.GetBytes(results.ToString())), "finance");
    }
}
