using System.Globalization;
using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Reconciliation;
using HaoSuan.Settlements;
using HaoSuan.Settling.Reconciling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Tests.Engine;

public sealed class Closing_on_sqlite(SqliteDatabases engine) : ClosingCases(engine);

public sealed class Closing_on_postgres(PostgresDatabases engine) : ClosingCases(engine);

/// <summary>The month's end: what is open keeps the month from being closed, whoever asks.</summary>
public abstract class ClosingCases(Databases engine) : SettlementsTest(engine)
{
    private static readonly Month March = new(2026, 3);

    private async Task Activated()
    {
        await Record(await Order(await Product()), "activated");
        await Run();
    }

    private async Task<SheetId> Sheet(params string[] rows)
    {
        var file = Encoding.UTF8.GetBytes("渠道订单号,佣金\n" + string.Join('\n', rows) + "\n");
        return (await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(new(Upstream, March, "三月.csv", file), Cancel))).Value.Id;
    }

    private Task Open(SheetId sheet) => With<OpenSheet, Result<Done>>(o => o.RunAsync(sheet, Cancel));

    private Task Decide(SheetId sheet, Difference difference, Verdict verdict) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(sheet, difference, new(verdict, "", "商务部", new(2026, 5, 1)), Cancel));

    private async Task InApril()
    {
        Time.AdjustTime(new(2026, 4, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        await Run();
    }

    private async Task<string[]> Blockers() =>
        [.. (await With<ClosingChecklist, IReadOnlyList<ClosingState>>(c => c.OfAsync(March, Cancel)))
            .SelectMany(s => s.Finding.Blockers).Select(b => b.What.Code)];

    /// <summary>The refusals; none where the month is closed.</summary>
    private Task<string[]> Close() => With<CloseMonth, string[]>(async c =>
        await c.CloseAsync(March, Cancel) is { IsRefused: true } refused ? [.. refused.Refusals.Select(r => r.Code)] : []);

    [Fact]
    public async Task A_month_in_which_nothing_is_open_is_closed()
    {
        await Activated();
        await InApril();

        Assert.Empty(await Blockers());
        Assert.Empty(await Close());
        Assert.Equal(March, await With<Books, Month?>(b => b.ClosedThroughAsync(Cancel)));
    }

    [Fact]
    public async Task A_sheet_keeps_the_month_open_until_its_last_difference_is_decided()
    {
        await Activated();
        await InApril();
        var sheet = await Sheet("HS26030100000001,100.00", "HSX,5.00");
        Assert.Equal(["reconciliation.close_sheets_draft"], await Close());
        await Open(sheet);
        await Decide(sheet, Difference.AmountDiffers, Verdict.Dispute);
        Assert.Equal(["reconciliation.close_sheets_open"], await Close());
        Assert.Null(await With<Books, Month?>(b => b.ClosedThroughAsync(Cancel)));

        await Decide(sheet, Difference.AmountDiffers, Verdict.WriteOff);
        await Decide(sheet, Difference.UnexpectedInSheet, Verdict.Confirm);

        Assert.Empty(await Close());
        var step = (await With<ClosingChecklist, IReadOnlyList<ClosingState>>(c => c.OfAsync(March, Cancel)))
            .Single(s => s.Step.Name == "reconciliation.close_sheets");
        Assert.Equal(("system", Time.Now), (step.Finding.By, step.Finding.At!.Value));
    }

    [Fact]
    public async Task What_went_into_suspense_by_the_months_end_has_to_be_decided()
    {
        await Activated();
        var sheet = await Sheet("HS26030100000001,120.00", "HSX,5.00");
        await Open(sheet);
        await Decide(sheet, Difference.Matched, Verdict.Confirm);
        await Decide(sheet, Difference.UnexpectedInSheet, Verdict.Hold);
        await InApril();

        Assert.Equal(["ledger.close_suspense_item"], await Close());
        var held = (await With<ReconSheets, IReadOnlyList<DifferenceView>>(s => s.DifferencesAsync(sheet, Difference.UnexpectedInSheet, 0, 1, Cancel)))[0];
        await With<DecideDifferences, Result<int>>(d => d.RunAsync(sheet, [held.Number], new(Verdict.Confirm), Cancel));

        Assert.Empty(await Close());
    }

    [Fact]
    public async Task Money_in_suspense_that_nobody_can_decide_about_keeps_every_month_open()
    {
        await With<Journal, long>(j => j.PostAsync(
            new Entry("other", "other:1", Time.Now, "", [new(Accounts.Bank, new(5_00)), new(Accounts.Suspense("other"), new(-5_00))]), Cancel));
        await InApril();

        Assert.Equal(["ledger.close_suspense_differs"], await Close());
    }

    [Fact]
    public async Task Orders_that_are_due_by_the_months_end_have_to_be_settled()
    {
        await Activated();
        Time.AdjustTime(new(2026, 4, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(["settlements.close_run_due"], await Close());

        await Run();

        Assert.Empty(await Close());
    }

    [Fact]
    public async Task A_run_that_was_cut_off_and_a_fault_in_the_books_keep_the_month_open()
    {
        await InApril();
        await With<Db>(db => db.InTransaction(() =>
        {
            db.Add(new RunRow { Id = NewId.Of<RunId>(Time), AsOf = Time.Now, StartedAt = Time.Now + TimeSpan.FromSeconds(1) });
            db.Add(new VerificationRow
            {
                Id = Guid.CreateVersion7(Time.GetUtcNow()), At = Time.Now, Entries = 1, Orders = 0, Waiting = 0, Seal = "", Findings = """["x"]""",
            });
            return Task.CompletedTask;
        }, Cancel));

        Assert.Equal(["settlements.close_run_unfinished", "settlements.close_verified_findings"], await Close());
    }

    [Fact]
    public async Task Only_the_first_of_many_open_things_are_told_with_how_many_more_there_are()
    {
        await Activated();
        for (var i = 0; i < 23; i++) await Sheet($"HSX{i},5.00");
        await InApril();

        var refused = await Close();

        Assert.Equal((21, "ledger.month_has_more_open"), (refused.Length, refused[^1]));
    }

    [Fact]
    public void Every_step_has_its_words_in_both_languages()
    {
        var texts = Services.GetRequiredService<Texts>();
        var steps = Services.GetServices<ClosingCheck>().Select(c => c.Step).ToList();

        Assert.NotEmpty(steps);
        Assert.All(steps.SelectMany(s => new[] { s.Name, $"{s.Name}_asks" }), key =>
            Assert.NotEqual(texts.Of(new Refusal(key), new CultureInfo("zh")), texts.Of(new Refusal(key), new CultureInfo("en"))));
    }
}
