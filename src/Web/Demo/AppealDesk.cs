using HaoSuan.Appeals;
using HaoSuan.Orders;
using HaoSuan.Settlements;

namespace HaoSuan.Web.Demo;

/// <summary>Distributors contest what some orders have not brought; the office upholds, rejects, asks, and is late with one.</summary>
internal sealed class AppealDesk(Scene scene, IReadOnlyList<Seller> sellers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private static readonly byte[] Receipt = ReadReceipt();

    private readonly HashSet<(DistributorId, OrderId)> _contested = [];
    private int _messages;

    /// <summary>Puts the appeals of the month down. What is open in the end waits for whoever looks at the demonstration.</summary>
    public void Plan(Instant end)
    {
        scene.Agenda.Add(end - TimeSpan.FromDays(14), () => Contest(0, "客户已经充值 100 元，充值截图见附件，系统里没有这笔充值。", Uphold, Receipt));
        scene.Agenda.Add(end - TimeSpan.FromDays(11), () => Contest(1, "客户说已按要求充值，请帮忙向上游核实。", _ => Task.CompletedTask));
        scene.Agenda.Add(end - TimeSpan.FromDays(8), () => Contest(1, "这单应该有佣金，为什么没有？", Reject));
        scene.Agenda.Add(end - TimeSpan.FromDays(3), () => Contest(0, "客户上周已充值，一直没有到账。", Ask));
        scene.Agenda.Add(end - TimeSpan.FromHours(20), () => Contest(1, "充值成功的截图见附件，麻烦核实。", _ => Task.CompletedTask, Receipt));
    }

    /// <summary>Of the sellers from that one on, the first who has something to contest.</summary>
    private async Task Contest(int from, string text, Func<AppealId, Task> then, params byte[][] files)
    {
        foreach (var seller in sellers.Skip(from))
        {
            if (await Unpaid(seller) is not { } order) continue;
            _contested.Add((seller.Id, order.Id));
            await Contest(seller, order.Id, order.Stage, Message(text, files), then);
            return;
        }
    }

    private async Task Contest(Seller seller, OrderId order, string stage, NewMessage message, Func<AppealId, Task> then)
    {
        var opened = await scene.Call<OpenAppeal, Result<AppealId>>(o => o.RunAsync(new(seller.Id, order, stage, message)));
        if (opened.TryGet(out var id, out _)) scene.After(TimeSpan.FromHours(20), () => then(id));
    }

    /// <summary>An order whose card is activated for days, but whose top-up is not known.</summary>
    private async Task<(OrderId Id, string Stage)?> Unpaid(Seller seller)
    {
        var orders = await scene.Call<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(seller.Id, new(OrderState.Activated), 0, 200));
        foreach (var order in orders.Where(o => o.Network == NetworkState.InService && !_contested.Contains((seller.Id, o.Id))))
        {
            var why = (await scene.Call<Why, OrderWhy?>(w => w.OfAsync(order.Id, seller.Id)))!;        // it is in the seller's list
            var stage = why.Stages.FirstOrDefault(s => s is { Earnings: [], Conditions: [{ Standing: ConditionStanding.Met }, _] }
                && s.Name.Contains("首充", StringComparison.Ordinal));
            if (stage is not null && why.Facts.Any(f => f.Kind == "激活" && f.At < scene.Now - Patience)) return (order.Id, stage.Name);
        }
        return null;
    }

    private async Task Uphold(AppealId id)
    {
        await Office<TakeAppeal>(t => t.RunAsync(id));
        var toppedUp = new FactChange.Add("topped_up", scene.Now - TimeSpan.FromDays(1), new(100_00), new Dictionary<string, string> { ["channel"] = "app" });
        await Office<DecideAppeal>(d => d.RunAsync(id, Verdict.Upheld, toppedUp, Message("已向上游核实：充值属实，推送漏了这一笔，现予补记。")));
    }

    private async Task Reject(AppealId id)
    {
        await Office<TakeAppeal>(t => t.RunAsync(id));
        await Office<DecideAppeal>(d => d.RunAsync(id, Verdict.Rejected, new FactChange.Nothing(), Message("上游查询结果：激活后没有达到首充要求的充值记录。")));
    }

    private async Task Ask(AppealId id)
    {
        await Office<TakeAppeal>(t => t.RunAsync(id));
        await Office<WriteMessage>(w => w.ByOfficeAsync(id, Message("请提供充值成功的截图，须能看到充值时间和金额。"), asks: true));
    }

    private Task<Result<Done>> Office<TUseCase>(Func<TUseCase, Task<Result<Done>>> call) where TUseCase : notnull => scene.Call(call, "finance");

    private NewMessage Message(string text, params byte[][] files) => new(text, files, $"demo-{++_messages}");

    private static byte[] ReadReceipt()
    {
        using var stream = typeof(AppealDesk).Assembly.GetManifestResourceStream("HaoSuan.Web.Demo.receipt.png")!;     // embedded by the project
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
