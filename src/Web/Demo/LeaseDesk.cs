using HaoSuan.Leases;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Platform.Sheets;

namespace HaoSuan.Web.Demo;

/// <summary>Some consumers lease devices: one pays late, one sends his back damaged, one buys his, one waits for his parcel.</summary>
internal sealed class LeaseDesk(Scene scene, Shopfront shopfront, IReadOnlyList<Seller> sellers)
{
    private const ulong Seed = 20261109;
    private const int Devices = 8;

    // Of its own, so that what else is played stays as it is.
    private readonly Dice _dice = new(Seed);

    private Instant _start;
    private Instant _end;

    public async Task Plan(Instant end)
    {
        (_start, _end) = (scene.Now, end);
        var wifi = await AddModel(new()
        {
            Code = "MIFI-4G",
            Name = "4G 随身 WiFi",
            Summary = "口袋大小，10 小时续航，可同时接入 10 台设备；不含电话卡",
            MonthlyFee = "29.00",
            Deposit = "199.00",
            MinMonths = "3",
            GraceDays = "3",
            LateFee = "5.00",
            BuyOut = "1 259.00\n7 169.00\n13 99.00",
            Damages = "外壳破裂 40.00\n屏幕破裂 60.00\n缺充电器 20.00\n进水损坏 180.00",
            OnOffer = "true",
        }, "MF4G26");
        var router = await AddModel(new()
        {
            Code = "CPE-5G",
            Name = "5G 插卡路由器",
            Summary = "租房、门店临时上网，插卡即用；不含电话卡",
            MonthlyFee = "59.00",
            Deposit = "399.00",
            MinMonths = "6",
            GraceDays = "5",
            BuyOut = "1 699.00\n7 499.00\n13 299.00",
            Damages = "外壳破裂 80.00\n缺电源 35.00\n接口损坏 120.00",
            OnOffer = "true",
        }, "CP5G26");
        At(1, wifi, lease => Pay(lease, 2, days: 2));
        At(1, wifi, _ => Task.CompletedTask);
        At(4, router, _ => Task.CompletedTask);
        At(6, wifi, SendBackDamaged);
        At(9, wifi, Buy);
        At(12, router, Return);
        Later(end - TimeSpan.FromDays(1), () => Place(router));
    }

    private async Task<DeviceModelId> AddModel(ModelForm form, string serials)
    {
        var model = await scene.Do<SaveModel, DeviceModelId>(s => s.RunAsync(null, form));
        var list = string.Join('\n', Enumerable.Range(1, Devices).Select(n => $"{serials}{n:00000}"));
        await scene.Do<ReceiveDevices, DevicesReceived>(r => r.RunAsync(model, SheetLines.Of(list)));
        return model;
    }

    /// <summary>A lease that is placed on that day and begins on the next, and what comes of it.</summary>
    private void At(int day, DeviceModelId model, Func<PlacedLease, Task> then) => Later(Morning(_start, day) + _dice.Hours(0, 9), async () =>
    {
        var lease = await Place(model);
        Later(Morning(scene.Now, 1) + _dice.Hours(0, 7), async () =>
        {
            // A notice may have been lost: the channel is asked.
            await scene.SettleDown();
            await scene.Job("ask-payment-channels");
            await scene.SettleDown();
            await scene.Do<HandOverLease, Done>(h => h.RunAsync(lease.Id, "顺丰", "SF" + _dice.Digits(13)));
            await then(lease);
        });
    });

    /// <summary>When work begins, so many days later.</summary>
    private Instant Morning(Instant from, int days) => scene.Zone.StartOf(scene.Zone.DateOf(from).AddDays(days)) + TimeSpan.FromHours(9);

    private async Task<PlacedLease> Place(DeviceModelId model)
    {
        var channel = _dice.Chance(50) ? "wechat" : "alipay";
        var form = new Crowd(_dice).Next(null, channel);
        var contract = await scene.Call<DeviceModels, LeaseContract>(async m => await m.ContractAsync((await m.FindAsync(model))!));
        var lease = await scene.Do<PlaceLease, PlacedLease>(p => p.RunAsync(new(_dice.Of(sellers).Id, model, contract.Mark, form)));
        await Pay(lease, 1);
        return lease;
    }

    /// <summary>Pays a bill, if there is one, so many days after it could be there.</summary>
    private Task Pay(PlacedLease lease, int number, int days)
    {
        Later(scene.Now + TimeSpan.FromDays(31 + days), () => Pay(lease, number));
        return Task.CompletedTask;
    }

    private async Task Pay(PlacedLease lease, int number)
    {
        if (await scene.Call<BillsToPay, BillToPay?>(b => b.FindAsync(lease.Id, number)) is not { } bill) return;
        var started = await scene.Do<StartPayment, PaymentStarted>(s => s.RunAsync(new(
            bill.Id, bill.No, bill.Amount, lease.Channel, PayFace.Phone, "设备租赁", "203.0.113.9", shopfront.Address, PaymentFor.Lease)));
        if (started.PayBy is PayBy.Redirect to) await shopfront.Open(to.Url);
        var payments = await scene.Call<PaymentRecords, IReadOnlyList<PaymentView>>(p => p.OfOrderAsync(bill.Id));
        scene.Sandbox.Pay(payments[^1].TradeNo);
    }

    private Task SendBackDamaged(PlacedLease lease)
    {
        Later(scene.Now + TimeSpan.FromDays(12), () => scene.Do<AnnounceReturn, Done>(a => a.RunAsync(lease.Id)));
        Later(scene.Now + TimeSpan.FromDays(15), async () =>
        {
            await scene.Do<TakeBack, Done>(t => t.ReceiveAsync(lease.Id));
            await scene.Do<TakeBack, Done>(t => t.InspectAsync(lease.Id, ["屏幕破裂", "缺充电器"], "屏幕左上角裂纹，未随机寄回充电器；照片见仓库相册"));
        });
        return Task.CompletedTask;
    }

    private Task Buy(PlacedLease lease)
    {
        Later(scene.Now + TimeSpan.FromDays(20), async () =>
        {
            await scene.Do<AskBuyOut, Done>(a => a.RunAsync(lease.Id));
            await Pay(lease, 2);
        });
        return Task.CompletedTask;
    }

    private Task Return(PlacedLease lease)
    {
        Later(_end - TimeSpan.FromDays(2), () => scene.Do<AnnounceReturn, Done>(a => a.RunAsync(lease.Id)));
        return Task.CompletedTask;
    }

    /// <summary>Nothing happens after the demonstration's end.</summary>
    private void Later(Instant at, Func<Task> happens)
    {
        if (at < _end - TimeSpan.FromHours(1)) scene.Agenda.Add(at, happens);
    }
}
