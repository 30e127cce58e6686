using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class Payments_on_sqlite(SqliteDatabases engine) : PaymentCases(engine);

public sealed class Payments_on_postgres(PostgresDatabases engine) : PaymentCases(engine);

public abstract class PaymentCases(Databases engine) : EngineTest(engine)
{
    private readonly FakeChannel _wechat = new();
    private readonly Heard _heard = new();
    private readonly OrderId _order = new(Guid.Parse("0198a000-0000-7000-8000-0000000000aa"));

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddSingleton<IPaymentChannel>(_wechat).AddSingleton(_heard)
        .Follow<PaymentSucceeded, Listener>().Follow<PaymentClosed, Listener>().Follow<RefundSucceeded, Listener>();

    [Fact]
    public async Task Money_that_is_told_of_twice_and_queried_is_booked_once_with_one_voucher()
    {
        var payment = await Start();
        var paid = Paid(68_00);

        await Apply(payment, paid);
        await Apply(payment, paid);
        await Apply(payment, new PaymentState.NotPaid());
        await Apply(payment, new PaymentState.Closed());
        await Drain();

        Assert.Equal(["paid 68.00"], _heard.All);
        Assert.Equal(new Money(68_00), await Balance(Accounts.Gateway("wechat")));
        var voucher = Assert.Single(await Vouchers());
        Assert.Equal((1, "4200001", new Money(68_00)), (voucher.Number, voucher.ChannelNo, voucher.Amount));
    }

    [Fact]
    public async Task A_notice_and_a_query_at_once_book_once()
    {
        var payment = await Start();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Apply(payment, Paid(68_00)), Cancel)));
        await Drain();

        Assert.Equal(new Money(68_00), await Balance(Accounts.Gateway("wechat")));
        Assert.Single(_heard.All);
        Assert.Single(await Vouchers());
    }

    [Fact]
    public async Task Payments_of_many_orders_at_once_have_vouchers_without_a_gap()
    {
        List<PaymentId> payments = [];
        for (var i = 0; i < 16; i++) payments.Add(await Start(nth: i));

        await Task.WhenAll(payments.Select(payment => Task.Run(() => Apply(payment, Paid(68_00)), Cancel)));

        var vouchers = await With<ReadVouchers, IReadOnlyList<Voucher>>(p => p.FindAsync(new(), 0, 100, Cancel));
        Assert.Equal(Enumerable.Range(1, 16).Select(n => (long)n), vouchers.Select(v => v.Number).Order());
        Assert.Equal(new Money(16 * 68_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task An_unpaid_payment_is_closed_after_half_an_hour_and_late_money_goes_back_by_itself()
    {
        var payment = await Start();
        _wechat.Payment = new PaymentState.Closed();

        Time.Advance(TimeSpan.FromMinutes(31));
        await Ask();
        await Apply(payment, Paid(68_00));
        await Drain();

        Assert.Equal(["closed", "refunded 68.00"], _heard.All);
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
        Assert.Equal(Money.Zero, await Balance(Accounts.CardSales));
        Assert.Equal([VoucherKind.Refund, VoucherKind.Payment], (await Vouchers()).Select(v => v.Kind));
    }

    [Fact]
    public async Task A_payment_that_the_channel_never_closes_is_closed_a_quarter_of_an_hour_after_its_time()
    {
        var payment = await Start();
        _wechat.Payment = new PaymentState.NotPaid();

        Time.Advance(TimeSpan.FromMinutes(44));
        await Ask();
        await Drain();
        Assert.Empty(_heard.All);
        Time.Advance(TimeSpan.FromMinutes(2));
        await Ask();
        await Apply(payment, Paid(68_00));
        await Drain();

        Assert.Equal(["closed", "refunded 68.00"], _heard.All);
    }

    [Fact]
    public async Task A_second_payment_of_the_same_order_goes_back_by_itself()
    {
        var first = await Start();
        var second = await Start(PayFace.Phone);

        await Apply(first, Paid(68_00));
        await Apply(second, new PaymentState.Paid("4200002", new(68_00), Time.Now));
        await Drain();

        Assert.Equal(new Money(68_00), await Balance(Accounts.Gateway("wechat")));
        Assert.Equal(["paid 68.00", "refunded 68.00"], _heard.All);
        Assert.Empty(await With<OrderMoney, IReadOnlySet<OrderId>>(m => m.RefundedAsync([_order], Cancel)));
    }

    [Fact]
    public async Task Of_two_payments_whose_money_comes_at_once_one_pays_and_one_goes_back()
    {
        PaymentId[] both = [await Start(), await Start(PayFace.Phone)];

        await Task.WhenAll(both.Select((id, i) => Task.Run(() => Apply(id, new PaymentState.Paid($"420000{i}", new(68_00), Time.Now)), Cancel)));
        await Drain();

        Assert.Equal(["paid 68.00", "refunded 68.00"], _heard.All);
        Assert.Equal(new Money(68_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task What_has_paid_goes_back_and_not_the_older_payment_that_went_back_before()
    {
        var (older, newer) = (await Start(), await Start(PayFace.Phone));
        await Apply(newer, new PaymentState.Paid("4200002", new(68_00), Time.Now));
        await Apply(older, Paid(68_00));

        var back = await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "return", Cancel));
        await Drain();

        Assert.Equal(new Money(68_00), back.Value);
        Assert.Equal(["paid 68.00", "refunded 68.00", "refunded 68.00"], _heard.All);
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task After_money_that_came_too_late_and_went_back_the_order_can_still_be_paid()
    {
        var (late, running) = (await Start(), await Start(PayFace.Phone));
        await Apply(late, new PaymentState.Closed());
        await Apply(late, Paid(68_00));
        Assert.False((await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(Request(PayFace.Qr), Cancel))).IsRefused);

        await Apply(running, new PaymentState.Paid("4200002", new(68_00), Time.Now));
        await Drain();

        Assert.Equal(["closed", "paid 68.00", "refunded 68.00"], _heard.All);
        Assert.Equal(new Money(68_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task Another_amount_than_asked_for_waits_in_suspense()
    {
        var payment = await Start();

        await Apply(payment, Paid(67_99));
        await Drain();

        Assert.Empty(_heard.All);
        Assert.Equal(new Money(-67_99), await Balance(Accounts.Suspense("payments")));
        var payments = await With<PaymentRecords, IReadOnlyList<PaymentView>>(p => p.OfOrderAsync(_order, Cancel));
        Assert.Equal(PaymentStatus.Disputed, Assert.Single(payments).Status);
    }

    [Fact]
    public async Task A_silent_channel_is_asked_for_a_refund_until_it_answers_and_pays_once()
    {
        await Apply(await Start(), Paid(68_00));
        _wechat.Refund = new RefundState.Unknown(new("SYSTEM_ERROR", "busy"));

        var back = await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "return", Cancel));
        await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "return", Cancel));
        await Drain();
        Assert.Equal(new Money(-68_00), await Balance(Accounts.CustomerRefund(_order)));

        _wechat.Refund = new RefundState.Success("5030", new(68_00), Time.Now);
        Time.Advance(TimeSpan.FromMinutes(2));
        await Ask();
        await Ask();
        await Drain();

        Assert.Equal(new Money(68_00), back.Value);
        Assert.Equal(Money.Zero, await Balance(Accounts.CustomerRefund(_order)));
        Assert.Equal(["paid 68.00", "refunded 68.00"], _heard.All);
    }

    [Fact]
    public async Task What_a_refused_refund_did_not_bring_is_owed_once_however_often_it_is_decided_anew()
    {
        await Apply(await Start(), Paid(68_00));
        foreach (var key in new[] { "return", "again" })
        {
            _wechat.Refund = new RefundState.Failed(new("NOT_ENOUGH", "no balance"));
            _ = (await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", key, Cancel))).Value;
            await Drain();
            Assert.Equal((new Money(-68_00), Money.Zero), (await Balance(Accounts.CustomerRefund(_order)), await Balance(Accounts.CardSales)));
        }

        _wechat.Refund = null;
        _ = (await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "at last", Cancel))).Value;
        await Drain();

        Assert.Equal((Money.Zero, Money.Zero), (await Balance(Accounts.CustomerRefund(_order)), await Balance(Accounts.CardSales)));
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task A_refund_that_the_channel_may_still_end_keeps_its_amount_until_it_is_closed()
    {
        await Apply(await Start(), Paid(68_00));
        _wechat.Refund = new RefundState.Failed(new("ABNORMAL", "The consumer's account cannot take it"));
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(_order, new(60_00), "拒收", "return", Cancel))).Value;
        await Drain();
        Task<Result<Money>> Again(string key) => With<RequestRefund, Result<Money>>(r => r.PartAsync(_order, new(60_00), "拒收", key, Cancel));

        Assert.Equal("payments.refund_exceeds_payment", (await Again("again")).Refusals[0].Code);
        Assert.Equal(new Money(8_00), (await With<ReadVouchers, VoucherDetail?>(v => v.OfAsync(1, Cancel)))!.Left);

        _wechat.Refund = null;
        _ = (await With<RequestRefund, Result<Money>>(r => r.PartAsync(_order, new(8_00), "少发", "rest", Cancel))).Value;
        await Drain();
        Assert.Equal(new Money(-60_00), await Balance(Accounts.CustomerRefund(_order)));

        var abnormal = await With<Db, Guid>(db => db.Set<RefundRow>().Where(r => r.Status == RefundStatus.Failed).Select(r => r.Id).SingleAsync(Cancel));
        await With<ApplyRefund>(a => a.RunAsync(abnormal, new RefundState.Failed(new("CLOSED", "")), Cancel));
        _ = (await Again("at last")).Value;
        await Drain();
        Assert.Equal(Money.Zero, await Balance(Accounts.CustomerRefund(_order)));
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
    }

    private static readonly PaymentState.Unknown NoWord = new(new("SYSTEM_ERROR", "busy"));

    [Fact]
    public async Task The_office_is_told_once_of_a_payment_of_which_the_channel_says_nothing_for_half_an_hour_and_money_still_arrives()
    {
        var finance = await Finance();
        var payment = await Start();
        _wechat.Payment = NoWord;

        await AskEveryMinute(30);
        Assert.Empty(await Told(finance));
        await AskEveryMinute(90);

        var told = Assert.Single(await Told(finance));
        Assert.StartsWith("支付单 HS26030112345678P1（￥68.00）已有 30 分钟查不到结果", told.Text, StringComparison.Ordinal);
        Assert.Equal($"/office/orders/{_order.Value}", told.Href);
        await Apply(payment, Paid(68_00));
        await Drain();
        Assert.Equal(["paid 68.00"], _heard.All);
    }

    [Fact]
    public async Task An_answer_in_between_ends_the_silence()
    {
        var finance = await Finance();
        await Start();
        foreach (var (state, minutes) in new (PaymentState, int)[] { (NoWord, 20), (new PaymentState.NotPaid(), 1), (NoWord, 30) })
        {
            _wechat.Payment = state;
            await AskEveryMinute(minutes);
        }
        Assert.Empty(await Told(finance));

        await AskEveryMinute(1);
        Assert.Single(await Told(finance));
    }

    [Fact]
    public async Task The_office_is_told_once_of_a_refund_of_which_the_channel_says_nothing_for_half_an_hour()
    {
        var finance = await Finance();
        await Apply(await Start(), Paid(68_00));
        _wechat.Refund = new RefundState.Unknown(new("SYSTEM_ERROR", "busy"));
        await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "return", Cancel));
        await Drain();

        await AskEveryMinute(29);
        Assert.Empty(await Told(finance));
        await AskEveryMinute(90);

        var told = Assert.Single(await Told(finance));
        Assert.StartsWith("退款单 HS26030112345678P1R1（￥68.00）已有 30 分钟查不到结果", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_channel_that_is_not_configured_any_more_the_office_is_told_too()
    {
        var finance = await Finance();
        await Start();
        await Tamper("update payment set channel = 'left'");

        await AskEveryMinute(31);

        Assert.Single(await Told(finance));
    }

    private async Task<UserId> Finance() =>
        (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel))).Value;

    private Task<IReadOnlyList<Told>> Told(UserId user) => With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, "payments", 0, 9, Cancel));

    private async Task AskEveryMinute(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Ask();
        }
        await Drain();
    }

    [Fact]
    public async Task A_paid_order_takes_no_further_payment_and_nothing_beyond_what_was_paid_goes_back()
    {
        await Apply(await Start(), Paid(68_00));
        await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "return", Cancel));

        var again = await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(Request(PayFace.Qr), Cancel));
        var more = await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "又拒收", "return-2", Cancel));

        Assert.Equal("payments.paid_already", again.Refusals[0].Code);
        Assert.Equal("payments.refund_exceeds_payment", more.Refusals[0].Code);
    }

    private PaymentState.Paid Paid(long fen) => new("4200001", new(fen), Time.Now);

    private PaymentRequest Request(PayFace face, int nth = 0) => new(
        nth == 0 ? _order : NewId.Of<OrderId>(Time), $"HS260301{12345678 + nth}",
        new(68_00), "wechat", face, "靓号", "127.0.0.1", new("https://example.test/return"));

    private async Task<PaymentId> Start(PayFace face = PayFace.Qr, int nth = 0) =>
        (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(Request(face, nth), Cancel))).Value.Id;

    private Task Apply(PaymentId id, PaymentState state) => With<ApplyPayment>(a => a.RunAsync(id, state, Cancel));

    private Task Ask() => With<AskChannels>(a => a.RunAsync(Cancel));

    private Task<Money> Balance(Account account) => With<Journal, Money>(j => j.BalanceAsync(account, Cancel));

    private Task<IReadOnlyList<Voucher>> Vouchers() =>
        With<ReadVouchers, IReadOnlyList<Voucher>>(p => p.FindAsync(new(), 0, 10, Cancel));

    private sealed class Heard
    {
        private readonly List<string> _all = [];

        public IEnumerable<string> All => _all.Order(StringComparer.Ordinal);

        public Task Add(string what)
        {
            lock (_all) _all.Add(what);
            return Task.CompletedTask;
        }
    }

    private sealed class Listener(Heard heard) : IFollow<PaymentSucceeded>, IFollow<PaymentClosed>, IFollow<RefundSucceeded>
    {
        public Task FollowAsync(PaymentSucceeded happened, CancellationToken cancel) => heard.Add($"paid {happened.Amount}");

        public Task FollowAsync(PaymentClosed happened, CancellationToken cancel) => heard.Add("closed");

        public Task FollowAsync(RefundSucceeded happened, CancellationToken cancel) => heard.Add($"refunded {happened.Amount}");
    }
}
