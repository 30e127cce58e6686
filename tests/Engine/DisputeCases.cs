using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Engine;

public sealed class Disputes_on_sqlite(SqliteDatabases engine) : DisputeCases(engine);

public sealed class Disputes_on_postgres(PostgresDatabases engine) : DisputeCases(engine);

/// <summary>68 yuan were asked for, 60 have arrived.</summary>
public abstract class DisputeCases(Databases engine) : EngineTest(engine)
{
    private readonly FakeChannel _wechat = new();
    private readonly Heard _heard = new();
    private readonly OrderId _order = new(Guid.Parse("0198a000-0000-7000-8000-0000000000cc"));

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddSingleton<IPaymentChannel>(_wechat).AddSingleton(_heard)
        .Follow<PaymentSucceeded, Listener>().Follow<PaymentClosed, Listener>().Follow<RefundSucceeded, Listener>();

    [Fact]
    public async Task Accepted_it_pays_the_order_and_can_go_back_in_parts_up_to_what_came()
    {
        var payment = await Arrived();
        Assert.Equal(["payments.case_disputed"], await Compared());

        Assert.False((await Decide(payment, DisputeDecision.Accept)).IsRefused);
        await Drain();

        Assert.Equal(["paid 60.00"], _heard.All);
        Assert.Equal((Money.Zero, new Money(-60_00)), (await Suspense(), await Balance(Accounts.CardSales)));
        Assert.Empty(await Compared());
        Assert.Equal("payments.refund_exceeds_payment", (await Refund(60_01)).Refusals[0].Code);
        Assert.Equal(new Money(60_00), (await Refund(60_00)).Value);
        await Drain();
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task Given_back_it_is_nothing_to_the_order_which_can_be_paid_anew()
    {
        var payment = await Arrived();

        Assert.False((await Decide(payment, DisputeDecision.GiveBack)).IsRefused);
        await Drain();
        await Apply(payment, Paid(60_00));

        Assert.Equal(["closed", "refunded 60.00"], _heard.All);
        foreach (var account in new[] { Accounts.Suspense("payments"), Accounts.CardSales, Accounts.CustomerRefund(_order), Accounts.Gateway("wechat") })
            Assert.Equal(Money.Zero, await Balance(account));
        Assert.Empty(await Compared());
        await Apply(await Start(), Paid(68_00, "4200002"));
        await Drain();
        Assert.Contains("paid 68.00", _heard.All);
    }

    [Fact]
    public async Task A_refused_refund_of_it_can_be_decided_anew()
    {
        var payment = await Arrived();
        _wechat.Refund = new RefundState.Failed(new("NOT_ENOUGH", "no balance"));
        Assert.False((await Decide(payment, DisputeDecision.GiveBack)).IsRefused);
        await Drain();
        Assert.Equal(["payments.case_refund_failed"], await Compared());

        _wechat.Refund = null;
        var again = await With<RequestRefund, Result<Money>>(r => r.ByOfficeAsync(payment, new(60_00), "再退", "again", Cancel));
        await Drain();

        Assert.Equal(new Money(60_00), again.Value);
        Assert.Equal(Money.Zero, await Balance(Accounts.CustomerRefund(_order)));
        Assert.Empty(await Compared());
    }

    [Fact]
    public async Task Kept_it_stays_in_suspense_without_a_case_until_it_is_decided_otherwise()
    {
        var payment = await Arrived();

        Assert.False((await Decide(payment, DisputeDecision.Keep)).IsRefused);
        Assert.Empty(await Compared());
        Assert.Equal(new Money(-60_00), await Suspense());
        var kept = Assert.Single(await With<Disputes, IReadOnlyList<Dispute>>(d => d.ListAsync(0, 9, Cancel)));
        Assert.Equal((DisputeDecision.Keep, "核实过", true, new Money(60_00)), (kept.Decision, kept.Reason, kept.IsOpen, kept.Received));

        Assert.False((await Decide(payment, DisputeDecision.Accept)).IsRefused);
        Assert.Equal(Money.Zero, await Suspense());
    }

    [Fact]
    public async Task It_is_decided_once_however_many_decide_at_once()
    {
        var payment = await Arrived();

        var decided = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Task.Run(() => Decide(payment, i % 2 == 0 ? DisputeDecision.Accept : DisputeDecision.GiveBack), Cancel)));
        await Drain();

        Assert.Single(decided, d => !d.IsRefused);
        Assert.All(decided.Where(d => d.IsRefused), d => Assert.Equal("payments.not_disputed", d.Refusals[0].Code));
        Assert.Equal(Money.Zero, await Suspense());
    }

    [Fact]
    public async Task An_order_that_is_paid_otherwise_does_not_take_it_and_a_reason_is_needed()
    {
        var other = await Start(PayFace.Phone);
        var payment = await Arrived();
        await Apply(other, Paid(68_00, "4200002"));

        Assert.Equal("payments.order_paid_otherwise", (await Decide(payment, DisputeDecision.Accept)).Refusals[0].Code);
        Assert.Equal("payments.reason_length", (await Decide(payment, DisputeDecision.GiveBack, " ")).Refusals[0].Code);
        Assert.Equal("payments.not_disputed", (await Decide(other, DisputeDecision.GiveBack)).Refusals[0].Code);
        Assert.False((await Decide(payment, DisputeDecision.GiveBack)).IsRefused);
    }

    private async Task<PaymentId> Arrived()
    {
        var payment = await Start();
        await Apply(payment, Paid(60_00));
        return payment;
    }

    private PaymentState.Paid Paid(long fen, string transaction = "4200001") => new(transaction, new(fen), Time.Now);

    private async Task<PaymentId> Start(PayFace face = PayFace.Qr) => (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(
        new(_order, "HS26030112345678", new(68_00), "wechat", face, "靓号", "127.0.0.1", new("https://example.test/")), Cancel))).Value.Id;

    private Task Apply(PaymentId id, PaymentState state) => With<ApplyPayment>(a => a.RunAsync(id, state, Cancel));

    private Task<Result<Done>> Decide(PaymentId id, DisputeDecision decision, string reason = "核实过") =>
        With<DecideDispute, Result<Done>>(d => d.RunAsync(id, decision, reason, Cancel));

    private Task<Result<Money>> Refund(long fen) =>
        With<RequestRefund, Result<Money>>(r => r.PartAsync(_order, new(fen), "少发", $"part-{fen}", Cancel));

    private Task<Money> Suspense() => Balance(Accounts.Suspense("payments"));

    private Task<Money> Balance(Account account) => With<Journal, Money>(j => j.BalanceAsync(account, Cancel));

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
