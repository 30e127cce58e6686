using System.Globalization;
using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Engine;

public sealed class Desk_on_sqlite(SqliteDatabases engine) : DeskCases(engine);

public sealed class Desk_on_postgres(PostgresDatabases engine) : DeskCases(engine);

/// <summary>The reconciliation desk: differences of all sheets together, decisions taken back, rules, suspense.</summary>
public abstract class DeskCases(Databases engine) : SettlementsTest(engine)
{
    private const string AwaitsUpstream = """
        {"stages":[{"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],
            "release":{"mode":"at_once","await":"upstream_confirmed"}}],"clawback":[]}
        """;

    private static readonly Month March = new(2026, 3);

    private async Task<OrderId[]> Activated(int count, string scheme = Simple)
    {
        var product = await Product(scheme: scheme);
        var orders = new OrderId[count];
        for (var i = 0; i < count; i++)
        {
            orders[i] = await Order(product);
            await Record(orders[i], "activated");
        }
        await Run();
        return orders;
    }

    private static string No(int order) => string.Create(CultureInfo.InvariantCulture, $"HS260301{order:00000000}");

    private async Task<SheetId> Opened(Month period, params string[] rows)
    {
        var file = Encoding.UTF8.GetBytes("渠道订单号,佣金,状态\n" + string.Join('\n', rows) + "\n");
        var id = (await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(new(Upstream, period, "sheet.csv", file), Cancel))).Value.Id;
        Assert.False((await With<OpenSheet, Result<Done>>(o => o.RunAsync(id, Cancel))).IsRefused);
        return id;
    }

    private Task<WorkSummary> Summary() => With<WorkList, WorkSummary>(w => w.SummaryAsync(Cancel));

    private async Task<string[]> Names(WorkFilter filter, WorkOrder order = WorkOrder.Amount) =>
        [.. (await With<WorkList, IReadOnlyList<WorkItem>>(w => w.ListAsync(filter, order, 0, 100, Cancel)))
            .Select(i => i.Difference.OrderNo ?? i.Difference.Reference)];

    private Task<Result<int>> Decide(WorkFilter filter, Verdict verdict) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(filter, new(verdict), Cancel));

    private Task<Result<int>> Decide(Decision decision, params DifferenceKey[] keys) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(keys, decision, Cancel));

    private async Task<DifferenceKey> Key(SheetId sheet, string name) =>
        new(sheet, await With<Db, int>(db => db.Set<DifferenceRow>().Where(d => d.SheetId == sheet && (d.OrderNo == name || d.Reference == name))
            .Select(d => d.Number).SingleAsync(Cancel)));

    private async Task<DifferenceDetail> Detail(DifferenceKey key) => (await With<ReconSheets, DifferenceDetail?>(s => s.DifferenceAsync(key, Cancel)))!;

    private Task<Result<Done>> Reverse(DifferenceKey key, string reason = "上游来函更正") =>
        With<ReverseDecision, Result<Done>>(r => r.RunAsync(key, reason, Cancel));

    private Task<Result<RuleId>> Set(NewRule rule) => With<SetRules, Result<RuleId>>(r => r.AddAsync(rule, Cancel));

    private DateOnly Today => Zone.Shanghai.DateOf(Time.Now);

    private async Task<(long Receivable, long Suspense, long WriteOff, long Income)> Books() => (
        -(await Owed(Accounts.UpstreamReceivable(Upstream))).Minor, (await Owed(Accounts.Suspense("reconciliation"))).Minor,
        -(await Owed(Accounts.WriteOff)).Minor, (await Owed(Accounts.UpstreamCommission)).Minor);

    [Fact]
    public async Task The_work_list_shows_what_waits_in_all_sheets_and_ties_out()
    {
        await Activated(4);
        var march = await Opened(March, $"{No(1)},120.00,", $"{No(2)},100.00,", $"{No(3)},0.00,停机", "HSX,50.00,");
        Time.Advance(TimeSpan.FromDays(20));
        await Opened(March + 1, "HSY,500.00,");
        await Decide(new(Verdict.WriteOff), await Key(march, No(3)));

        var summary = await Summary();

        Assert.Equal((4, 410_00L, 690_00L), (summary.Waiting.Count, summary.Waiting.Effect.Minor, summary.Waiting.Size.Minor));
        Assert.Equal((770_00L, 480_00L, -120_00L), (summary.Sheets.Minor, summary.Expected.Minor, summary.Decided.Minor));
        var unexpected = summary.Rows.Single(r => r.Class == Difference.UnexpectedInSheet);
        Assert.Equal([500_00L, 50_00L, 0L, 0L], unexpected.Ages.Select(a => a.Effect.Minor));
        Assert.Equal(["HSY", No(4), "HSX", No(2)], await Names(new()));
        Assert.Equal(["HSY"], (await Names(new(), WorkOrder.Age))[^1..]);
        Assert.Equal([No(4), "HSX", No(2)], await Names(new(OlderThan: 7)));
        Assert.Equal(["HSY", No(4)], await Names(new(AtLeast: new(100_00))));
        Assert.Equal([No(2)], await Names(new(Class: Difference.AmountDiffers)));
        Assert.Equal(["HSX"], await Names(new(Text: " hsx ")));
        Assert.Empty(await Names(new(Upstream: new(Guid.Parse("0198a000-0000-7000-8000-0000000000aa")))));
        Assert.Equal(new WorkSum(4, new(410_00), new(690_00)), await With<WorkList, WorkSum>(w => w.SumAsync(new(), Cancel)));
    }

    [Fact]
    public async Task A_changed_effect_no_longer_ties_out()
    {
        await Activated(1);
        await Opened(March, $"{No(1)},100.00,");
        Assert.True((await Summary()).Ties);

        await Tamper("update recon_difference set sheet = sheet + 1, effect = effect + 1");

        Assert.False((await Summary()).Ties);
    }

    [Fact]
    public async Task Differences_of_several_sheets_are_decided_together_or_not_at_all()
    {
        await Activated(2);
        var march = await Opened(March, $"{No(1)},100.00,", $"{No(2)},130.00,");
        var april = await Opened(March + 1, "HSY,5.00,");
        var (less, more, beside) = (await Key(march, No(1)), await Key(march, No(2)), await Key(april, "HSY"));

        Assert.Equal("reconciliation.nothing_to_write_off", (await Decide(new(Verdict.WriteOff), less, more)).Refusals[0].Code);
        Assert.Equal("reconciliation.unknown_difference", (await Decide(new(Verdict.Confirm), less, new(april, 99))).Refusals[0].Code);
        Assert.Equal(3, (await Summary()).Waiting.Count);
        Assert.Equal(3, (await Decide(new(Verdict.Confirm), less, more, beside)).Value);

        Assert.Equal((235_00, 0, 20_00, 255_00), await Books());
        Assert.Equal(0, (await Summary()).Waiting.Count);
    }

    [Fact]
    public async Task What_a_filter_shows_is_decided_where_the_verdict_applies()
    {
        await Activated(3);
        await Opened(March, $"{No(1)},100.00,", $"{No(2)},130.00,", $"{No(3)},118.00,");

        Assert.Equal(1, (await Decide(new(Class: Difference.AmountDiffers, AtLeast: new(5_00)), Verdict.WriteOff)).Value);

        Assert.Equal([No(2), No(3)], await Names(new()));
        Assert.Equal(20_00, (await Books()).WriteOff);
    }

    [Fact]
    public async Task An_assignment_names_who_follows_it_up_and_books_nothing()
    {
        await Activated(1);
        var sheet = await Opened(March, $"{No(1)},100.00,", "HSX,50.00,");
        var (line, row) = (await Key(sheet, No(1)), await Key(sheet, "HSX"));
        await Decide(new(Verdict.Hold), row);

        Assert.Equal("owner", (await Decide(new(Verdict.Assign), line)).Refusals[0].Field);
        Assert.Equal(2, (await Decide(new(Verdict.Assign, "", "李会计"), line, row)).Value);

        Assert.Equal((DifferenceStatus.Open, DifferenceStatus.Held), ((await Detail(line)).Difference.Status, (await Detail(row)).Difference.Status));
        Assert.Equal(["HSX", No(1)], await Names(new(Owner: "李会计")));
        Assert.Empty(await Names(new(Owner: "")));
        Assert.Equal((170_00, 50_00, 0, 120_00), await Books());
    }

    [Fact]
    public async Task A_decision_is_taken_back_by_the_counter_entry_and_waits_again()
    {
        await Activated(1);
        var sheet = await Opened(March, $"{No(1)},100.00,", "HSX,50.00,");
        var (line, row) = (await Key(sheet, No(1)), await Key(sheet, "HSX"));
        await Decide(new(Verdict.WriteOff), line);
        await Decide(new(Verdict.Hold), row);
        await Decide(new(Verdict.Confirm), row);
        Assert.Equal((150_00, 0, 20_00, 170_00), await Books());

        Assert.Equal("reason", (await Reverse(line, " ")).Refusals[0].Field);
        Assert.False((await Reverse(line)).IsRefused);
        Assert.False((await Reverse(row)).IsRefused);

        Assert.Equal((170_00, 50_00, 0, 120_00), await Books());
        Assert.Equal((DifferenceStatus.Open, DifferenceStatus.Held), ((await Detail(line)).Difference.Status, (await Detail(row)).Difference.Status));
        Assert.False((await Reverse(row)).IsRefused);
        Assert.Equal("reconciliation.nothing_to_reverse", (await Reverse(row)).Refusals[0].Code);
        Assert.Equal((120_00, 0, 0, 120_00), await Books());
        var decisions = (await Detail(row)).Decisions;
        Assert.Equal([null, null, 2, 1], decisions.Select(d => d.Reverses));
        Assert.All(decisions, d => Assert.NotNull(d.EntryId));
        Assert.Equal("上游来函更正", decisions[^1].Note);
        Assert.Equal(3, await With<Db, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == "difference.reversed", Cancel)));
        await AssertSound();
    }

    [Fact]
    public async Task A_closed_sheet_is_open_again_when_a_decision_is_taken_back()
    {
        await Activated(1);
        var sheet = await Opened(March, $"{No(1)},100.00,");
        var key = await Key(sheet, No(1));
        await Decide(new(Verdict.Confirm), key);
        Assert.Equal(SheetState.Closed, (await Detail(key)).Sheet.State);

        await Reverse(key);

        Assert.Equal((SheetState.Open, (Instant?)null), ((await Detail(key)).Sheet.State, (await Detail(key)).Sheet.ClosedAt));
    }

    [Fact]
    public async Task A_confirmation_that_is_taken_back_is_withdrawn_from_the_order_and_can_be_given_anew()
    {
        var orders = await Activated(1, AwaitsUpstream);
        var sheet = await Opened(March, $"{No(1)},120.00,");
        var key = await Key(sheet, No(1));
        await Decide(new(Verdict.Confirm), key);
        await Run();
        Assert.Equal((0, 80_00), await Balance(Seller));

        await Reverse(key);
        await Run();
        Assert.Equal((80_00, 0), await Balance(Seller));

        await Decide(new(Verdict.Confirm), key);
        await Run();
        Assert.Equal((0, 80_00), await Balance(Seller));
        var origins = await With<Origins, IReadOnlyDictionary<FactId, Origin>>(o => o.OfAsync(orders[0], HaoSuan.Ui.Face.Office, Cancel));
        Assert.Contains(origins.Values, o => o.Detail?.Contains("撤销：上游来函更正", StringComparison.Ordinal) == true);
        await AssertSound();
    }

    [Fact]
    public async Task What_is_carried_is_expected_by_the_next_sheet_and_then_cannot_be_taken_back()
    {
        await Activated(1);
        var first = await Opened(March, "HSX,1.00,");
        var key = await Key(first, No(1));
        await Decide(new(Verdict.Carry), key);
        Assert.False((await Reverse(key)).IsRefused);
        await Decide(new(Verdict.Carry), key);
        Assert.Equal("reconciliation.nothing_to_carry", (await Decide(new(Verdict.Carry), await Key(first, "HSX"))).Refusals[0].Code);
        Time.Advance(TimeSpan.FromDays(30));

        var second = await Opened(March + 1, $"{No(1)},120.00,");

        Assert.Equal(Difference.Matched, (await Detail(await Key(second, No(1)))).Difference.Class);
        Assert.Equal("reconciliation.carried", (await Reverse(key)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_dispute_that_a_later_sheet_takes_over_cannot_be_taken_back_though_time_goes_on_meanwhile()
    {
        await Activated(1);
        var first = await Opened(March, "HSX,1.00,");
        var key = await Key(first, No(1));
        await Decide(new(Verdict.Dispute, "漏结", "李会计", Today.AddDays(20)), key);
        Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);

        await Opened(March + 1, "HSY,1.00,");

        Assert.Equal(DifferenceStatus.Carried, (await Detail(key)).Difference.Status);
        Assert.Equal("reconciliation.carried", (await Reverse(key)).Refusals[0].Code);
    }

    [Fact]
    public async Task Small_differences_are_confirmed_by_the_rule_which_says_so()
    {
        await Activated(3);
        var rule = (await Set(new(Upstream, RuleKind.SmallAmount, Today, new(1_00), new(2_00)))).Value;
        var sheet = await Opened(March, $"{No(1)},119.00,", $"{No(2)},120.50,", $"{No(3)},110.00,");
        await Drain();

        Assert.Equal([No(3)], await Names(new()));
        var decision = Assert.Single((await Detail(await Key(sheet, No(1)))).Decisions);
        Assert.Equal((DifferenceStatus.Confirmed, rule), (decision.Status, decision.Rule));
        Assert.Contains("相差不超过 1.00 元", decision.Note, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await With<SetRules, IReadOnlyList<RuleView>>(r => r.AllAsync(Cancel))).Decided);
        Assert.Equal(0, (await With<ApplyRules, Result<int>>(a => a.RunAsync(sheet, Cancel))).Value);
        Assert.False((await Reverse(await Key(sheet, No(1)))).IsRefused);
    }

    [Fact]
    public async Task Small_differences_that_are_too_much_together_are_left_to_a_person()
    {
        await Activated(3);
        await Set(new(Upstream, RuleKind.SmallAmount, Today, new(1_00), new(2_00)));
        await Opened(March, $"{No(1)},119.00,", $"{No(2)},119.00,", $"{No(3)},119.50,");

        await Drain();

        Assert.Equal(3, (await Names(new())).Length);
    }

    [Fact]
    public async Task What_is_earned_after_the_upstreams_month_comes_with_the_next_sheet()
    {
        await Set(new(await UpstreamOf(), RuleKind.PeriodShift, Today, Cutoff: 25));
        await Activated(1);
        Time.AdjustTime(new(2026, 3, 27, 9, 0, 0, TimeSpan.FromHours(8)));
        var late = await Order((await With<Db, OrderRow>(db => db.Set<OrderRow>().FirstAsync(Cancel))).ProductId);
        await Record(late, "activated");
        await Run();

        var first = await Opened(March, "HSX,1.00,");
        await Drain();
        Assert.Equal([No(1), "HSX"], await Names(new()));
        Assert.Equal(DifferenceStatus.Carried, (await Detail(await Key(first, No(2)))).Difference.Status);

        // In the next sheet it is no longer of the sheet's own month: who forgets it a second time is asked.
        Time.Advance(TimeSpan.FromDays(30));
        await Opened(March + 1, "HSY,1.00,");
        await Drain();
        Assert.Contains(No(2), await Names(new()));
    }

    private async Task<UpstreamId> UpstreamOf()
    {
        await Product("OTHER");
        return Upstream;
    }

    [Fact]
    public async Task A_rule_holds_from_its_day_on_until_it_is_ended_or_followed()
    {
        await Activated(1);
        Assert.Equal("from", (await Set(new(Upstream, RuleKind.SmallAmount, Today.AddDays(-1), new(1_00), new(9_00)))).Refusals[0].Field);
        Assert.Equal("threshold", (await Set(new(Upstream, RuleKind.SmallAmount, Today))).Refusals[0].Field);
        Assert.Equal("cap", (await Set(new(Upstream, RuleKind.SmallAmount, Today, new(1_00), new(99)))).Refusals[0].Field);
        Assert.Equal("cutoff", (await Set(new(Upstream, RuleKind.PeriodShift, Today, Cutoff: 29))).Refusals[0].Field);
        await Set(new(Upstream, RuleKind.SmallAmount, Today.AddDays(1), new(50_00), new(90_00)));
        var today = (await Set(new(Upstream, RuleKind.SmallAmount, Today, new(1_00), new(9_00)))).Value;

        var sheet = await Opened(March, $"{No(1)},100.00,");
        await Drain();
        Assert.Single(await Names(new()));
        await With<SetRules, Result<Done>>(r => r.EndAsync(today, Cancel));
        Assert.Equal("reconciliation.rule_ended", (await With<SetRules, Result<Done>>(r => r.EndAsync(today, Cancel))).Refusals[0].Code);
        Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, (await With<ApplyRules, Result<int>>(a => a.RunAsync(sheet, Cancel))).Value);
    }

    [Fact]
    public async Task What_is_held_is_the_balance_of_the_suspense_account_and_a_case_after_a_month()
    {
        await Activated(1);
        var sheet = await Opened(March, $"{No(1)},100.00,", "HSX,50.00,", "HSY,7.00,");
        await Decide(new(Verdict.Hold), await Key(sheet, "HSX"), await Key(sheet, "HSY"));
        await Decide(new(Verdict.Dispute, "", "商务部", Today.AddDays(10)), await Key(sheet, No(1)));
        Assert.Empty(await Cases());

        Time.Advance(TimeSpan.FromDays(31));

        var held = await With<IServiceProvider, IReadOnlyList<SuspenseItem>>(p =>
            p.GetServices<SuspenseSource>().Single(s => s.Name == "reconciliation").Ask(p, Cancel));
        Assert.Equal((await Books()).Suspense, held.Sum(i => i.Amount.Minor));
        Assert.Equal(["reconciliation.case_dispute_overdue", "reconciliation.case_held", "reconciliation.case_held"], await Cases());
    }

    private async Task<string[]> Cases() => [.. (await Compared()).Where(k => k.StartsWith("reconciliation.", StringComparison.Ordinal))];
}
