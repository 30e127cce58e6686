using System.Text;
using HaoSuan.Exceptions;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class ChannelDays_on_sqlite(SqliteDatabases engine) : ChannelDayCases(engine);

public sealed class ChannelDays_on_postgres(PostgresDatabases engine) : ChannelDayCases(engine);

/// <summary>Bills as WeChat Pay writes them, against what a test has paid: the day is 2026-03-01, the check from the next morning on.</summary>
public abstract class ChannelDayCases(Databases engine) : EngineTest(engine)
{
    private const string Header = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
        + "代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

    private static readonly DateOnly Day = new(2026, 3, 1);

    private readonly FakeChannel _wechat = new();
    private readonly OrderId _order = new(Guid.Parse("0198a000-0000-7000-8000-0000000000bb"));

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddSingleton<IPaymentChannel>(_wechat);

    [Fact]
    public async Task A_day_that_is_equal_on_all_sides_is_even_and_its_fee_is_booked_once()
    {
        await Pay(68_00);
        await Refund(10_00);
        Bill(Paid(1, 68_00), Back(1, 1, 10_00));

        await Check();
        await Check();

        var day = await Found();
        Assert.Equal((DayState.Even, 0), (day.State, day.Open));
        Assert.Equal(new DaySums(new(68_00), new(-10_00), Money.Zero), day.Vouchers);
        Assert.Equal(new DaySums(new(68_00), new(-10_00), new(41 - 6)), day.Bill);
        Assert.Equal(day.Bill, day.Ledger);
        Assert.Equal(new Money(58_00 - 35), await Balance(Accounts.Gateway("wechat")));
        Assert.Equal(new Money(35), await Balance(Accounts.GatewayFee));
        Assert.Equal(1, _wechat.Downloads);
    }

    [Fact]
    public async Task Nothing_is_asked_for_before_ten_in_the_morning()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00));
        Time.Advance(TimeSpan.FromHours(23));

        await With<CheckChannelDays>(c => c.RunAsync(Cancel));

        Assert.Equal(0, _wechat.Downloads);
        Assert.Null(await With<ChannelDays, ChannelDay?>(d => d.FindAsync("wechat", Day, Cancel)));
    }

    [Fact]
    public async Task Each_difference_has_its_class_finance_is_told_once_and_an_explanation_ends_it()
    {
        var finance = (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel))).Value;
        await Pay(68_00);
        await Pay(20_00, 2);
        Bill(Paid(1, 67_00), Paid(3, 5_00));

        await Check();
        await Check();
        await Drain();

        var differences = await Differences();
        Assert.Equal(
            [(DayDifference.NotWithUs, new Money(5_00)), (DayDifference.NotInBill, new(-20_00)), (DayDifference.AmountDiffers, new(-1_00))],
            differences.Select(d => (d.Class, d.Effect)));
        var day = await Found();
        Assert.Equal(day.Bill.In + day.Bill.Out, day.Vouchers.In + day.Vouchers.Out + differences.Aggregate(Money.Zero, (sum, d) => sum + d.Effect));
        Assert.Equal((DayState.Differs, 3), (day.State, day.Open));
        var told = Assert.Single(await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(finance, "payments", 0, 9, Cancel)));
        Assert.StartsWith("微信支付 2026-03-01 的凭证、渠道账单与总账不一致：3 处差异，合计 ￥26.00", told.Text, StringComparison.Ordinal);

        foreach (var difference in differences)
            Assert.False((await With<ExplainDifference, Result<Done>>(e => e.RunAsync(difference.Id, "已向渠道核实", Cancel))).IsRefused);
        Assert.Equal((DayState.Even, 0), ((await Found()).State, (await Found()).Open));
        await Check();
        Assert.Equal(DayState.Even, (await Found()).State);
    }

    [Fact]
    public async Task A_voucher_that_comes_late_mends_the_day()
    {
        var payment = await Start(68_00, 1);
        var paidAt = Time.Now;
        Bill(Paid(1, 68_00));
        await Check();
        Assert.Equal(DayDifference.NotWithUs, Assert.Single(await Differences()).Class);

        await With<ApplyPayment>(a => a.RunAsync(payment, new PaymentState.Paid("4200000001", new(68_00), paidAt), Cancel));
        await Check();

        Assert.Equal(DayState.Even, (await Found()).State);
        Assert.True(Assert.Single(await Differences()).IsGone);
    }

    [Fact]
    public async Task A_refund_that_the_bill_has_on_another_day_is_no_matter()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00), Back(1, 1, 10_00));
        Time.Advance(TimeSpan.FromHours(14.5));     // half past midnight
        await Refund(10_00);
        await Check();
        _wechat.Bills[(Day.AddDays(1), BillKind.Trades)] = File(2);
        Time.Advance(TimeSpan.FromDays(1));
        await Check();

        foreach (var day in new[] { Day, Day.AddDays(1) })
        {
            var found = await With<ChannelDays, ChannelDay?>(d => d.FindAsync("wechat", day, Cancel));
            Assert.Equal((DayState.Even, 0), (found!.State, found.Open));
            Assert.Equal(DayDifference.OtherDay, Assert.Single(await Differences(day), d => !d.IsGone).Class);
        }
    }

    [Fact]
    public async Task A_fee_that_was_not_agreed_and_an_entry_without_a_voucher_are_found()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00, fee: 68));
        await With<Journal>(j => j.PostAsync(new Entry("correction", "by-hand", Time.Now, "手工", [
            new(Accounts.Gateway("wechat"), new(-1_00)), new(Accounts.WriteOff, new(1_00))]), Cancel));

        await Check();

        Assert.Equal(
            [(DayDifference.FeeDiffers, new Money(27)), (DayDifference.LedgerDiffers, new(-1_00))],
            (await Differences()).Select(d => (d.Class, d.Effect)));
    }

    [Fact]
    public async Task A_bill_that_is_late_is_told_of_once_and_is_fetched_when_it_comes()
    {
        var finance = (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel))).Value;
        await Pay(68_00);
        await Check();
        Assert.Equal((DayState.Waiting, "payments.bill_missing"), ((await Found()).State, (await Found()).Trouble));
        Time.Advance(TimeSpan.FromHours(9));
        await Check(wait: false);
        await Check(wait: false);
        await Drain();
        Assert.Single(await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(finance, "payments", 0, 9, Cancel)));

        Bill(Paid(1, 68_00));
        await Check(wait: false);

        Assert.Equal(DayState.Even, (await Found()).State);
    }

    [Fact]
    public async Task A_file_whose_totals_are_not_its_rows_is_not_kept()
    {
        await Pay(68_00);
        var file = Encoding.UTF8.GetString(File(1, Paid(1, 68_00))).Replace("`1,`68.00,", "`1,`68.01,", StringComparison.Ordinal);
        _wechat.Bills[(Day, BillKind.Trades)] = Encoding.UTF8.GetBytes(file);

        await Check();

        Assert.Equal((DayState.Waiting, "payments.bill_totals"), ((await Found()).State, (await Found()).Trouble));
        Assert.Equal(Money.Zero, await Balance(Accounts.GatewayFee));
    }

    [Fact]
    public async Task Lines_of_another_operator_of_the_installation_are_not_ours()
    {
        await Pay(68_00);
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(Request(9_00, 7), Cancel), other);
        Bill(Paid(1, 68_00), Paid(7, 9_00));

        await Check();

        Assert.Equal(DayState.Even, (await Found()).State);
        Assert.Equal(1, Assert.Single(await With<ChannelDays, IReadOnlyDictionary<BillKind, (int Lines, bool IsOurs)>>(
            d => d.FilesAsync("wechat", Day, Cancel))).Value.Lines);
        Assert.Null(await With<ChannelDays, (string, string, byte[])?>(d => d.FileAsync("wechat", Day, BillKind.Trades, Cancel)));
    }

    [Fact]
    public async Task The_fee_of_lines_that_are_not_ours_is_not_booked()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00), Paid(3, 5_00), Back(3, 1, 1_00));

        await Check();

        Assert.Equal(new Money(41), await Balance(Accounts.GatewayFee));
        Assert.Equal([DayDifference.NotWithUs, DayDifference.NotWithUs], (await Differences()).Select(d => d.Class));
    }

    [Fact]
    public async Task A_line_that_comes_again_on_another_day_is_one_too_many()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00));
        _wechat.Bills[(Day.AddDays(1), BillKind.Trades)] = File(2, Paid(1, 68_00));
        await Check();
        Time.Advance(TimeSpan.FromDays(1));
        await Check();

        Assert.Equal(DayState.Even, (await Found()).State);
        Assert.Equal(DayDifference.NotWithUs, Assert.Single(await Differences(Day.AddDays(1))).Class);
    }

    [Fact]
    public async Task Another_amount_on_another_day_is_a_difference_on_both()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00), Back(1, 1, 9_00));
        Time.Advance(TimeSpan.FromHours(14.5));     // half past midnight
        await Refund(10_00);
        await Check();
        _wechat.Bills[(Day.AddDays(1), BillKind.Trades)] = File(2);
        Time.Advance(TimeSpan.FromDays(1));
        await Check();

        var line = Assert.Single(await Differences(), d => !d.IsGone);
        var voucher = Assert.Single(await Differences(Day.AddDays(1)), d => !d.IsGone);
        Assert.Equal((DayDifference.NotWithUs, new Money(-9_00)), (line.Class, line.Effect));
        Assert.Equal((DayDifference.AmountDiffers, new Money(10_00)), (voucher.Class, voucher.Effect));
    }

    [Fact]
    public async Task The_kept_file_does_not_tell_who_paid()
    {
        await Pay(68_00);
        Bill(Paid(1, 68_00));
        var sent = Encoding.UTF8.GetString(_wechat.Bills[(Day, BillKind.Trades)]);

        await Check();

        var file = await With<ChannelDays, (string, string, byte[] Content)?>(d => d.FileAsync("wechat", Day, BillKind.Trades, Cancel));
        var kept = Encoding.UTF8.GetString(file!.Value.Content);
        Assert.Equal(sent.Replace("`oUpF8,", "`oUp***,", StringComparison.Ordinal), kept);
        Assert.DoesNotContain("oUpF8", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_stays_different_is_a_case_until_each_difference_is_explained()
    {
        await Pay(68_00);
        Bill(Paid(1, 67_00));
        await Check();
        Assert.DoesNotContain("payments.case_day_differs", await Compared());

        Time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("payments.case_day_differs", await Compared());
        var cases = await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 9, Cancel));
        var found = Assert.Single(cases, c => c.Kind == "payments.case_day_differs");
        Assert.Equal(("微信支付 2026-03-01", new Money(1_00)), (found.Subject, found.Amount));

        var difference = Assert.Single(await Differences());
        _ = (await With<ExplainDifference, Result<Done>>(e => e.RunAsync(difference.Id, "商家优惠券", Cancel))).Value;
        Assert.DoesNotContain("payments.case_day_differs", await Compared());
    }

    [Fact]
    public async Task A_bill_that_never_comes_is_a_case_until_it_does()
    {
        await Pay(68_00);
        await Check();
        Assert.DoesNotContain("payments.case_no_bill", await Compared());
        Time.Advance(TimeSpan.FromHours(8));
        await Check();
        Assert.Contains("payments.case_no_bill", await Compared());

        Bill(Paid(1, 68_00));
        await Check();
        Assert.DoesNotContain("payments.case_no_bill", await Compared());
    }

    [Fact]
    public async Task The_month_cannot_be_closed_while_a_voucher_has_no_bill_or_a_difference_is_open()
    {
        async Task<string[]> Open() => [.. (await With<ClosingChecklist, IReadOnlyList<ClosingState>>(c => c.OfAsync(new(2026, 3), Cancel)))
            .Single(s => s.Step.Name == "payments.close_days").Finding.Blockers.Select(b => b.What.Code)];
        await Pay(68_00);
        Assert.Equal(["payments.close_days_no_bill"], await Open());

        Bill(Paid(1, 68_00), Paid(3, 5_00));
        await Check();
        Assert.Equal(["payments.close_days_differs"], await Open());
        foreach (var difference in await Differences())
            Assert.False((await With<ExplainDifference, Result<Done>>(e => e.RunAsync(difference.Id, "另一店铺", Cancel))).IsRefused);

        Assert.Empty(await Open());
    }

    [Fact]
    public async Task A_month_that_was_passed_over_is_checked_with_the_one_after_it()
    {
        Assert.False((await With<CloseMonth, Result<Done>>(c => c.CloseAsync(new(2026, 2), Cancel))).IsRefused);
        await Pay(68_00);

        var steps = await With<ClosingChecklist, IReadOnlyList<ClosingState>>(c => c.OfAsync(new(2026, 4), Cancel));

        var open = Assert.Single(steps.Single(s => s.Step.Name == "payments.close_days").Finding.Blockers);
        Assert.Equal("payments.close_days_no_bill", open.What.Code);
    }

    private void Bill(params string[] rows) => _wechat.Bills[(Day, BillKind.Trades)] = File(1, rows);

    private static byte[] File(int day, params string[] rows)
    {
        var cells = rows.Select(r => r.Replace("DAY", $"2026-03-{day:00}", StringComparison.Ordinal)[1..].Split(",`")).ToList();
        Money Sum(int column) => cells.Aggregate(Money.Zero, (sum, c) => sum + Yuan(c[column]));
        return Encoding.UTF8.GetBytes(string.Join("\r\n", [
            "\uFEFF" + Header, .. cells.Select(c => "`" + string.Join(",`", c)),
            "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
            $"`{cells.Count},`{Sum(12)},`{Sum(16)},`0.00,`{Sum(22)},`{Sum(24)},`{Sum(25)}", ""]));
    }

    private static Money Yuan(string text) => Currency.Cny.TryParse(text.AsSpan(0, text.IndexOf('.', StringComparison.Ordinal) + 3), out var amount)
        ? amount
        : throw new FormatException(text);

    private static string Paid(int nth, long fen, long? fee = null) => "`" + string.Join(",`", [
        "DAY 10:00:00", "wx1", "1900", "0", "", $"420000000{nth}", Number(nth), "oUpF8", "NATIVE", "SUCCESS", "OTHERS", "CNY",
        $"{new Money(fen)}", "0.00", "0", "0", "0.00", "0.00", "", "", "靓号,月租 29 元", "", $"{new Money(fee ?? Fee(fen))}000", "0.60%",
        $"{new Money(fen)}", "0.00", ""]);

    private static string Back(int nth, int refund, long fen) => "`" + string.Join(",`", [
        "DAY 11:00:00", "wx1", "1900", "0", "", $"420000000{nth}", Number(nth), "oUpF8", "NATIVE", "REFUND", "OTHERS", "CNY",
        "0.00", "0.00", $"5030{refund}", $"{Number(nth)}R{refund}", $"{new Money(fen)}", "0.00", "ORIGINAL", "SUCCESS", "靓号", "",
        $"{new Money(-Fee(fen))}", "0.60%", "0.00", $"{new Money(fen)}", ""]);

    private static string Number(int nth) => $"HS260301{12345678 + nth}P1";

    private static long Fee(long fen) => ((fen * 60) + 5000) / 10000;

    private PaymentRequest Request(long fen, int nth) => new(
        nth == 1 ? _order : NewId.Of<OrderId>(Time), $"HS260301{12345678 + nth}", new(fen), "wechat", PayFace.Qr, "靓号", "127.0.0.1",
        new("https://example.test/return"));

    private async Task<PaymentId> Start(long fen, int nth) =>
        (await With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(Request(fen, nth), Cancel))).Value.Id;

    private async Task Pay(long fen, int nth = 1)
    {
        var id = await Start(fen, nth);
        await With<ApplyPayment>(a => a.RunAsync(id, new PaymentState.Paid($"420000000{nth}", new(fen), Time.Now), Cancel));
    }

    private async Task Refund(long fen)
    {
        await With<RequestRefund, Result<Money>>(r => r.PartAsync(_order, new(fen), "少发一张", $"part-{fen}", Cancel));
        await Drain();
    }

    /// <summary>Waits until eleven of the next morning, and checks.</summary>
    private async Task Check(bool wait = true)
    {
        if (wait && Time.Now < Zone.Shanghai.StartOf(Day.AddDays(1)) + TimeSpan.FromHours(11))
            Time.SetUtcNow((Zone.Shanghai.StartOf(Day.AddDays(1)) + TimeSpan.FromHours(11)).ToDateTimeOffset());
        await With<CheckChannelDays>(c => c.RunAsync(Cancel));
    }

    private async Task<ChannelDay> Found() => (await With<ChannelDays, ChannelDay?>(d => d.FindAsync("wechat", Day, Cancel)))!;

    private Task<IReadOnlyList<DayDifferenceView>> Differences(DateOnly? day = null) =>
        With<ChannelDays, IReadOnlyList<DayDifferenceView>>(d => d.DifferencesAsync("wechat", day ?? Day, Cancel));

    private Task<Money> Balance(Account account) => With<Journal, Money>(j => j.BalanceAsync(account, Cancel));
}
