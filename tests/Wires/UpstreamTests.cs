using System.Text;
using CsCheck;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Wires;

/// <summary>What both upstreams must do, whatever they speak.</summary>
public abstract class UpstreamTests : IAsyncLifetime
{
    protected const string Number = "HS202603050001";

    private Wiring? _wiring;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Wiring Wiring => _wiring ?? throw new InvalidOperationException("Not started");

    protected abstract IUpstreamWire Upstream { get; }

    protected abstract IUpstreamWire Impatient { get; }

    protected abstract UpstreamDesk Desk { get; }

    protected abstract Wire Wire { get; }

    protected Merchant Merchant => Wiring.Merchant;

    protected SandboxWorld World => Wiring.World;

    public async ValueTask InitializeAsync() => _wiring = await Wires.Wiring.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Wiring.DisposeAsync();
    }

    protected UpstreamOrder Order(string number = Number) => new(
        number, "GD29", new("张三", "11010519491231002X", "13800138000", "广东省", "深圳市", "南山区", "科技园科苑路 1 号 & 2 栋"),
        Merchant.Callback(Upstream.Name));

    protected async Task SubmitAsync(string number = Number) =>
        Assert.IsType<Submission.Taken>(await Upstream.SubmitAsync(Order(number), Cancel));

    protected void Advance(Step step, StepDetails? details = null, string number = Number) => Assert.Null(Desk.Advance(number, step, details));

    protected void Live()
    {
        Advance(Step.Accept);
        Advance(Step.Ship, new(Iccid: "89860012345678901234", Courier: "顺丰", TrackingNo: "SF1001"));
        Advance(Step.Activate);
        Advance(Step.TopUp, new(Amount: "50.00"));
        Advance(Step.Suspend, new(Kind: "单停"));
        Advance(Step.Resume);
        Advance(Step.CheckMonth, new(Month: 1, InService: true));
        Advance(Step.CheckMonth, new(Month: 2, InService: false));
        Advance(Step.Settle);
    }

    private static IEnumerable<string> Kinds(IEnumerable<UpstreamReport> reports) => reports.DistinctBy(r => r.EventId).Select(r => r.Kind).Order();

    private async Task<IReadOnlyList<UpstreamReport>> AskAsync(params string[] numbers) => (await Upstream.QueryAsync(numbers, Cancel)).Value.Reports;

    [Fact]
    public async Task An_order_is_taken_once_however_often_it_is_handed_over()
    {
        var first = Assert.IsType<Submission.Taken>(await Upstream.SubmitAsync(Order(), Cancel));
        Assert.Equal(first, await Upstream.SubmitAsync(Order(), Cancel));
        Assert.IsType<Submission.Refused>(await Upstream.SubmitAsync(Order() with { Product = "GD59" }, Cancel));
        Assert.Equal([Number], Desk.OrderNos);
    }

    [Theory]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    public async Task An_order_whose_answer_is_lost_is_unknown_and_found_by_a_query(Fault fault)
    {
        World.Faults.Set(Wire, On.Call, fault);
        Assert.IsType<Submission.Unknown>(await (fault == Fault.HangAfter ? Impatient : Upstream).SubmitAsync(Order(), Cancel));
        Assert.Equal("submitted", Assert.Single(await AskAsync(Number)).Kind);
    }

    [Fact]
    public async Task An_order_that_never_arrived_is_not_found()
    {
        World.Faults.Set(Wire, On.Call, Fault.Fail);
        Assert.IsType<Submission.Unknown>(await Upstream.SubmitAsync(Order(), Cancel));
        Assert.Equal([Number], (await Upstream.QueryAsync([Number], Cancel)).Value.NotFound);
    }

    [Fact]
    public async Task An_order_is_withdrawn_once_however_often_it_is_asked_for_and_told_as_cancelled()
    {
        await SubmitAsync();
        Assert.IsType<Withdrawal.Withdrawn>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.IsType<Withdrawal.Withdrawn>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.Equal(1, await Wiring.DeliverAsync());
        Assert.Equal("cancelled", Assert.Single(Merchant.Reports).Kind);
        Assert.Equal("cancelled", Assert.Single(await AskAsync(Number)).Kind);
    }

    [Theory]
    [InlineData(false, "订单已发货")]
    [InlineData(true, "号卡已激活")]
    public async Task An_order_that_is_shipped_or_in_use_is_not_given_back_and_goes_on(bool activated, string reason)
    {
        await SubmitAsync();
        Advance(Step.Ship);
        if (activated) Advance(Step.Activate);
        Assert.Equal(new Withdrawal.Refused(reason), await Upstream.WithdrawAsync(Number, Cancel));
        Assert.Contains(activated ? "activated" : "shipped", Kinds(await AskAsync(Number)));
    }

    [Theory]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    public async Task A_withdrawal_whose_answer_is_lost_is_unknown_and_told_when_asked_again(Fault fault)
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Call, fault);
        Assert.IsType<Withdrawal.Unknown>(await (fault == Fault.HangAfter ? Impatient : Upstream).WithdrawAsync(Number, Cancel));
        Assert.IsType<Withdrawal.Withdrawn>(await Upstream.WithdrawAsync(Number, Cancel));
    }

    [Theory]
    [InlineData(Fault.Fail)]
    [InlineData(Fault.Busy)]
    public async Task A_withdrawal_that_never_arrived_changes_nothing(Fault fault)
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Call, fault);
        Assert.IsType<Withdrawal.Unknown>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.Equal("submitted", Assert.Single(await AskAsync(Number)).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_withdrawal_that_is_decided_later_stays_unknown_until_then(bool granted)
    {
        await SubmitAsync();
        Advance(Step.Accept);
        World.Faults.Set(Wire, On.Call, Fault.DecideLater);
        Assert.IsType<Withdrawal.Unknown>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.IsType<Withdrawal.Unknown>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.Equal("accepted", Assert.Single(await AskAsync(Number)).Kind);
        Advance(granted ? Step.Cancel : Step.RefuseWithdrawal, new(Remark: granted ? null : "运营商已制卡"));
        Withdrawal decided = granted ? new Withdrawal.Withdrawn() : new Withdrawal.Refused("运营商已制卡");
        Assert.Equal(decided, await Upstream.WithdrawAsync(Number, Cancel));
    }

    [Theory]
    [InlineData(Fault.Tamper)]
    [InlineData(Fault.Forge)]
    public async Task An_answer_to_a_withdrawal_that_the_upstream_has_not_signed_does_not_count(Fault fault)
    {
        await SubmitAsync();
        Advance(Step.Ship);
        World.Faults.Set(Wire, On.Call, fault);
        Assert.IsType<Withdrawal.Unknown>(await Upstream.WithdrawAsync(Number, Cancel));
        Assert.IsType<Withdrawal.Refused>(await Upstream.WithdrawAsync(Number, Cancel));
    }

    [Fact]
    public async Task To_withdraw_an_order_that_the_upstream_does_not_know_is_no_answer() =>
        Assert.IsType<Withdrawal.Unknown>(await Upstream.WithdrawAsync(Number, Cancel));

    [Fact]
    public async Task A_life_is_told_by_callbacks_and_by_a_query_alike()
    {
        await SubmitAsync();
        Live();
        await Wiring.DeliverAsync();
        Assert.Empty(Merchant.Refusals);
        var asked = await AskAsync(Number);
        Assert.Superset(asked.Select(r => r.EventId).ToHashSet(), Merchant.Reports.Select(r => r.EventId).ToHashSet());
        string[] life =
        [
            "activated", "in_service", "out_of_service", "resumed", "shipped", "suspended", "topped_up", "upstream_confirmed",
        ];
        Assert.Equal(life, Kinds(asked).Where(k => k != "submitted" && k != "accepted"));
        Assert.Equal(new Money(5000), asked.Single(r => r.Kind == "topped_up").Amount);
        Assert.Equal("2", asked.Single(r => r.Kind == "out_of_service").Attributes["month"]);
        Assert.Equal("single", asked.Single(r => r.Kind == "suspended").Attributes["kind"]);
        var activated = asked.Single(r => r.Kind == "activated");
        Assert.Equal(("89860012345678901234", "SF1001"), (activated.Attributes["iccid"], activated.Attributes["tracking_no"]));
        Assert.True(activated.AtIsTold);
        Assert.Equal(Wiring.Time.Now, activated.At);
    }

    [Fact]
    public async Task Callbacks_newest_first_tell_the_same_life()
    {
        await SubmitAsync();
        Live();
        await World.Deliveries.DeliverAsync(newestFirst: true, cancel: Cancel);
        Assert.Superset((await AskAsync(Number)).Select(r => r.EventId).ToHashSet(), Merchant.Reports.Select(r => r.EventId).ToHashSet());
    }

    [Fact]
    public async Task A_callback_sent_twice_tells_the_same_events()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Twice);
        Advance(Step.Accept);
        Assert.Equal(2, await Wiring.DeliverAsync());
        Assert.Single(Merchant.Reports.Select(r => r.EventId).Distinct());
    }

    [Fact]
    public async Task A_lost_callback_is_made_good_by_a_query()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Lose);
        Advance(Step.Accept);
        Assert.Equal(0, await Wiring.DeliverAsync());
        Assert.Equal("accepted", Assert.Single(await AskAsync(Number)).Kind);
    }

    [Fact]
    public async Task A_forged_callback_is_refused_and_repeated_twice_at_most()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Forge);
        Advance(Step.Accept);
        await Wiring.DeliverAsync();
        Assert.Equal("upstreams.signature_wrong", Assert.Single(Merchant.Refusals).Code);
        Assert.Empty(Merchant.Reports);
        Wiring.Time.Advance(TimeSpan.FromHours(2));
        await Wiring.DeliverAsync();
        Assert.Equal("accepted", Assert.Single(Merchant.Reports).Kind);
    }

    [Fact]
    public async Task Queries_beyond_the_minutes_allowance_wait()
    {
        await SubmitAsync();
        for (var i = 0; i < 60; i++) Assert.False((await Upstream.QueryAsync([Number], Cancel)).IsRefused);
        var refusal = Assert.Single((await Upstream.QueryAsync([Number], Cancel)).Refusals);
        Assert.Equal(("upstreams.query_limit", (object)60), (refusal.Code, refusal.Arguments[0]));
        Wiring.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Upstream.QueryAsync([Number], Cancel)).IsRefused);
    }

    [Fact]
    public async Task Ten_orders_go_into_one_query_and_no_more()
    {
        string[] numbers = [.. Enumerable.Range(1, 10).Select(n => $"HS2026030500{n:00}")];
        foreach (var number in numbers) await SubmitAsync(number);
        Assert.Equal(10, (await AskAsync(numbers)).Count);
        await Assert.ThrowsAsync<ArgumentException>(() => Upstream.QueryAsync([.. numbers, "HS202603050011"], Cancel));
    }

    [Theory]
    [InlineData(Fault.Fail, "upstreams.unreachable")]
    [InlineData(Fault.Busy, "upstreams.query_limit")]
    [InlineData(Fault.HangAfter, "upstreams.unreachable")]
    [InlineData(Fault.Tamper, "upstreams.signature_wrong")]
    public async Task A_query_that_brings_nothing_to_rely_on_is_refused(Fault fault, string code)
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Call, fault);
        var upstream = fault == Fault.HangAfter ? Impatient : Upstream;
        Assert.Equal(code, (await upstream.QueryAsync([Number], Cancel)).Refusals[0].Code);
    }

    [Fact]
    public void Nothing_personal_is_printed()
    {
        Assert.Equal($"Order {Number} of GD29", Order().ToString());
        Assert.Equal("Applicant", Order().Applicant.ToString());
    }
}

public sealed class HaoyiTests : UpstreamTests
{
    protected override IUpstreamWire Upstream => Wiring.Haoyi;

    protected override IUpstreamWire Impatient =>
        new Haoyi(Wiring.Client(impatient: true), Wires.Wiring.Keys.Haoyi(Wiring.Sandbox.Address), Wiring.Time);

    protected override UpstreamDesk Desk => World.Haoyi;

    protected override Wire Wire => Wire.Haoyi;

    [Fact]
    public async Task A_tampered_callback_is_refused()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Tamper);
        Advance(Step.Accept);
        await Wiring.DeliverAsync();
        Assert.Equal("upstreams.signature_wrong", Assert.Single(Merchant.Refusals).Code);
    }

    [Fact]
    public async Task Any_altered_byte_of_a_callback_that_changes_its_meaning_is_refused()
    {
        await SubmitAsync();
        Live();
        await Wiring.DeliverAsync();
        var genuine = Merchant.Raw[^1];
        var meaning = await ReadAsync(genuine.Body);
        await Gen.Select(Gen.Int[0, genuine.Body.Length - 1], Gen.Int[1, 127]).SampleAsync(async altered =>
        {
            byte[] body = [.. genuine.Body];
            body[altered.Item1] ^= (byte)altered.Item2;
            return await ReadAsync(body) is var read && (read == "" || read == meaning);
        }, iter: 10_000);

        async Task<string> ReadAsync(byte[] body) =>
            (await Upstream.ReadCallbackAsync((genuine with { Body = body }).ToRequest(), Cancel)).TryGet(out var reports, out _)
                ? string.Join('\n', reports.Select(r => $"{r} {r.Amount} {string.Join(',', r.Attributes)}"))
                : "";
    }

    [Fact]
    public async Task A_value_that_swallows_the_next_field_is_refused()
    {
        await SubmitAsync();
        Advance(Step.Accept, new(Remark: "受理"));
        await Wiring.DeliverAsync();
        var genuine = Merchant.Raw[^1];
        var form = Encoding.UTF8.GetString(genuine.Body).Split('&').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        form["mark"] += "number" + Uri.EscapeDataString("=") + form["number"];
        form.Remove("number");
        var swallowed = genuine with { Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(p => $"{p.Key}={p.Value}"))) };
        Assert.Equal("upstreams.signature_wrong", (await Upstream.ReadCallbackAsync(swallowed.ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_callback_without_a_signature_is_refused()
    {
        var bare = new RawRequest("application/x-www-form-urlencoded", new Dictionary<string, string>(),
            "order_sn=HY1&ext_order_sn=HS202603050001&up_status=8"u8.ToArray());
        Assert.Equal("upstreams.signature_wrong", (await Upstream.ReadCallbackAsync(bare.ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Theory]
    [InlineData("0", "submitted")]
    [InlineData("1", "accepted")]
    [InlineData("3", "shipped")]
    [InlineData("4", "shipped")]
    [InlineData("5", "documents_wanted")]
    [InlineData("11", "documents_wanted")]
    [InlineData("6", "rejected")]
    [InlineData("8", "activated")]
    [InlineData("10", "cancelled")]
    [InlineData("77", "unrecognised")]
    public async Task Every_status_number_has_its_fact(string status, string kind)
    {
        var report = Assert.Single(await ReadAsync(("up_status", status)));
        Assert.Equal((kind, false, Wiring.Time.Now), (report.Kind, report.AtIsTold, report.At));
    }

    [Fact]
    public async Task The_plain_fields_alone_tell_activation_and_the_first_top_up()
    {
        var reports = await ReadAsync(("up_status", "8"), ("activated_at", "2026-03-04 09:30:00"), ("first_recharge", "100"), ("number", "19212345678"));
        Assert.Equal(["activated", "topped_up"], reports.Select(r => r.Kind));
        Assert.Equal(Instant.From(new(2026, 3, 4, 1, 30, 0, TimeSpan.Zero)), reports[0].At);
        Assert.Equal((new Money(10_000), "HY1/topped_up/1"), (reports[1].Amount, reports[1].EventId));
    }

    private async Task<IReadOnlyList<UpstreamReport>> ReadAsync(params (string Name, string Value)[] values)
    {
        var form = values.Append(("order_sn", "HY1")).Append(("ext_order_sn", Number)).ToDictionary(v => v.Item1, v => v.Item2);
        form["sign"] = HaoyiForm.Sign(form, Wires.Wiring.Keys.HaoyiSecret);
        using var content = new FormUrlEncodedContent(form);
        var raw = new RawRequest("application/x-www-form-urlencoded", new Dictionary<string, string>(), await content.ReadAsByteArrayAsync(Cancel));
        return (await Upstream.ReadCallbackAsync(raw.ToRequest(), Cancel)).Value;
    }
}
