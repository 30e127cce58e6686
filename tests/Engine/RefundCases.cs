using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Engine;

public sealed class Refunds_on_sqlite(SqliteDatabases engine) : RefundCases(engine);

public sealed class Refunds_on_postgres(PostgresDatabases engine) : RefundCases(engine);

/// <summary>Refunds in parts, several at once and decided anew: of 68 yuan that were paid.</summary>
public abstract class RefundCases(Databases engine) : EngineTest(engine)
{
    private static readonly RefundState.Failed No = new(new("NOT_ENOUGH", "no balance"));

    private readonly FakeChannel _wechat = new();
    private readonly OrderId _order = new(Guid.Parse("0198a000-0000-7000-8000-0000000000aa"));

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddSingleton<IPaymentChannel>(_wechat);

    [Fact]
    public async Task Parts_that_are_asked_for_at_once_give_back_no_more_than_was_paid()
    {
        await Pay();

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Part(30_00, $"part {i}"), Cancel)));
        await Drain();

        Assert.Equal(2, asked.Count(a => !a.IsRefused));
        Assert.All(asked.Where(a => a.IsRefused), a => Assert.Equal("payments.refund_exceeds_payment", a.Refusals[0].Code));
        Assert.Equal(new Money(8_00), await Balance(Accounts.Gateway("wechat")));
        Assert.Equal(Money.Zero, await Balance(Accounts.CustomerRefund(_order)));
    }

    [Fact]
    public async Task A_refund_that_comes_through_while_another_one_takes_its_place_is_released_before_or_not_at_all()
    {
        for (var i = 0; i < 5; i++)
        {
            var order = NewId.Of<OrderId>(Time);
            await Pay(order, i);
            _wechat.Refund = No;
            _ = (await Part(60_00, "first", order)).Value;
            await Drain();
            _wechat.Refund = null;
            var first = await With<Db, RefundRow>(db => db.Set<RefundRow>().SingleAsync(r => r.OrderId == order, Cancel));

            var (paid, again) = (Task.Run(() => Succeed(first.Id), Cancel), Task.Run(() => Part(60_00, "again", order), Cancel));
            await paid;
            var replaced = !(await again).IsRefused;

            var steps = (await With<Books, IReadOnlyList<PostedEntry>>(b => b.OfOrdersAsync(["refund", "refund-replaced"], [order], Cancel)))
                .Select(e => e.Kind).ToList();
            Assert.Equal(replaced, steps.Contains("refund-replaced"));
            if (replaced) Assert.True(steps.IndexOf("refund-replaced") < steps.IndexOf("refund"));
        }
    }

    [Fact]
    public async Task Two_refunds_that_fail_one_after_the_other_are_both_owed_and_both_found()
    {
        await Pay();
        _wechat.Refund = new RefundState.Processing("5030");
        _ = (await Part(30_00, "one")).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        _ = (await Part(38_00, "two")).Value;
        await Drain();
        await Ask(No);

        Assert.Equal(new Money(-68_00), await Balance(Accounts.CustomerRefund(_order)));
        Assert.Equal(["payments.case_refund_failed", "payments.case_refund_failed"], await Compared());
    }

    [Fact]
    public async Task A_refund_that_is_paid_after_another_one_has_taken_its_place_is_found()
    {
        await Pay();
        _wechat.Refund = No;
        _ = (await Part(30_00, "first")).Value;
        await Drain();
        _wechat.Refund = null;
        _ = (await Part(30_00, "again")).Value;
        await Drain();
        Assert.Empty(await Compared());
        var first = await With<Db, Guid>(db => db.Set<RefundRow>().Where(r => r.ReplacedAt != null).Select(r => r.Id).SingleAsync(Cancel));
        await Succeed(first);
        await Succeed(first);

        Assert.Equal(["payments.case_paid_after_all"], await Compared());
        Assert.Equal(new Money(30_00), await Balance(Accounts.CustomerRefund(_order)));
    }

    [Fact]
    public async Task Money_of_which_a_part_went_back_has_still_arrived_until_all_of_it_goes()
    {
        await Pay();
        _ = (await Part(30_00, "part")).Value;
        await Drain();
        Assert.Equal((1, 0), await Arrived());

        _ = (await With<RequestRefund, Result<Money>>(r => r.RunAsync(_order, "拒收", "rest", Cancel))).Value;
        Assert.Equal((0, 1), await Arrived());
    }

    private async Task<(int Arrived, int Refunded)> Arrived() => (
        (await With<OrderMoney, IReadOnlyList<ArrivedPayment>>(m => m.ArrivedAsync(PaymentFor.Order, new Instant(0), Time.Now, 0, 9, Cancel))).Count,
        (await With<OrderMoney, IReadOnlySet<OrderId>>(m => m.RefundedAsync([_order], Cancel))).Count);

    private Task Pay() => Pay(_order, 0);

    private async Task Pay(OrderId order, int nth)
    {
        var request = new PaymentRequest(
            order, $"HS260301{12345678 + nth}", new(68_00), "wechat", PayFace.Qr, "靓号", "127.0.0.1", new("https://example.test/return"));
        var id = (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(request, Cancel))).Value.Id;
        await With<ApplyPayment>(a => a.RunAsync(id, new PaymentState.Paid($"42000{nth}", new(68_00), Time.Now), Cancel));
    }

    private Task<Result<Money>> Part(long fen, string key, OrderId? order = null) =>
        With<RequestRefund, Result<Money>>(r => r.PartAsync(order ?? _order, new(fen), "少发", key, Cancel));

    private Task Succeed(Guid refund) =>
        With<ApplyRefund>(a => a.RunAsync(refund, new RefundState.Success("5031", new(30_00), Time.Now), Cancel));

    private async Task Ask(RefundState answer)
    {
        _wechat.Refund = answer;
        Time.Advance(TimeSpan.FromMinutes(2));
        await With<AskChannels>(a => a.RunAsync(Cancel));
        await Drain();
    }

    private Task<Money> Balance(Account account) => With<Journal, Money>(j => j.BalanceAsync(account, Cancel));
}
