using HaoSuan.Ledger;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Tests.Engine;

public sealed class Settlements_read_on_sqlite(SqliteDatabases engine) : SettlementsReadCases(engine);

public sealed class Settlements_read_on_postgres(PostgresDatabases engine) : SettlementsReadCases(engine);

public abstract class SettlementsReadCases(Databases engine) : SettlementsTest(engine)
{
    private const string TwoStages = """
        {"stages":[
          {"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"},
             {"fact":"topped_up","at_least":"50.00","within_days":30,"after":"activated"}],
           "release":{"mode":"days","days":7}},
          {"key":"month2","name":"次月在网","upstream":"30.00","when":[{"normal_at_month_end":2,"after":"activated"}],
           "release":{"mode":"at_once","await":"upstream_confirmed"}}]}
        """;

    private static readonly Month March = new(2026, 3);

    private Task<DistributorBalance> Balances() => With<Balances, DistributorBalance>(b => b.OfAsync(Seller, Cancel));

    private Task<Statement> Statement(Month month) => With<Statements, Statement>(s => s.OfAsync(Seller, month, Cancel));

    private async Task<OrderId> TwoStagesOrder() => await Order(await Product(scheme: TwoStages), Time.Now, default,
        [Member(Parent, ("first", 100_00), ("month2", 20_00)), Member(Seller, ("first", 80_00), ("month2", 15_00))]);

    private async Task PayOut(long gross, long tax, long fee)
    {
        await Post("payout-requested", [new(Accounts.Available(Seller), new(gross)), new(Accounts.Paying(Seller), new(-gross))]);
        await Post("payout-paid", [new(Accounts.Paying(Seller), new(gross)), new(Accounts.Bank, new(tax + fee - gross)),
            new(Accounts.TaxWithheld, new(-tax)), new(Accounts.PayoutFee, new(-fee))]);
    }

    private Task<long> Post(string kind, IReadOnlyList<Posting> postings) =>
        With<Journal, long>(j => j.PostAsync(new Entry(kind, $"{kind}:{Time.Now}", Time.Now, "PO260301", postings), Cancel));

    [Fact]
    public async Task A_statement_adds_up_and_the_next_month_begins_where_it_ends()
    {
        var product = await Product();
        var (kept, cancelled) = (await Order(product), await Order(product));
        foreach (var order in new[] { kept, cancelled }) await Record(order, "activated");
        await Run();
        Time.Advance(TimeSpan.FromDays(8));
        await Run();
        await PayOut(100_00, 5_00, 1_00);
        Time.Advance(TimeSpan.FromDays(30));
        await Record(cancelled, "cancelled");
        await Run();

        var (march, april) = (await Statement(March), await Statement(March + 1));

        Assert.Equal((0, 160_00, 5_00, 1_00, 94_00, 60_00), Figures(march));
        Assert.Equal((60_00, -130_00, 0, 0, 0, -70_00), Figures(april));
        Assert.Equal(["激活 · 销售佣金", "激活 · 销售佣金"], march.Lines.Select(l => l.Title));
        Assert.Equal(["违约扣款", "激活 · 销售佣金 扣回"], april.Lines.Select(l => l.Title));
        Assert.Equal([March + 1, March], await With<Statements, IReadOnlyList<Month>>(s => s.MonthsAsync(Seller, Time.Now, Cancel)));
        Assert.Equal(new DistributorBalance(new(0), new(-70_00), new(0)), await Balances());
    }

    [Fact]
    public async Task A_month_without_anything_is_an_empty_statement()
    {
        Assert.Equal((0, 0, 0, 0, 0, 0), Figures(await Statement(March)));
        Assert.Empty(await With<Statements, IReadOnlyList<Month>>(s => s.MonthsAsync(Seller, Time.Now, Cancel)));
    }

    [Fact]
    public void A_statement_that_does_not_add_up_cannot_be_made() =>
        Assert.Throws<InvalidOperationException>(() => new Statement(
            "", March, new(1), [], [], new(new(0), new(2), new(0))));

    [Fact]
    public async Task The_calendar_tells_what_is_released_when()
    {
        var order = await TwoStagesOrder();
        await Record(order, "activated");
        await Record(order, "topped_up", amount: new(50_00));
        Time.Advance(TimeSpan.FromDays(1));
        var other = await Order(await Product("GD39"));
        await Record(other, "activated");
        await Run();
        Assert.Equal(
            [(new DateOnly(2026, 3, 8), 80_00L), (new DateOnly(2026, 3, 9), 80_00L)],
            (await Releases()).Select(d => (d.Date!.Value, d.Amount.Minor)));

        Time.AdjustTime(new(2026, 5, 2, 0, 0, 0, TimeSpan.FromHours(8)));
        await Run();

        var unknown = Assert.Single(await Releases());
        Assert.Equal((null, 15_00), (unknown.Date, unknown.Amount.Minor));
    }

    [Fact]
    public async Task Why_tells_what_is_missing_until_when()
    {
        var order = await TwoStagesOrder();
        await Record(order, "activated");
        await Record(order, "topped_up", amount: new(20_00));

        var why = await Why(order, Seller);

        Assert.Equal((SettlementState.None, 1), (why.State, why.SchemeVersion));
        var first = why.Stages[0];
        Assert.Equal((StageState.Open, Money.Zero, new Money(80_00)), (first.State, first.Amount, first.Prospect!.Amount));
        Assert.Equal([ConditionStanding.Met, ConditionStanding.Open], first.Conditions.Select(c => c.Standing));
        Assert.Contains("还差 30.00", first.Conditions[1].Tell, StringComparison.Ordinal);
        Assert.Contains("充值 #2 20.00", first.Conditions[1].Tell, StringComparison.Ordinal);
        Assert.Contains("2026-04-01 00:00", first.Conditions[1].Tell, StringComparison.Ordinal);
        Assert.Equal(["#1", "#2"], first.Conditions[1].Facts.Select(f => f.Name));
        Assert.Equal(["#1", "#2"], why.Facts.Select(f => f.Name));
    }

    [Fact]
    public async Task Nothing_is_explained_to_whoever_gets_nothing()
    {
        var product = await Product();
        var order = await Order(product, Time.Now, default, [Member(Parent, ("first", 80_00)), Member(Seller, ("first", 80_00))]);
        await Record(order, "activated");
        Assert.Equal("0.00 = 80.00 - 80.00", Assert.Single((await Why(order, Parent)).Stages[0].Earnings[0].Lines).Sum);

        Time.Advance(TimeSpan.FromDays(1));
        await Record(order, "cancelled");

        var why = await Why(order, Seller);
        var stage = why.Stages[0];
        Assert.Equal((StageState.TakenBack, Money.Zero), (stage.State, stage.Amount));
        Assert.Equal("0.00 = 80.00 × 0", Assert.Single(stage.Earnings[0].Lines).Sum);
        Assert.Equal(("#2", "#2", "#2"), (Assert.Single(stage.Earnings[0].ClawedBack).By.Name, Assert.Single(why.Penalties).By.Name, why.EndedBy!.Name));
    }

    [Fact]
    public async Task What_can_no_longer_be_earned_promises_nothing()
    {
        var order = await Order(await Product());
        Time.Advance(TimeSpan.FromDays(31));

        var stage = (await Why(order, Seller)).Stages[0];

        Assert.Equal((StageState.Lost, null, ConditionStanding.Failed), (stage.State, stage.Prospect, stage.Conditions[0].Standing));
        Assert.Contains("期限已于 2026-04-01 00:00 截止", stage.Conditions[0].Tell, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_sees_the_own_amounts_and_the_operator_all()
    {
        var order = await TwoStagesOrder();
        await Record(order, "activated");
        await Record(order, "topped_up", amount: new(50_00));
        await Run();

        Assert.Equal([(Seller, 80_00L)], Amounts(await Why(order, Seller)));
        Assert.Equal([(Parent, 20_00L)], Amounts(await Why(order, Parent)));
        Assert.Equal([(Seller, 80_00L), (Parent, 20_00L)], Amounts(await Why(order, null)));
        Assert.Null((await Why(order, Seller)).Stages[0].Earnings[0].Upstream);
        Assert.Equal(new Money(120_00), (await Why(order, null)).Stages[0].Earnings[0].Upstream);
        Assert.Null(await With<Why, OrderWhy?>(w => w.OfAsync(order, NewId.Of<DistributorId>(Time), Cancel)));
    }

    [Fact]
    public async Task Why_says_when_something_has_yet_to_be_booked()
    {
        var order = await Order(await Product());
        Assert.False((await Why(order, Seller)).IsDue);

        await Record(order, "activated");
        Assert.True((await Why(order, Seller)).IsDue);

        await Run();
        var why = await Why(order, Seller);
        Assert.Equal((false, SettlementState.Pending, 80_00), (why.IsDue, why.State, why.Amounts.Pending.Minor));
    }

    [Fact]
    public async Task A_withdrawn_fact_is_shown_as_withdrawn()
    {
        var order = await Order(await Product());
        var activated = await Record(order, "activated");
        Time.Advance(TimeSpan.FromMinutes(1));
        await Record(order, "void", of: activated);

        var why = await Why(order, Seller);

        Assert.Equal([("#1", true), ("#2", false)], why.Facts.Select(f => (f.Name, f.IsWithdrawn)));
        Assert.EndsWith("#1", why.Facts[1].Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_from_pending_to_available_is_one_line_of_zero()
    {
        var order = await Order(await Product());
        await Record(order, "activated");
        await Run();
        Time.Advance(TimeSpan.FromDays(7));
        await Run();

        var lines = await With<CommissionLines, IReadOnlyList<CommissionLine>>(l => l.OfAsync(Seller, 0, 10, Cancel));

        Assert.Equal([(0L, 80_00L), (80_00L, 0L)], lines.Select(l => (l.Amount.Minor, l.Released.Minor)));
        Assert.All(lines, l => Assert.Equal((order, "激活", Role.Sale), (l.OrderId!.Value, l.Stage, l.Role)));
        Assert.Equal(2, await With<CommissionLines, int>(l => l.CountAsync(Seller, Cancel)));
    }

    private Task<IReadOnlyList<ReleaseDay>> Releases() => With<Balances, IReadOnlyList<ReleaseDay>>(b => b.ReleasesAsync(Seller, Cancel));

    private async Task<OrderWhy> Why(OrderId order, DistributorId? viewer) =>
        (await With<Why, OrderWhy?>(w => w.OfAsync(order, viewer, Cancel)))!;

    private static List<(DistributorId, long)> Amounts(OrderWhy why) =>
        [.. why.Stages[0].Earnings[0].Lines.Select(l => (l.Distributor, l.Amount.Minor))];

    private static (long, long, long, long, long, long) Figures(Statement s) =>
        (s.Opening.Minor, s.LinesTotal.Minor, s.Tax.Minor, s.Fees.Minor, s.PaidOut.Minor, s.Closing.Total.Minor);
}
