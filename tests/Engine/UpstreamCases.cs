using HaoSuan.Catalog;
using HaoSuan.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Engine;

public sealed class Upstreams_on_sqlite(SqliteDatabases engine) : UpstreamCases(engine);

public sealed class Upstreams_on_postgres(PostgresDatabases engine) : UpstreamCases(engine);

public abstract class UpstreamCases(Databases engine) : EngineTest(engine)
{
    private static readonly OrderId Order = new(Guid.Parse("0198a000-0000-7000-8000-0000000000bb"));

    private readonly FakeWire _wire = new();
    private readonly Heard _heard = new();

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddSingleton(new UpstreamLine("hao172", _wire)).AddSingleton(_heard)
        .Follow<UpstreamReported, Listener>().Follow<UpstreamRefused, Listener>().Follow<SubmissionLost, Listener>()
        .Follow<OrderWithdrawn, Listener>().Follow<WithdrawalRefused, Listener>().Follow<WithdrawalUnanswered, Listener>();

    [Fact]
    public async Task An_order_is_handed_over_once()
    {
        await Submit();
        await Submit();
        await Drain();

        Assert.Equal(1, _wire.Submitted);
        Assert.Equal(["submitted"], _heard.All);
    }

    [Fact]
    public async Task A_refused_order_tells_why_and_is_not_asked_about()
    {
        _wire.Outcome = new Submission.Refused("-1", "该证件已满五户");
        await Submit();
        Time.Advance(TimeSpan.FromDays(1));
        await Poll();
        await Drain();

        Assert.Equal(["refused 该证件已满五户"], _heard.All);
        Assert.Equal(0, _wire.Queries);
    }

    [Fact]
    public async Task After_silence_the_upstream_is_asked_and_the_order_handed_over_again_only_when_it_is_not_there()
    {
        _wire.Outcome = new Submission.Unknown("HTTP 0");
        await Submit();
        await Submit();
        Assert.Equal(1, _wire.Submitted);

        Time.Advance(TimeSpan.FromMinutes(2));
        _wire.Knows = false;
        await Poll();
        await Drain();
        Assert.Equal(["lost"], _heard.All);

        _wire.Outcome = new Submission.Taken("U1");
        await Submit();
        await Drain();
        Assert.Equal((2, "submitted"), (_wire.Submitted, _heard.All.Last()));
    }

    [Fact]
    public async Task After_silence_an_order_that_is_there_is_not_handed_over_again()
    {
        _wire.Outcome = new Submission.Unknown("HTTP 504");
        await Submit();
        Time.Advance(TimeSpan.FromMinutes(2));
        await Poll();
        await Submit();
        await Drain();

        Assert.Equal(1, _wire.Submitted);
        Assert.Equal(["submitted"], _heard.All);
    }

    [Fact]
    public async Task What_a_callback_and_a_query_both_tell_is_heard_once()
    {
        await Submit();
        var activated = Report("activated", "hao172:1:activated");
        await Take(activated);
        _wire.Reports = [activated, Report("shipped", "hao172:1:shipped")];
        Time.Advance(TimeSpan.FromMinutes(3));
        await Poll();
        await Take(activated);
        await Drain();

        Assert.Equal(["activated", "shipped", "submitted"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_report_about_an_order_of_somebody_else_changes_nothing()
    {
        await Submit();
        await Take(Report("activated", "e1") with { OrderNo = "HS26030199999999" });
        await Drain();

        Assert.Equal(["submitted"], _heard.All);
    }

    [Fact]
    public async Task An_order_is_withdrawn_once_however_often_it_is_asked_for_and_whoever_tells_it()
    {
        await Submit();
        await Withdraw();
        await Withdraw();
        await Take(Report("cancelled", "U1/cancelled"));
        Time.Advance(TimeSpan.FromDays(1));
        await Poll();
        await Drain();

        Assert.Equal((1, 0), (_wire.Withdrawals, _wire.Queries));
        Assert.Equal(["submitted", "withdrawn withdrawal/1"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_that_was_never_handed_over_is_withdrawn_at_once_and_not_handed_over_afterwards()
    {
        await Withdraw();
        await Submit();
        await Drain();

        Assert.Equal((0, 0), (_wire.Withdrawals, _wire.Submitted));
        Assert.Equal(["withdrawn withdrawal/1"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_withdrawal_tells_why_and_the_order_goes_on_being_asked_about()
    {
        await Submit();
        _wire.Answer = new Withdrawal.Refused("订单已发货");
        await Withdraw();
        _wire.Reports = [Report("shipped", "U1/shipped")];
        Time.Advance(TimeSpan.FromMinutes(3));
        await Poll();
        await Drain();

        Assert.Equal(["shipped", "submitted", "withdrawal/1 refused 订单已发货"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_silence_a_withdrawal_is_asked_again_with_growing_pauses_and_nothing_is_assumed()
    {
        await Submit();
        _wire.Answer = new Withdrawal.Unknown("HTTP 504");
        await Withdraw();
        await Poll();
        Assert.Equal(0, _wire.Queries);

        for (var minutes = 0; minutes < 60; minutes++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Poll();
        }
        await Drain();

        // After 1 minute, and then 4, 8, 16 and 32 minutes after the time before, as for any order.
        Assert.Equal(4, _wire.Queries);
        Assert.Equal(["submitted", "unanswered", "unanswered", "unanswered", "unanswered"], _heard.All.Order(StringComparer.Ordinal));
        _wire.Answer = new Withdrawal.Withdrawn();
        await Withdraw();
        await Drain();
        Assert.Equal("withdrawn withdrawal/1", _heard.All[^1]);
    }

    [Fact]
    public async Task A_withdrawal_whose_answer_was_lost_is_told_by_the_callback()
    {
        await Submit();
        _wire.Answer = new Withdrawal.Unknown("HTTP 0");
        await Withdraw();
        await Take(Report("cancelled", "U1/cancelled"));
        await Withdraw();
        await Drain();

        Assert.Equal(1, _wire.Withdrawals);
        Assert.Equal(["submitted", "withdrawn withdrawal/1"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_withdrawn_while_nobody_knows_whether_it_arrived_is_asked_for_and_not_handed_over_again()
    {
        _wire.Outcome = new Submission.Unknown("HTTP 0");
        _wire.Answer = new Withdrawal.Unknown("订单不存在");
        await Submit();
        await Withdraw();
        _wire.Knows = false;
        Time.Advance(TimeSpan.FromMinutes(1));
        await Poll();
        await Submit();
        await Drain();

        Assert.Equal(1, _wire.Submitted);
        Assert.Equal(["withdrawn withdrawal/1"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_that_arrived_after_all_is_withdrawn_then()
    {
        _wire.Outcome = new Submission.Unknown("HTTP 0");
        _wire.Answer = new Withdrawal.Unknown("订单不存在");
        await Submit();
        await Withdraw();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Poll();
        _wire.Answer = new Withdrawal.Withdrawn();
        await Withdraw();
        await Drain();

        Assert.Equal(["submitted", "unanswered", "withdrawn withdrawal/1"], _heard.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_upstream_tells_of_an_order_that_it_never_got_is_kept_once_and_changes_nothing()
    {
        await Submit();
        var stray = Report("shipped", "U9/shipped") with { OrderNo = "HS26030199999999", UpstreamOrderNo = "U9" };

        await Take(stray);
        await Take(stray);
        await With<TakeReports, int>(t => t.RunAsync("haoyi", [Report("activated", "H1/activated")], HeardBy.Callback, Cancel));
        await Take(stray with { OrderNo = new('9', 200), EventId = new('x', 300) });
        await Drain();

        Assert.Equal(["submitted"], _heard.All);
        var kept = await With<Db, List<StrayReportRow>>(db => db.StrayReports.AsNoTracking().ToListAsync(Cancel));
        Assert.Equal(
            [("hao172", "HS26030199999999", "shipped"), ("hao172", new('9', 64), "shipped"), ("haoyi", "HS26030112345678", "activated")],
            kept.OrderBy(r => r.UpstreamKey).ThenByDescending(r => r.OrderNo, StringComparer.Ordinal).Select(r => (r.UpstreamKey, r.OrderNo, r.Kind)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("delete from upstream_stray"));
    }

    private async Task Withdraw() =>
        await With<WithdrawOrder>(async w => await w.RunAsync(new(Order, "HS26030112345678", await Upstream(), "withdrawal/1"), Cancel));

    private async Task<UpstreamId> Upstream() => (await With<Products, Upstream?>(p => p.UpstreamAsync("hao172", Cancel)))?.Id
        ?? (await With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("hao172", "172号卡", "hao172"), Cancel))).Value;

    private async Task Submit()
    {
        var applicant = new Applicant("张三", "110101199003077758", "13900000000", "北京市", "北京市", "东城区", "东长安街1号");
        await With<SubmitOrder>(async s => await s.RunAsync(new(Order, "HS26030112345678", await Upstream(), "GD29", applicant, null), Cancel));
    }

    private Task Poll() => With<PollUpstreams>(p => p.RunAsync(Cancel));

    private Task Take(UpstreamReport report) => With<TakeReports, int>(t => t.RunAsync("hao172", [report], HeardBy.Callback, Cancel));

    private UpstreamReport Report(string kind, string eventId) => new("HS26030112345678", "U1", kind, Time.Now, true, eventId);

    private sealed class Heard
    {
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public Task Add(string what)
        {
            _all.Add(what);
            return Task.CompletedTask;
        }
    }

    private sealed class Listener(Heard heard) : IFollow<UpstreamReported>, IFollow<UpstreamRefused>, IFollow<SubmissionLost>,
        IFollow<OrderWithdrawn>, IFollow<WithdrawalRefused>, IFollow<WithdrawalUnanswered>
    {
        public Task FollowAsync(UpstreamReported happened, CancellationToken cancel) => heard.Add(happened.Kind);

        public Task FollowAsync(UpstreamRefused happened, CancellationToken cancel) => heard.Add($"refused {happened.Message}");

        public Task FollowAsync(SubmissionLost happened, CancellationToken cancel) => heard.Add("lost");

        public Task FollowAsync(OrderWithdrawn happened, CancellationToken cancel) => heard.Add($"withdrawn {happened.Withdrawal}");

        public Task FollowAsync(WithdrawalRefused happened, CancellationToken cancel) => heard.Add($"{happened.Withdrawal} refused {happened.Reason}");

        public Task FollowAsync(WithdrawalUnanswered happened, CancellationToken cancel) => heard.Add("unanswered");
    }
}
