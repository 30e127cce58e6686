using HaoSuan.Ledger;
using HaoSuan.Payouts;

namespace HaoSuan.Web.Demo;

/// <summary>Distributors ask for their money once a week; finance decides the next morning.</summary>
internal sealed class Treasury(Scene scene, IReadOnlyList<Seller> sellers)
{
    private static readonly Money Least = new(100_00);

    private int _week;
    private bool _hasFailed;

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
        else foreach (var id in asked.Skip(4)) await scene.Call<ApprovePayout, Result<Done>>(a => a.RunAsync(id), "finance");
    }

    private async Task Decide(List<PayoutId> asked)
    {
        foreach (var (index, id) in asked.Index())
        {
            if (index == 1) await scene.Call<RejectPayout, Result<Done>>(r => r.RunAsync(id, "收款人姓名与登记主体不一致，请更新后重新申请"), "finance");
            else await scene.Call<ApprovePayout, Result<Done>>(a => a.RunAsync(id), "finance");
        }
        await scene.SettleDown();
        await scene.Call<BankFile, (string, byte[])>(b => b.ExportAsync(), "finance");
        foreach (var id in asked) await Confirm(id);
    }

    /// <summary>What the bank says of each; of one it says no. Those that are not with the bank are left alone.</summary>
    private async Task Confirm(PayoutId id)
    {
        var note = _hasFailed ? "B" + scene.Dice.Digits(16) : "账号户名不符，银行退回";
        var confirmed = await scene.Call<BankFile, Result<Done>>(b => b.ConfirmAsync(id, _hasFailed, note), "finance");
        if (!confirmed.IsRefused) _hasFailed = true;
    }
}
