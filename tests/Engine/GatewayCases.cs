using HaoSuan.Identity;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class Gateways_on_sqlite(SqliteDatabases engine) : GatewayCases(engine);

public sealed class Gateways_on_postgres(PostgresDatabases engine) : GatewayCases(engine);

/// <summary>The health of a channel, its alarm, and vouchers with the message that told of them.</summary>
public abstract class GatewayCases(Databases engine) : EngineTest(engine)
{
    private static readonly TradeNo Number = TradeNo.Parse("HS26030112345678P1");
    private static readonly PaymentState.Unknown NoWord = new(new("SYSTEM_ERROR", "busy"));

    private readonly FakeChannel _wechat = new();

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddSingleton<IPaymentChannel>(_wechat);

    [Fact]
    public async Task An_alarm_is_told_once_when_a_channel_degrades_and_once_when_it_recovers()
    {
        var finance = (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel))).Value;
        _wechat.Payment = NoWord;
        await Query(4);
        await Watch();
        Assert.Empty(await Told(finance));

        await Query(1);
        await Watch();
        await Watch();
        await Query(6);
        await Watch();
        Assert.StartsWith("微信支付渠道异常：最近 15 分钟 5 次调用中 5 次没有结果", Assert.Single(await Told(finance)).Text, StringComparison.Ordinal);
        var troubled = Assert.Single(await States());
        Assert.True(troubled.IsInTrouble);
        Assert.Equal([("SYSTEM_ERROR", 11)], troubled.Errors);

        _wechat.Payment = new PaymentState.NotPaid();
        Time.Advance(TimeSpan.FromMinutes(20));
        await Watch();
        Assert.True(Assert.Single(await States()).IsInTrouble);
        await Query(3);
        await Watch();
        await Watch();
        Assert.Equal("微信支付渠道已恢复，异常持续 20 分钟。", (await Told(finance))[0].Text);
        Assert.Equal(2, (await Told(finance)).Count);
        var well = Assert.Single(await States());
        Assert.Equal((false, 14, 11, 21), (well.IsInTrouble, well.Day.Calls, well.Day.Failed, well.Day.SuccessPercent));
    }

    [Fact]
    public async Task Bills_that_cannot_be_had_are_counted_but_raise_no_alarm()
    {
        _wechat.BillTrouble = new("payments.bill_unavailable", "2026-02-28", "TIMEOUT");
        for (var i = 0; i < 9; i++)
            await With<PaymentChannels, Result<ChannelBill>>(c => c.Find("wechat")!.DownloadBillAsync(new(2026, 2, 28), BillKind.Trades, Cancel));

        await Watch();

        var state = Assert.Single(await States());
        Assert.Equal((false, 9), (state.IsInTrouble, state.Day.Failed));
    }

    [Fact]
    public async Task Calls_of_several_processes_are_counted_together()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Query(5), Cancel)));

        Assert.Equal(40, Assert.Single(await States()).Day.Calls);
    }

    [Fact]
    public async Task A_notice_about_no_number_of_ours_is_kept_and_told_once_until_somebody_has_seen_it()
    {
        var finance = (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel))).Value;
        var notice = new ChannelNotice.OfPayment("N1", Number, new PaymentState.Paid("4200", new(9_00), Time.Now));

        await With<TakeNotice>(t => t.RunAsync(_wechat, notice, Cancel));
        await With<TakeNotice>(t => t.RunAsync(_wechat, notice, Cancel));

        Assert.Single(await Told(finance));
        var odd = Assert.Single(await With<GatewayHealth, IReadOnlyList<OddNotice>>(h => h.OddAsync(Cancel)));
        Assert.Equal((Number.Value, "payments.unknown_number"), (odd.Number, odd.Code));
        Assert.False((await With<SeeOddNotice, Result<Done>>(s => s.RunAsync(odd.Id, Cancel))).IsRefused);
        Assert.Empty(await With<GatewayHealth, IReadOnlyList<OddNotice>>(h => h.OddAsync(Cancel)));
    }

    [Fact]
    public async Task A_voucher_keeps_the_signed_message_that_told_of_it_sealed_and_shows_it_masked()
    {
        var started = await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(new(
            NewId.Of<OrderId>(Time), "HS26030112345678", new(68_00), "wechat", PayFace.Qr, "靓号", "127.0.0.1", new("https://example.test/return")), Cancel));
        var message = """{"payer":{"openid":"oUpF8uMuAJO"},"trade_state":"SUCCESS"}""";
        var paid = new PaymentState.Paid("4200001", new(68_00), Time.Now) { Proof = new(message) };

        await With<ApplyPayment>(a => a.RunAsync(started.Value.Id, paid, Cancel));

        Assert.True((await With<ReadVouchers, VoucherDetail?>(v => v.OfAsync(1, Cancel)))!.HasMessage);
        Assert.Equal(message.Replace("oUpF8uMuAJO", "oUp***", StringComparison.Ordinal), await With<ReadVouchers, string?>(v => v.MessageAsync(1, Cancel)));
        Assert.Equal(0, await Tamper("update secret set masked = masked where masked like '%oUp%'"));
    }

    [Fact]
    public async Task Vouchers_are_found_by_number_order_channel_kind_day_and_amount()
    {
        for (var nth = 0; nth < 3; nth++)
        {
            var started = await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(new(
                NewId.Of<OrderId>(Time), $"HS2603011234567{nth}", new(10_00 * (nth + 1)), "wechat", PayFace.Qr, "靓号", "127.0.0.1",
                new("https://example.test/r")), Cancel));
            var paid = new PaymentState.Paid($"420{nth}", new(10_00 * (nth + 1)), Time.Now);
            await With<ApplyPayment>(a => a.RunAsync(started.Value.Id, paid, Cancel));
            Time.Advance(TimeSpan.FromDays(1));
        }
        var second = Time.Now - TimeSpan.FromDays(2);

        Assert.Equal([2], await Found(new(Text: " 2 ")));
        Assert.Equal([2], await Found(new(Text: "HS26030112345671")));
        Assert.Equal([2], await Found(new(Text: "HS26030112345671P1")));
        Assert.Equal([2], await Found(new(Text: "4201")));
        Assert.Equal([3, 2], await Found(new(From: second)));
        Assert.Equal([1], await Found(new(Until: second)));
        Assert.Equal([3, 2], await Found(new(Least: new(20_00))));
        Assert.Equal([2, 1], await Found(new(Most: new(20_00))));
        Assert.Equal([3, 2, 1], await Found(new(Channel: "wechat", Kind: VoucherKind.Payment)));
        Assert.Empty(await Found(new(Channel: "alipay")));
        Assert.Empty(await Found(new(Kind: VoucherKind.Refund)));
    }

    [Fact]
    public async Task Finance_gives_back_parts_each_form_once_and_never_more_than_was_paid()
    {
        var started = await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(new(
            NewId.Of<OrderId>(Time), "HS26030112345678", new(68_00), "wechat", PayFace.Qr, "靓号", "127.0.0.1", new("https://example.test/return")), Cancel));
        var (id, paid) = (started.Value.Id, new PaymentState.Paid("4200001", new(68_00), Time.Now));
        await With<ApplyPayment>(a => a.RunAsync(id, paid, Cancel));
        Task<Result<Money>> Back(long fen, string key, string? reason = "少发配件") =>
            With<RequestRefund, Result<Money>>(r => r.ByOfficeAsync(id, new(fen), reason, key, Cancel));

        var parts = new[] { await Back(10_00, "a"), await Back(10_00, "a"), await Back(20_00, "b") };
        var more = await Back(38_01, "c");
        var silent = await Back(1_00, "d", " ");
        await Drain();

        Assert.Equal([new(10_00), new(10_00), new(20_00)], parts.Select(p => p.Value));
        Assert.Equal(("payments.refund_exceeds_payment", "amount"), (more.Refusals[0].Code, more.Refusals[0].Field));
        Assert.Equal("payments.reason_length", silent.Refusals[0].Code);
        var detail = (await With<ReadVouchers, VoucherDetail?>(v => v.OfAsync(1, Cancel)))!;
        Assert.Equal(new Money(38_00), detail.Left);
        Assert.Equal([RefundStatus.Done, RefundStatus.Done], detail.Refunds.Select(r => r.Status));
        Assert.Equal([new Money(-20_00), new(-10_00)], detail.Related.Select(v => v.Moved).Order());
    }

    private async Task<IEnumerable<long>> Found(VoucherFilter filter) =>
        (await With<ReadVouchers, IReadOnlyList<Voucher>>(v => v.FindAsync(filter, 0, 10, Cancel))).Select(v => v.Number);

    private async Task Query(int times)
    {
        for (var i = 0; i < times; i++) await With<PaymentChannels, PaymentState>(c => c.Find("wechat")!.QueryAsync(Number, Cancel));
    }

    private Task Watch() => With<WatchGateways>(w => w.RunAsync(Cancel));

    private Task<IReadOnlyList<GatewayState>> States() => With<GatewayHealth, IReadOnlyList<GatewayState>>(h => h.AllAsync(Cancel));

    private async Task<IReadOnlyList<Told>> Told(UserId user)
    {
        await Drain();
        return await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, "payments", 0, 9, Cancel));
    }
}
