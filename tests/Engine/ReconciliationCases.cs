using System.Globalization;
using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Engine;

public sealed class Reconciliation_on_sqlite(SqliteDatabases engine) : ReconciliationCases(engine);

public sealed class Reconciliation_on_postgres(PostgresDatabases engine) : ReconciliationCases(engine);

public abstract class ReconciliationCases(Databases engine) : SettlementsTest(engine)
{
    private const string AwaitsUpstream = """
        {"stages":[{"key":"first","name":"激活","upstream":"120.00",
            "when":[{"fact":"activated","within_days":30,"after":"ordered"}],"release":{"mode":"at_once","await":"upstream_confirmed"}}],
         "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"none"}]}
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

    private static byte[] Csv(params string[] rows) => Encoding.UTF8.GetBytes("渠道订单号,佣金,状态\n" + string.Join('\n', rows) + "\n");

    private async Task<Result<Uploaded>> Upload(byte[] file, Month? period = null, byte[]? template = null) =>
        await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(new(Upstream, period ?? March, "sheet.csv", file, template), Cancel));

    private async Task<SheetId> Opened(Month period, params string[] rows)
    {
        var id = (await Upload(Csv(rows), period)).Value.Id;
        Assert.False((await With<OpenSheet, Result<Done>>(o => o.RunAsync(id, Cancel))).IsRefused);
        return id;
    }

    private async Task<SheetSummary> Find(SheetId id) => (await With<ReconSheets, SheetSummary?>(s => s.FindAsync(id, Cancel)))!;

    private async Task<IReadOnlyList<ClassSummary>> Classes(SheetId id)
    {
        var sheet = await Find(id);
        return await With<ReconSheets, IReadOnlyList<ClassSummary>>(s => s.ClassesAsync(sheet, Cancel));
    }

    private Task<IReadOnlyList<DifferenceView>> Of(SheetId id, Difference difference) =>
        With<ReconSheets, IReadOnlyList<DifferenceView>>(s => s.DifferencesAsync(id, difference, 0, 100, Cancel));

    private Task<Result<int>> Decide(SheetId id, Difference difference, Decision decision) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(id, difference, decision, Cancel));

    private Task<Result<int>> Decide(SheetId id, int number, Verdict verdict) =>
        With<DecideDifferences, Result<int>>(d => d.RunAsync(id, [number], new(verdict), Cancel));

    private async Task<long> Receivable() => -(await Owed(Accounts.UpstreamReceivable(Upstream))).Minor;

    private async Task<IReadOnlyList<RecordedFact>> Confirmations(OrderId order) =>
        [.. (await With<Db, List<FactRow>>(db => db.Set<FactRow>().Where(f => f.OrderId == order && f.Kind == "upstream_confirmed").ToListAsync(Cancel)))
            .Select(FactReading.Recorded)];

    [Fact]
    public async Task The_same_file_a_second_time_changes_nothing_and_says_so()
    {
        await Activated(1);
        var file = Csv($"{No(1)},120.00,正常");

        var (first, second) = ((await Upload(file)).Value, (await Upload(file)).Value);

        Assert.Equal((false, true, first.Id), (first.Known, second.Known, second.Id));
        Assert.Equal(1, await With<ReconSheets, int>(s => s.CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_draft_shows_how_it_was_read_and_books_nothing()
    {
        await Activated(1);
        var id = (await Upload(Csv($"{No(1)},120.00,正常", $"{No(9)},80.00,正常", "合计,200.00,"))).Value.Id;

        var preview = (await With<ReconSheets, SheetPreview?>(s => s.PreviewAsync(id, Cancel)))!;

        Assert.Equal([Field.Order, Field.Amount, Field.Status], preview.Columns.Select(c => c.Field));
        Assert.Equal(["渠道订单号", "佣金", "状态"], preview.Columns.Select(c => c.Header));
        Assert.Equal((SheetState.Draft, 2, new Money(200_00)), (preview.Sheet.State, preview.Sheet.Rows, preview.Sheet.SheetTotal));
        Assert.Equal("reconciliation.not_open", (await Decide(id, 1, Verdict.Confirm)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_discarded_draft_can_be_uploaded_again()
    {
        await Activated(1);
        var file = Csv($"{No(1)},120.00,正常");
        var id = (await Upload(file)).Value.Id;

        await With<DiscardSheet, Result<Done>>(d => d.RunAsync(id, Cancel));

        Assert.False((await Upload(file)).Value.Known);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_row_and_column()
    {
        await Activated(1);

        var refused = await Upload(Csv("8.98E+19,12O.00,正常"));

        Assert.Equal("file", refused.Refusals[0].Field);
        Assert.StartsWith("sheets.", refused.Refusals[0].Code, StringComparison.Ordinal);
        Assert.Equal("reconciliation.upstream_unknown",
            (await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(new(default, March, "s.csv", Csv("A,1,")), Cancel))).Refusals[0].Code);
    }

    [Fact]
    public async Task A_given_template_is_saved_and_reads_the_next_sheet()
    {
        await Activated(2);
        var template = Encoding.UTF8.GetBytes("""{"columns":{"order":"A","amount":"C"},"header_row":1}""");
        static byte[] File(int order) => Encoding.UTF8.GetBytes($"甲,乙,丙\n{No(order)},x,120.00\n");

        var first = (await Upload(File(1), template: template)).Value.Id;
        var second = (await Upload(File(2))).Value.Id;

        Assert.Equal((1, 1), ((await Find(first)).TemplateVersion, (await Find(second)).TemplateVersion));
    }

    [Fact]
    public async Task An_opened_sheet_ties_out_class_by_class_and_keeps_every_row()
    {
        await Activated(4);

        var id = await Opened(March, $"{No(1)},120.00,正常", $"{No(2)},100.00,正常", $"{No(3)},0.00,停机", "HSX,50.00,正常", $"{No(1)},120.00,正常");

        var classes = await Classes(id);
        Assert.Equal(
            [(Difference.Matched, 0L), (Difference.AmountDiffers, -20_00), (Difference.MissingInSheet, -120_00), (Difference.StatusDiffers, -120_00),
                (Difference.UnexpectedInSheet, 50_00), (Difference.DuplicateInSheet, 120_00)],
            classes.Select(c => (c.Class, c.Effect.Minor)));
        var sheet = await Find(id);
        Assert.Equal((390_00, 480_00), (sheet.SheetTotal.Minor, sheet.ExpectedTotal.Minor));
        Assert.Equal(-90_00, classes.Sum(c => c.Effect.Minor));
        Assert.Equal(5, await With<Db, int>(db => db.Set<RawRow>().CountAsync(r => r.SheetId == id, Cancel)));
        Assert.NotNull(await With<ReconSheets, (string, string, byte[])?>(s => s.WorkbookAsync(id, Cancel)));
        Assert.Equal(480_00, await Receivable());
    }

    [Fact]
    public async Task A_changed_difference_no_longer_ties_out()
    {
        await Activated(1);
        var id = await Opened(March, $"{No(1)},100.00,正常");
        Assert.True((await Find(id)).TiesTo(await Classes(id)));

        await Tamper("update recon_difference set sheet = sheet + 1, effect = effect + 1");

        Assert.False((await Find(id)).TiesTo(await Classes(id)));
    }

    [Fact]
    public async Task Confirming_moves_the_receivable_to_what_the_sheet_pays()
    {
        await Activated(4);
        var id = await Opened(March, $"{No(1)},120.00,", $"{No(2)},100.00,", $"{No(3)},125.00,", "HSX,50.00,", $"{No(1)},120.00,");

        foreach (var difference in Enum.GetValues<Difference>()) await Decide(id, difference, new(Verdict.Confirm));

        Assert.Equal(515_00, await Receivable());
        Assert.Equal(-140_00, (await Owed(Accounts.WriteOff)).Minor);
        Assert.Equal(480_00 + 5_00 + 50_00 + 120_00, (await Owed(Accounts.UpstreamCommission)).Minor);
        Assert.Equal(SheetState.Closed, (await Find(id)).State);
        await AssertSound();
    }

    [Fact]
    public async Task Confirmed_lines_tell_their_orders_once_and_release_what_waits_for_them()
    {
        var orders = await Activated(3, AwaitsUpstream);
        Assert.Equal((240_00, 0), await Balance(Seller));
        var id = await Opened(March, $"{No(1)},120.00,", $"{No(2)},120.00,", $"{No(3)},0.00,停机");

        Assert.Equal(2, (await Decide(id, Difference.Matched, new(Verdict.Confirm))).Value);
        Assert.Equal(0, (await Decide(id, Difference.Matched, new(Verdict.Confirm))).Value);
        await Decide(id, Difference.StatusDiffers, new(Verdict.Confirm));
        await Run();

        var fact = Assert.Single(await Confirmations(orders[0]));
        Assert.Equal(("first", $"recon:{id.Value}"), (fact.Attributes["stage"], fact.Source));
        Assert.Empty(await Confirmations(orders[2]));
        Assert.Equal((80_00, 160_00), await Balance(Seller));
    }

    [Fact]
    public async Task A_shortfall_that_is_written_off_is_a_loss_and_confirms_nothing()
    {
        var orders = await Activated(2);
        var id = await Opened(March, $"{No(1)},100.00,", $"{No(2)},130.00,");

        Assert.Equal(1, (await Decide(id, Difference.AmountDiffers, new(Verdict.WriteOff))).Value);

        Assert.Equal((220_00, -20_00), (await Receivable(), (await Owed(Accounts.WriteOff)).Minor));
        Assert.Empty(await Confirmations(orders[0]));
        Assert.Equal(SheetState.Open, (await Find(id)).State);
        Assert.Equal("reconciliation.nothing_to_write_off", (await Decide(id, 2, Verdict.WriteOff)).Refusals[0].Code);
    }

    [Fact]
    public async Task An_unexpected_row_waits_in_suspense_until_it_is_confirmed()
    {
        await Activated(1);
        var id = await Opened(March, $"{No(1)},120.00,", "HSX,50.00,");
        var row = Assert.Single(await Of(id, Difference.UnexpectedInSheet));

        Assert.Equal(1, (await Decide(id, row.Number, Verdict.Hold)).Value);
        Assert.Equal((170_00, 50_00), (await Receivable(), (await Owed(Accounts.Suspense("reconciliation"))).Minor));
        Assert.Equal("reconciliation.matched_is_confirmed", (await Decide(id, 1, Verdict.Hold)).Refusals[0].Code);
        await Decide(id, Difference.Matched, new(Verdict.Confirm));
        Assert.Equal(SheetState.Closed, (await Find(id)).State);

        await Decide(id, row.Number, Verdict.Confirm);

        Assert.Equal((170_00, 0, 170_00),
            (await Receivable(), (await Owed(Accounts.Suspense("reconciliation"))).Minor, (await Owed(Accounts.UpstreamCommission)).Minor));
        Assert.Equal("reconciliation.decided", (await Decide(id, row.Number, Verdict.Confirm)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_disputed_line_is_expected_again_by_the_next_sheet()
    {
        await Activated(2);
        var first = await Opened(March, $"{No(1)},120.00,");
        await Decide(first, Difference.Matched, new(Verdict.Confirm));
        Decision dispute = new(Verdict.Dispute, "漏结", "李会计", new(2026, 4, 15));
        Assert.Equal("due", (await Decide(first, Difference.MissingInSheet, dispute with { Due = null })).Refusals[0].Field);
        Assert.Equal(1, (await Decide(first, Difference.MissingInSheet, dispute)).Value);
        Assert.Equal((SheetState.Open, 240_00), ((await Find(first)).State, await Receivable()));

        var second = await Opened(March + 1, $"{No(2)},120.00,");

        Assert.Equal(Difference.Matched, Assert.Single(await Classes(second)).Class);
        Assert.Equal(DifferenceStatus.Carried, Assert.Single(await Of(first, Difference.MissingInSheet)).Status);
        Assert.Equal(SheetState.Closed, (await Find(first)).State);
    }

    [Fact]
    public async Task A_dispute_that_stays_unpaid_keeps_its_owner_and_deadline()
    {
        await Activated(2);
        var first = await Opened(March, $"{No(1)},120.00,");
        await Decide(first, Difference.MissingInSheet, new(Verdict.Dispute, "", "李会计", new(2026, 4, 15)));

        var second = await Opened(March + 1, "HSX,1.00,");

        var again = Assert.Single(await Of(second, Difference.MissingInSheet));
        Assert.Equal((DifferenceStatus.Disputed, "李会计", new DateOnly(2026, 4, 15)), (again.Status, again.Owner, again.Due!.Value));
    }

    [Fact]
    public async Task What_is_taken_back_after_a_sheet_is_expected_by_the_next_one()
    {
        var orders = await Activated(1);
        var first = await Opened(March, $"{No(1)},120.00,");
        await Decide(first, Difference.Matched, new(Verdict.Confirm));
        Time.Advance(TimeSpan.FromDays(35));
        await Record(orders[0], "cancelled");
        await Run();

        var second = await Opened(March + 1, $"{No(1)},-120.00,");

        Assert.Equal((Difference.Matched, -120_00), (Assert.Single(await Classes(second)).Class, (await Find(second)).ExpectedTotal.Minor));
        await Decide(second, Difference.Matched, new(Verdict.Confirm));
        Assert.Single(await Confirmations(orders[0]));
        Assert.Equal(0, await Receivable());
    }

    [Fact]
    public async Task Two_sheets_opened_at_once_never_expect_the_same_line()
    {
        await Activated(1);
        SheetId[] drafts = [(await Upload(Csv($"{No(1)},120.00,"))).Value.Id, (await Upload(Csv($"{No(1)},120.00,x"))).Value.Id];

        await Task.WhenAll(drafts.Select(id => Task.Run(() => With<OpenSheet, Result<Done>>(o => o.RunAsync(id, Cancel)), Cancel)));

        Assert.Equal(120_00, (await Find(drafts[0])).ExpectedTotal.Minor + (await Find(drafts[1])).ExpectedTotal.Minor);
    }

    [Fact]
    public async Task Decisions_are_kept_for_good_and_audited()
    {
        await Activated(1);
        var id = await Opened(March, $"{No(1)},100.00,");
        await Decide(id, 1, Verdict.Confirm);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("update recon_decision set note = 'x'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("delete from recon_row"));
        Assert.Equal(1, await With<Db, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == "difference.decided", Cancel)));
    }
}
