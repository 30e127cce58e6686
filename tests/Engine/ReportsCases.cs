using HaoSuan.Ledger;
using HaoSuan.Reports;
using HaoSuan.Settlements;
using HaoSuan.Tests.Support;
using HaoSuan.Ui;
using MiniExcelLibs;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Tests.Engine;

public sealed class Reports_on_sqlite(SqliteDatabases engine) : ReportsCases(engine);

public sealed class Reports_on_postgres(PostgresDatabases engine) : ReportsCases(engine);

public abstract class ReportsCases(Databases engine) : SettlementsTest(engine)
{
    private const string TwoStages = """
        {"stages":[
          {"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],"release":{"mode":"at_once"}},
          {"key":"billed","name":"出账","upstream":{"bps":1000},"when":[],"release":{"mode":"at_once"},
           "repeat":{"fact":"billed","after":"activated","months":12}}]}
        """;

    private static readonly Month March = new(2026, 3);

    private int _entries;

    private Task<MonthReport> Report(Month month) => With<MonthReports, MonthReport>(r => r.OfAsync(month, Cancel));

    private async Task<UpstreamStatement> OfUpstream(Month month) =>
        (await With<UpstreamStatements, UpstreamStatement?>(s => s.OfAsync(Upstream, month, Cancel)))!;

    private Task<Statement> OfSeller(Month month) => With<Statements, Statement>(s => s.OfAsync(Seller, month, Cancel));

    private Task Post(string kind, OrderId? order, params (Account Account, long Fen)[] postings) => With<Journal>(j => j.PostAsync(
        new Entry(kind, $"{kind}:{++_entries}", Time.Now, kind, [.. postings.Select(p => new Posting(p.Account, new(p.Fen)))], order), Cancel));

    private async Task Close(Month month) => Assert.Equal(default, (await With<CloseMonth, Result<Done>>(c => c.CloseAsync(month, Cancel))).Value);

    private void InApril(int day = 2) => Time.AdjustTime(new(2026, 4, day, 9, 0, 0, TimeSpan.FromHours(8)));

    private async Task<OrderId> Activated(ProductId product)
    {
        var order = await Order(product, new(19_00));
        await Record(order, "activated");
        return order;
    }

    [Fact]
    public async Task The_report_of_a_month_is_the_ledgers_to_the_fen()
    {
        var product = await Product();
        var (kept, cancelled) = (await Activated(product), await Activated(product));
        foreach (var order in new[] { kept, cancelled })
            await Post("payment", order, (Accounts.Gateway("wechat"), 19_00), (Accounts.CardSales, -19_00));
        await Post("payment", null, (Accounts.Gateway("wechat"), 3_00), (Accounts.Suspense("payments"), -3_00));
        await Run();
        Time.Advance(TimeSpan.FromDays(8));
        await Run();
        await Record(cancelled, "cancelled");
        await Run();
        await Post("refund-decided", cancelled, (Accounts.CardSales, 19_00), (Accounts.CustomerRefund(cancelled), -19_00));
        await Post("refund-replaced", cancelled, (Accounts.CustomerRefund(cancelled), 19_00), (Accounts.CardSales, -19_00));
        await Post("refund-decided", cancelled, (Accounts.CardSales, 19_00), (Accounts.CustomerRefund(cancelled), -19_00));
        await Post("refund", cancelled, (Accounts.CustomerRefund(cancelled), 19_00), (Accounts.Gateway("wechat"), -19_00));
        await Post("payout-requested", null, (Accounts.Available(Parent), 10_00), (Accounts.Paying(Parent), -10_00));
        await Post("payout-paid", null,
            (Accounts.Paying(Parent), 10_00), (Accounts.Bank, -7_00), (Accounts.TaxWithheld, -2_00), (Accounts.PayoutFee, -1_00));
        await Post("reconciliation", kept, (Accounts.UpstreamReceivable(Upstream), -5_00), (Accounts.WriteOff, 5_00));

        var report = await Report(March);

        var f = report.Figures;
        Assert.Equal((38_00, 19_00, 19_00), (f.Sales.Minor, f.Refunds.Minor, f.RefundsPaid.Minor));
        Assert.Equal((120_00, 80_00, 20_00, 50_00), (f.Settled.Minor, f.Sale.Minor, f.Spread.Minor, f.Penalty.Minor));
        Assert.Equal((2_00, 1_00, 5_00), (f.TaxWithheld.Minor, f.PayoutFee.Minor, f.WriteOff.Minor));
        Assert.Equal(19_00 + 120_00 + 50_00 + 1_00 - 100_00 - 5_00, f.Margin.Minor);
        Assert.Equal([("GD29", 84_00L), ("不属于任何订单", 1_00L)], report.Products.Select(r => (r.Name, r.Margin.Minor)));
        Assert.Equal([("上游", 84_00L), ("不属于任何订单", 1_00L)], report.Upstreams.Select(r => (r.Name, r.Margin.Minor)));
        Assert.Equal([(30_00L, 30_00L), (20_00L, 10_00L)], report.Payables.Select(r => (r.Earned.Minor, r.Owed.Minor)));
        Assert.Equal(new Ages(new(115_00), default, default, default), Assert.Single(report.Receivables).Ages);
        Assert.Equal(("金额不符的收款", -3_00L), Assert.Single(report.Suspense) is var s ? (s.Name, s.Balance.Minor) : default);
        Assert.All(report.Ties, t => Assert.Equal(t.Ledger, t.Report));
    }

    [Fact]
    public async Task What_leases_bring_is_income_and_takes_nothing_from_commission()
    {
        var lease = NewId.Of<LeaseId>(Time);
        await Post("lease-bill", null, (Accounts.LeaseReceivable(lease), 100_00),
            (Accounts.Rental, -10_00), (Accounts.LeasePenalty, -20_00), (Accounts.Damage, -30_00), (Accounts.DeviceSales, -40_00));

        var report = await Report(March);

        var f = report.Figures;
        Assert.Equal((10_00, 20_00, 30_00, 40_00), (f.Rental.Minor, f.LeasePenalty.Minor, f.Damage.Minor, f.DeviceSales.Minor));
        Assert.Equal((100_00, 100_00, 0, 0), (f.Income.Minor, f.Margin.Minor, f.Other.Minor, f.Penalty.Minor));
        Assert.Equal((0, 100_00), Assert.Single(report.Products) is var row ? (row.Commission.Minor, row.Other.Minor) : default);
    }

    [Fact]
    public async Task A_month_without_anything_is_a_report_of_zeros()
    {
        var report = await Report(March);

        Assert.Equal((Money.Zero, false), (report.Figures.Margin, report.IsClosed));
        Assert.Empty(await With<MonthReports, IReadOnlyList<MonthSummary>>(r => r.MonthsAsync(Time.Now, Cancel)));
    }

    [Fact]
    public void A_report_whose_totals_are_not_the_ledgers_cannot_be_made()
    {
        var none = new MonthFigures(
            default, default, default, default, default, default, default, default, default, default, default, default, default, default,
            default, default, default, default, default, default);

        Assert.Throws<InvalidOperationException>(() => new MonthReport(
            "", March, false, none, [], [], [], [], [], [], [new("毛利", new(1), new(2))]));
    }

    [Fact]
    public async Task A_balance_that_was_changed_by_hand_keeps_the_report_from_being_made()
    {
        await Activated(await Product());
        await Run();
        await With<SealBooks>(s => s.RunAsync(Cancel));
        await Report(March);

        await Tamper("update ledger_balance set credits = credits + 1 where credits > 0");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Report(March));
    }

    [Fact]
    public async Task A_receivable_ages_by_the_month_in_which_it_was_booked()
    {
        var product = await Product();
        foreach (var month in Enumerable.Range(3, 5))
        {
            Time.AdjustTime(new(2026, month, 5, 9, 0, 0, TimeSpan.FromHours(8)));
            await Activated(product);
            await Run();
        }
        await Post("receipt", null, (Accounts.Bank, 150_00), (Accounts.UpstreamReceivable(Upstream), -150_00));

        var july = Assert.Single((await Report(March + 4)).Receivables);
        Assert.Equal(new Ages(new(120_00), new(120_00), new(120_00), new(90_00)), july.Ages);
        Assert.Equal(new Ages(new(120_00), new(120_00), default, default), Assert.Single((await Report(March + 1)).Receivables).Ages);

        await Post("receipt", null, (Accounts.Bank, 500_00), (Accounts.UpstreamReceivable(Upstream), -500_00));
        Assert.Equal(new Ages(new(-50_00), default, default, default), Assert.Single((await Report(March + 4)).Receivables).Ages);
    }

    [Fact]
    public async Task An_upstreams_statement_tells_its_account_by_product_and_stage()
    {
        var (product, other) = (await Product(scheme: TwoStages), await Product("GD39"));
        var order = await Order(product, Time.Now, default, [Member(Seller, ("first", 80_00), ("billed", 0))]);
        await Record(order, "activated");
        await Record(order, "billed", amount: new(50_00));
        await Activated(other);
        await Run();
        await Post("reconciliation", order, (Accounts.UpstreamReceivable(Upstream), -7_00), (Accounts.Suspense("reconciliation"), 7_00));
        await Post("receipt", null, (Accounts.Bank, 100_00), (Accounts.UpstreamReceivable(Upstream), -100_00));
        InApril();

        var (march, april) = (await OfUpstream(March), await OfUpstream(March + 1));

        Assert.Equal([("GD29", "出账", 5_00L), ("GD29", "激活", 120_00L), ("GD39", "激活", 120_00L)],
            march.Lines.Select(l => (l.Product, l.Stage, l.Amount.Minor)).Order());
        Assert.Equal([("转入挂账", -7_00L), ("收款", -100_00L)], march.Changes.Select(c => (c.Kind, c.Amount.Minor)));
        Assert.Equal((0, 245_00, -7_00, 100_00, 138_00),
            (march.Opening.Minor, march.Income.Minor, march.Adjusted.Minor, march.Received.Minor, march.Closing.Minor));
        Assert.Equal((march.Closing, march.Closing), (april.Opening, april.Closing));
        Assert.Equal(march.Closing, await With<Journal, Money>(j => j.BalanceAsync(Accounts.UpstreamReceivable(Upstream), Cancel)));
        Assert.Null(await With<UpstreamStatements, UpstreamStatement?>(s => s.OfAsync(NewId.Of<UpstreamId>(Time), March, Cancel)));
    }

    [Fact]
    public async Task What_a_closed_month_says_is_never_said_differently()
    {
        var product = await Product();
        var (early, late) = (await Activated(product), await Order(product));
        var activatedAt = Time.Now;
        Time.AdjustTime(new(2026, 3, 31, 23, 0, 0, TimeSpan.FromHours(8)));
        await Run();
        InApril();
        await Close(March);
        var before = await Handed(March);

        await Record(late, "activated", at: activatedAt + TimeSpan.FromMinutes(1));
        await Record(early, "cancelled");
        await Run();
        InApril(20);
        await Record(late, "void", of: await Record(late, "topped_up"));
        await Run();

        Assert.Equal(before, await Handed(March));
        Assert.True((await Report(March)).IsClosed);
        var april = await OfSeller(March + 1);
        Assert.Equal(
            [("激活 · 销售佣金", 80_00L, March), ("激活 · 销售佣金 扣回", -80_00L, March), ("违约扣款", -50_00L, (Month?)null)],
            april.Lines.Select(l => (l.Title, l.Amount.Minor, l.Late)).OrderByDescending(l => l.Minor).ThenBy(l => l.Title).ToList() is var lines
                ? [lines[0], lines[2], lines[1]] : []);
        Assert.Contains("补记 2026-03", string.Concat(await Pdf(april.ToPaper())), StringComparison.Ordinal);
        Assert.Equal([new LateMonth(March, 2, default, default)], (await Report(March + 1)).Late);
        Assert.Equal([(0L, (Month?)March)], (await OfUpstream(March + 1)).Lines.Select(l => (l.Amount.Minor, l.Late)));
    }

    [Fact]
    public async Task A_correction_that_happened_in_a_closed_month_points_to_it()
    {
        var inMarch = Time.Now;
        InApril();
        await Close(March);
        await With<Journal>(j => j.PostAsync(new Entry("correction", "c", inMarch, "补付", [
            new(Accounts.Commission, new(5_00)), new(Accounts.Available(Seller), new(-5_00))]), Cancel));

        var line = Assert.Single((await OfSeller(March + 1)).Lines);

        Assert.Equal(("补付", March), (line.Title, line.Late!.Value));
        Assert.Equal(new Money(5_00), (await Report(March + 1)).Figures.OtherCommission);
    }

    [Fact]
    public async Task Closing_and_reopening_are_kept()
    {
        InApril();
        await Close(March);
        Assert.False((await With<CloseMonth, Result<Done>>(c => c.ReopenAsync(March, "上游补发账单", Cancel))).IsRefused);
        await Close(March);

        var acts = await With<Books, IReadOnlyList<Closing>>(b => b.ClosingsAsync(Cancel));

        Assert.Equal([(March, false, ""), (March, true, "上游补发账单"), (March, false, "")], acts.Select(a => (a.Month, a.Reopened, a.Reason)));
    }

    /// <summary>A month as everybody has it in hand: texts of the PDFs and cells of the workbooks.</summary>
    private async Task<List<string>> Handed(Month month)
    {
        List<string> all = [];
        foreach (var paper in new[] { (await OfSeller(month)).ToPaper(), UpstreamPaper.Of(await OfUpstream(month)), ReportPaper.Of(await Report(month)) })
        {
            all.AddRange(await Pdf(paper));
            using var workbook = new MemoryStream(PaperWorkbook.Of(paper, Zone.Shanghai));
            all.AddRange(workbook.GetSheetNames().SelectMany(sheet => workbook.Query(sheetName: sheet).Cast<IDictionary<string, object?>>()
                .Select(row => $"{sheet}: {string.Join(" | ", row.Values)}")));
        }
        return all;
    }

    private static Task<IReadOnlyList<string>> Pdf(Paper paper) => PdfText.OfAsync(PaperPdf.Of(paper, Zone.Shanghai)!);
}
