using HaoSuan.Exceptions;
using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Platform.Sheets;

namespace HaoSuan.Tests.Engine;

/// <summary>
/// A distributor, a device model and what consumers do with it. 30 a month, a deposit of 100, three months at least, five days to pay, a late fee of 5,
/// 150 to buy it, 90 from the fourth month on.
/// </summary>
public abstract class LeaseTest(Databases engine) : EngineTest(engine)
{
    private int _people;
    private int _payments;

    private protected FakeChannel Wechat { get; } = new();

    protected DistributorId Seller { get; private set; }

    protected DeviceModelId Model { get; private set; }

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>().AddSingleton<IPaymentChannel>(Wechat);

    protected ModelForm Terms { get; } = new()
    {
        Code = "MF1",
        Name = "随身 WiFi",
        MonthlyFee = "30.00",
        Deposit = "100.00",
        MinMonths = "3",
        GraceDays = "5",
        LateFee = "5.00",
        BuyOut = "1 150.00\n4 90.00",
        Damages = "屏幕破裂 40.00\n缺适配器 15.00\n进水 120.00",
        OnOffer = "true",
    };

    /// <summary>So many devices are in stock.</summary>
    protected async Task Open(int devices)
    {
        Seller = await With<Samples, DistributorId>(s => s.DistributorAsync("D1"));
        Model = (await With<SaveModel, Result<DeviceModelId>>(s => s.RunAsync(null, Terms, Cancel))).Value;
        _ = (await Receive(string.Join('\n', Enumerable.Range(1, devices).Select(Serial)))).Value;
    }

    protected static string Serial(int nth) => $"SN{nth:00000}";

    protected Task<Result<DevicesReceived>> Receive(string text) =>
        With<ReceiveDevices, Result<DevicesReceived>>(r => r.RunAsync(Model, SheetLines.Of(text), Cancel));

    /// <summary>A consumer leases the device by the contract as it stands, or by one that he has read before.</summary>
    protected async Task<Result<PlacedLease>> Place(LeaseContract? read = null, int? person = null)
    {
        var contract = read ?? await Contract();
        var digits = $"44010619900307{person ?? Interlocked.Increment(ref _people):000}";
        var form = new OrderForm
        {
            Name = "张三丰",
            IdNumber = digits + IdNumber.CheckOf(digits),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "中山大道 18 号",
            Consent = "true",
            Channel = "wechat",
        };
        return await With<PlaceLease, Result<PlacedLease>>(p => p.RunAsync(new(Seller, Model, contract.Mark, form), Cancel));
    }

    protected Task<LeaseContract> Contract() =>
        With<DeviceModels, LeaseContract>(async m => await m.ContractAsync((await m.FindAsync(Model, Cancel))!, Cancel));

    /// <summary>The consumer asks the channel for the payment of a bill.</summary>
    protected async Task<(PaymentId Id, Money Amount)> Start(LeaseId lease, int number, PayFace face = PayFace.Qr)
    {
        var bill = (await With<BillsToPay, BillToPay?>(b => b.FindAsync(lease, number, Cancel)))!;
        var request = new PaymentRequest(
            bill.Id, bill.No, bill.Amount, "wechat", face, "设备租赁", "127.0.0.1", new("https://example.test/"), PaymentFor.Lease);
        return ((await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(request, Cancel))).Value.Id, bill.Amount);
    }

    /// <summary>The consumer's money arrives.</summary>
    protected async Task Arrive((PaymentId Id, Money Amount) payment)
    {
        var paid = new PaymentState.Paid($"42{Interlocked.Increment(ref _payments):00000}", payment.Amount, Time.Now);
        await With<ApplyPayment>(a => a.RunAsync(payment.Id, paid, Cancel));
        await Later();
    }

    protected async Task Pay(LeaseId lease, int number) => await Arrive(await Start(lease, number));

    /// <summary>A lease that has begun today.</summary>
    protected async Task<LeaseId> Begun()
    {
        var placed = (await Place()).Value;
        await Pay(placed.Id, 1);
        _ = (await HandOver(placed.Id)).Value;
        return placed.Id;
    }

    protected Task<Result<Done>> HandOver(LeaseId id) => With<HandOverLease, Result<Done>>(h => h.RunAsync(id, "顺丰", "SF123456789", Cancel));

    protected Task<Result<Done>> Announce(LeaseId id) => With<AnnounceReturn, Result<Done>>(a => a.RunAsync(id, Cancel));

    protected Task<Result<Done>> Keep(LeaseId id) => With<AnnounceReturn, Result<Done>>(a => a.WithdrawAsync(id, Cancel));

    protected Task<Result<Done>> ComeBack(LeaseId id) => With<TakeBack, Result<Done>>(t => t.ReceiveAsync(id, Cancel));

    protected Task<Result<Done>> Inspect(LeaseId id, params string[] damages) =>
        With<TakeBack, Result<Done>>(t => t.InspectAsync(id, damages, "照片在仓库相册 3 月", Cancel));

    protected Task<Result<Done>> BuyOut(LeaseId id) => With<AskBuyOut, Result<Done>>(a => a.RunAsync(id, Cancel));

    protected Task<Result<Done>> Withdraw(LeaseId id) => With<AskBuyOut, Result<Done>>(a => a.WithdrawAsync(id, Cancel));

    protected Task<Result<Done>> Lost(LeaseId id) => With<DeclareLost, Result<Done>>(d => d.RunAsync(id, "联系不上", Cancel));

    protected Task<Result<Done>> Offset(LeaseId id, int number) => With<OffsetFromDeposit, Result<Done>>(o => o.RunAsync(id, number, Cancel));

    protected Task<Result<Done>> WriteOff(LeaseId id) => With<WriteOffLease, Result<Done>>(w => w.RunAsync(id, "失联", Cancel));

    protected Task<Result<Done>> Correct(LeaseId id, int number, long fen, long seen = 0) =>
        With<CorrectBill, Result<Done>>(c => c.RunAsync(id, number, new(fen), new(seen), "设备找回", Cancel));

    protected Task<Result<Done>> CallOff(LeaseId id) => With<CallOffLease, Result<Done>>(c => c.RunAsync(id, "不想要了", Cancel));

    /// <summary>The jobs run, and everything they bring about is done.</summary>
    protected async Task Jobs()
    {
        await With<BillLeases>(b => b.RunAsync(Cancel));
        await With<LapseOffers>(l => l.RunAsync(Cancel));
        await Later();
    }

    protected async Task Days(int days)
    {
        Time.Advance(TimeSpan.FromDays(days));
        await Jobs();
    }

    /// <summary>Five seconds on, everything in the outbox is delivered.</summary>
    protected async Task Later()
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        await Drain();
    }

    protected async Task<LeaseDetail> Find(LeaseId id) => (await With<LeaseList, LeaseDetail?>(l => l.FindAsync(id, Cancel)))!;

    protected async Task<LeaseState> State(LeaseId id) => (await Find(id)).Lease.State;

    protected async Task<DeviceState> DeviceOf(LeaseId id)
    {
        var serial = (await Find(id)).Lease.Serial;
        return (await With<DeviceList, Device?>(d => d.OfAsync(serial, Cancel)))!.State;
    }

    protected async Task<IEnumerable<string>> Cases()
    {
        await With<CompareAll>(c => c.RunAsync(Cancel));
        return (await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel))).Select(c => c.Kind);
    }

    protected Task<Money> Balance(Account account) => With<Journal, Money>(j => j.BalanceAsync(account, Cancel));

    /// <summary>
    /// The books say what the lease says: the deposit is held and never negative, what is open is receivable; and when it is over, all of it is zero
    /// and everything that had to go back has gone back.
    /// </summary>
    protected async Task<LeaseDetail> Sound(LeaseId id)
    {
        var detail = await Find(id);
        Assert.True(detail.Held >= Money.Zero);
        Assert.Equal(-detail.Held, await Balance(Accounts.Deposit(id)));
        var open = detail.Bills.Where(b => b.Kind is not (LeaseBillKind.First or LeaseBillKind.BuyOut)).Aggregate(Money.Zero, (sum, b) => sum + b.Left);
        Assert.Equal(open, await Balance(Accounts.LeaseReceivable(id)));
        if (LeaseLife.IsRunning(detail.Lease.State)) Assert.Equal(detail.Lease.State == LeaseState.Overdue, detail.Bills.Any(b => b.IsOverdue));
        if (!LeaseLife.IsOver(detail.Lease.State)) return detail;
        Assert.Equal((Money.Zero, Money.Zero), (detail.Held, open));
        foreach (var bill in detail.Bills)
        {
            Assert.Equal(Money.Zero, await Balance(Accounts.Unapplied(new(bill.Id.Value))));
            Assert.Equal(Money.Zero, await Balance(Accounts.CustomerRefund(new(bill.Id.Value))));
        }
        return detail;
    }
}
