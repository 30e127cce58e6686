using HaoSuan.Identity;
using HaoSuan.Orders;

namespace HaoSuan.Web.Demo;

/// <summary>After-sales as they stand on a working day: asked for, to be sent, to come back, to be refunded, done.</summary>
internal sealed class ReturnDesk(Scene scene)
{
    private string _actor = "";

    public async Task Work()
    {
        _actor = (await scene.Call<Users, IReadOnlyList<User>>(u => u.WhoMayAsync(Policies.Operations))).First(u => u.Role == Role.Admin).Actor;
        var shipped = await Orders(OrderState.Shipped);
        if (shipped is [var unwanted, var lost, var gone, var defective, ..])
        {
            await ByConsumer(unwanted, AfterSaleKind.Return, AfterSaleReason.Unwanted);
            await Agreed(lost, AfterSaleKind.Reship, AfterSaleReason.ParcelLost, "快递工单 4410872：网点确认包裹遗失");
            await Agreed(gone, AfterSaleKind.Return, AfterSaleReason.ParcelLost, "快递工单 4410905：三天没有更新，用户不再等");
            await scene.Do<HandleAfterSale, AfterSaleState>(h => h.GiveUpAsync(gone, 1, "快递书面确认丢失"), _actor);
            await Agreed(defective, AfterSaleKind.Exchange, AfterSaleReason.Defective, "用户寄来照片，芯片有裂纹");
            await Send(defective, "89860024110300000017", "SF3000000000017");
        }
        var inService = await Orders(OrderState.Activated);
        if (inService is not [var cardLost, var broken, ..]) return;
        await Agreed(cardLost, AfterSaleKind.Replacement, AfterSaleReason.CardLost, "用户来电，已按证件核对身份");
        await Send(cardLost, "89860024110300000025", "SF3000000000025");
        await ByConsumer(broken, AfterSaleKind.Replacement, AfterSaleReason.CardBroken);
    }

    private async Task<List<OrderId>> Orders(OrderState state)
    {
        var orders = await scene.Call<OrderList, IReadOnlyList<OrderSummary>>(l => l.AllAsync(new(state), 0, 20));
        return [.. orders.Where(o => o.Network is NetworkState.None or NetworkState.InService).Select(o => o.Id)];
    }

    private Task<int> ByConsumer(OrderId order, AfterSaleKind kind, AfterSaleReason reason) =>
        scene.Do<AskAfterSale, int>(a => a.ByConsumerAsync(order, kind, reason));

    private async Task Agreed(OrderId order, AfterSaleKind kind, AfterSaleReason reason, string evidence)
    {
        var number = await scene.Do<AskAfterSale, int>(a => a.ByOfficeAsync(order, kind, reason, evidence), _actor);
        await scene.Do<HandleAfterSale, AfterSaleState>(h => h.AgreeAsync(order, number, null), _actor);
    }

    private Task<AfterSaleState> Send(OrderId order, string iccid, string parcel) =>
        scene.Do<SendCard, AfterSaleState>(s => s.RunAsync(order, 1, new(iccid, "顺丰", parcel)), _actor);
}
