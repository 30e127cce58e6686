using HaoSuan.Catalog;
using HaoSuan.Inventory;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Upstreams;
using Steps = HaoSuan.Sandbox.Upstreams.Step;

namespace HaoSuan.Web.Demo;

/// <summary>One consumer's order from the form to what the card does in the network. What fails ends it there, as in life.</summary>
internal sealed class Consumer(Scene scene, Crowd crowd, Shopfront shopfront, Listed listed, Seller seller)
{
    private PlacedOrder? _order;

    private Dice Dice => scene.Dice;

    private Offer Offer => listed.Offer;

    private UpstreamDesk Desk => Offer.Upstream == "haoyi" ? scene.Sandbox.Haoyi : scene.Sandbox.Hao172;

    public async Task Order()
    {
        var holder = "browser-" + Dice.Digits(20);
        var number = Offer.Product.PicksNumber ? await PickNumber(holder) : null;
        var channel = Dice.Chance(60) ? "wechat" : "alipay";
        var form = crowd.Next(number?.Number, channel) with { NumberRule = $"{number?.Rule?.Id}", NumberTerms = "true" };
        if (Offer.Product.Kind == ProductKind.IotCard)
            form = form with { Quantity = "1", Use = "仓库温湿度采集器联网上报，固定安装在自家仓库", NoResale = "true" };
        var placed = await scene.Call<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller.Id, listed.Id, form, holder)));
        if (!placed.TryGet(out _order, out _)) return;
        if (_order.Price > Money.Zero) await Pay(channel);
        if (await scene.Call<Purchases, Purchase?>(p => p.OfAsync(_order.Id)) is { } purchase)
            await scene.Call<AssessUse, Result<Done>>(a => a.RunAsync(purchase.Id, UseRisk.Low, "机卡绑定，仅限定向流量，不开通语音短信"));
        scene.After(Dice.Hours(1, 10), Accept);
    }

    private async Task<PoolNumber?> PickNumber(string holder)
    {
        var found = await scene.Call<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(listed.Id, new(Ends: Dice.Digits(1)), 0, 12));
        if (found.Count == 0) return null;
        var reserved = await scene.Call<Numbers, Result<Reservation>>(n => n.ReserveAsync(listed.Id, Dice.Of(found).Number, holder));
        return reserved.TryGet(out var kept, out _) ? kept.Number : null;
    }

    private async Task Pay(string channel)
    {
        var order = _order!;        // placed above
        var started = await scene.Call<StartPayment, Result<PaymentStarted>>(p => p.RunAsync(new(
            order.Id, order.OrderNo, order.Price, channel, PayFace.Phone, Offer.Product.Name, "203.0.113.9", shopfront.Address)));
        if (!started.TryGet(out var payment, out _) || Dice.Chance(12)) return;
        if (payment.PayBy is PayBy.Redirect to) await shopfront.Open(to.Url);
        var wire = channel == "wechat" ? Wire.WeChat : Wire.Alipay;
        if (Dice.Chance(10)) scene.Sandbox.Faults.Set(wire, On.Delivery, Fault.Twice);
        else if (Dice.Chance(10)) scene.Sandbox.Faults.Set(wire, On.Delivery, Fault.Lose);
        var payments = await scene.Call<PaymentRecords, IReadOnlyList<PaymentView>>(p => p.OfOrderAsync(order.Id));
        scene.Sandbox.Pay(payments[^1].TradeNo);
    }

    private Task Accept()
    {
        if (Dice.Chance(5)) return Step(Steps.Reject, new(Remark: Dice.Of(["号码归属地限制", "同证件在网超限", "证件信息不一致"])));
        if (Dice.Chance(5) && Try(Steps.WantDocuments, new(Remark: "请补传证件照"))) scene.After(Dice.Hours(3, 20), Accepted);
        else return Accepted();
        return Task.CompletedTask;
    }

    private Task Accepted()
    {
        if (Try(Steps.Accept)) scene.After(Dice.Hours(4, 30), Ship);
        return Task.CompletedTask;
    }

    private async Task Ship()
    {
        if (Dice.Chance(2))
        {
            await scene.Call<CancelOrder, Result<OrderState>>(c => c.RunAsync(_order!.Id, "客户要求取消"));
            return;
        }
        string? iccid = null;
        var (courier, parcel) = (Dice.Of(["顺丰", "京东", "EMS", "中通"]), "SF" + Dice.Digits(13));
        if (Offer.FromStock)
        {
            var shipped = await scene.Call<ShipOrder, Result<string>>(s => s.RunAsync(_order!.Id, courier, parcel));
            if (!shipped.TryGet(out iccid, out _)) return;
        }
        if (!Try(Steps.Ship, new(Iccid: iccid ?? "898600" + Dice.Digits(14), Courier: courier, TrackingNo: parcel))) return;
        if (Dice.Chance(6)) scene.After(Dice.Hours(30, 100), SendBack);
        else if (Dice.Chance(90)) scene.After(Dice.Hours(20, 110), Activate);
    }

    /// <summary>The consumer does not take the parcel; the money, where some was paid, goes back.</summary>
    private async Task SendBack()
    {
        await Tell("refused", "快递反馈：客户拒收");
        if (_order!.Price > Money.Zero) await scene.Call<RequestRefund, Result<Money>>(r => r.RunAsync(_order.Id, "客户拒收退货", "returned"));
        Try(Steps.Cancel);
    }

    private Task Activate()
    {
        if (!Try(Steps.Activate)) return Task.CompletedTask;
        if (Dice.Chance(90)) scene.After(Dice.Hours(0, 30), TopUp);
        if (Offer.Prices.Share > 0) scene.After(Dice.Hours(480, 700), TopUp);
        if (Dice.Chance(7)) scene.After(Dice.Hours(30, 500), Suspend);
        else if (Dice.Chance(5)) scene.After(Dice.Hours(60, 600), Cancel);
        else if (Dice.Chance(2)) scene.After(Dice.Hours(30, 300), () => Tell("complained", "客服热线受理的投诉"));
        return Task.CompletedTask;
    }

    private Task TopUp()
    {
        if (Dice.Chance(10) && Try(Steps.TopUp, new(Amount: "30.00"))) scene.After(Dice.Hours(24, 200), TopUp);
        else Try(Steps.TopUp, new(Amount: Offer.Prices.TopUp == 100_00 || Dice.Chance(25) ? "100.00" : "50.00"));
        return Task.CompletedTask;
    }

    private Task Suspend()
    {
        if (Try(Steps.Suspend, new(Kind: Dice.Of(["欠停", "单停", "双停", "局停"]))) && Dice.Chance(50))
            scene.After(Dice.Hours(10, 80), () => Step(Steps.Resume));
        return Task.CompletedTask;
    }

    private Task Cancel() => Step(Steps.Cancel, new(Remark: "用户申请销户"));

    private Task Step(Steps step, StepDetails? details = null)
    {
        Try(step, details);
        return Task.CompletedTask;
    }

    /// <summary>False where the upstream says no: it never got the order, or the order has ended.</summary>
    private bool Try(Steps step, StepDetails? details = null)
    {
        // A callback in thirty gets lost: the next one, or a query, tells the same.
        if (Dice.Chance(3)) scene.Sandbox.Faults.Set(Offer.Upstream == "haoyi" ? Wire.Haoyi : Wire.Hao172, On.Delivery, Fault.Lose);
        return Desk.Advance(_order!.OrderNo, step, details) is null;
    }

    private Task<bool> Tell(string kind, string reason) => scene.Call<Facts, bool>(f => f.RecordAsync(
        new(_order!.Id, kind, scene.Now, "office", kind, Attributes: new Dictionary<string, string> { ["reason"] = reason })));
}

/// <summary>The consumer's browser: it follows a payment's link, and comes back to the shop.</summary>
internal sealed class Shopfront(HttpClient browser, Uri address)
{
    public Uri Address => address;

    public async Task Open(Uri url)
    {
        using var page = await browser.GetAsync(url);
        page.EnsureSuccessStatusCode();
    }
}
