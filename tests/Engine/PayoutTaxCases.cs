using HaoSuan.Ledger;
using HaoSuan.Payouts;
using HaoSuan.Ui;

namespace HaoSuan.Tests.Engine;

public sealed class Payout_tax_on_sqlite(SqliteDatabases engine) : PayoutTaxCases(engine);

public sealed class Payout_tax_on_postgres(PostgresDatabases engine) : PayoutTaxCases(engine);

public abstract class PayoutTaxCases(Databases engine) : PayoutTest(engine)
{
    private const string IdNumber = "44030519920816001";

    private static readonly Month March = new(2026, 3);

    [Fact]
    public async Task A_company_is_paid_against_its_invoice_alone()
    {
        await Earn(100_00);
        await Profile(TaxKind.Company);
        var id = (await Request(100_00)).Value;

        Assert.Equal("payouts.invoice_missing", (await TryApprove(id)).Refusals[0].Code);
        Assert.False((await Match(id, "25442000000012345678")).IsRefused);
        Assert.False((await Match(id, "25442000000012345678")).IsRefused);
        Assert.Equal("payouts.invoice_matched", (await Match(id, "25442000000099999999")).Refusals[0].Code);
        await Approve(id);

        Assert.Equal((new Money(100_00), "25442000000012345678"), ((await Find(id)).Net, (await Find(id)).InvoiceNo));
    }

    [Fact]
    public async Task The_return_of_a_month_has_each_persons_figures_and_adds_up_to_the_ledger()
    {
        await Earn(30_000_00);
        await Profile(TaxKind.Cumulative, "王小明", IdNumber + CitizenId.CheckOf(IdNumber));
        await PayOut(10_000_00, "a");
        await PayOut(10_000_00, "b");

        var paper = await With<TaxPapers, Paper>(p => p.ReturnAsync(March, Cancel));

        var row = Assert.Single(paper.Tables[0].Rows);
        object?[] wanted = ["王小明", IdNumber + CitizenId.CheckOf(IdNumber), new Money(20_000_00), new Money(330_00), new Money(330_00), Money.Zero];
        Assert.Equal(wanted, new[] { row[0], row[2], row[4], row[16], row[17], row[19] });
        Assert.Equal(new Money(330_00), await Owed(Accounts.TaxWithheld));
    }

    [Fact]
    public async Task What_failed_is_in_no_return_and_the_rest_shows_what_was_withheld_too_much()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { OneOpen = false });
        await Earn(20_000_00);
        PayoutId first = (await Request(10_000_00, "a")).Value, second = (await Request(10_000_00, "b")).Value;
        await Approve(first);
        await Approve(second);
        await Export(await Batch(PayoutMethod.Bank));
        await Confirm(first, paid: false, "账号有误");
        await Confirm(second, paid: true, "B2");

        var month = Assert.Single(await With<TaxRecords, IReadOnlyList<TaxedMonth>>(t => t.MonthAsync(March, Cancel)));

        // 240 were withheld after 90 that were never paid; alone it owes 90.
        Assert.Equal((1, new Money(240_00), new Money(-150_00)), (month.Count, month.Withheld, month.Missing));
        await Retry(first);
        Assert.Equal(new Money(90_00), (await Find(first)).Tax);        // together 330, of which 240 were withheld
    }

    [Fact]
    public async Task A_correction_of_a_past_month_moves_the_balance_once_and_counts_as_withheld()
    {
        await Earn(30_000_00);
        await PayOut(10_000_00, "a");
        Assert.Equal("payouts.correction_month", (await Correct(March, 10_00, "c1")).Refusals[0].Code);
        Time.Advance(TimeSpan.FromDays(31));

        Assert.False((await Correct(March, 10_00, "c1")).IsRefused);
        Assert.False((await Correct(March, 10_00, "c1")).IsRefused);
        Assert.Equal("payouts.correction_amount", (await Correct(March, -100_01, "c2")).Refusals[0].Code);

        var month = Assert.Single(await With<TaxRecords, IReadOnlyList<TaxedMonth>>(t => t.MonthAsync(March, Cancel)));
        Assert.Equal((new Money(100_00), new Money(-10_00)), (month.Tax, month.Missing));
        Assert.Equal((new Money(19_990_00), new Money(100_00)), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.TaxWithheld)));
        Assert.Equal(new Money(80_00), await PayOut(10_000_00, "b"));      // of 180 for two months, 100 were withheld
    }

    [Fact]
    public async Task What_tax_would_leave_nothing_of_is_not_approved()
    {
        await Earn(20_010_00);
        await PayOut(20_000_00, "a");
        Time.Advance(TimeSpan.FromDays(31));
        Assert.False((await Correct(March, -330_00, "c1")).IsRefused);
        var id = (await Request(10_00, "b")).Value;

        // Of two months (20,010 - 4,002 - 10,000) x 3 % = 180.24 are due, and nothing is withheld any more.
        Assert.Equal("payouts.nothing_left", (await TryApprove(id)).Refusals[0].Code);
        Assert.Equal(PayoutStatus.Requested, (await Find(id)).Status);
    }

    [Fact]
    public async Task A_certificate_tells_the_year_month_by_month_and_says_what_it_is_not()
    {
        await Earn(20_000_00);
        await PayOut(10_000_00, "a");
        Time.Advance(TimeSpan.FromDays(31));
        await PayOut(10_000_00, "b");

        var paper = await With<TaxPapers, Paper>(p => p.CertificateAsync(Wang, 2026, Cancel));

        Assert.Equal(2, paper.Tables[0].Rows.Count);
        object?[] sums = ["合计", new Money(20_000_00), new Money(180_00)];
        Assert.Equal(sums, paper.Tables[0].Totals!);
        Assert.Contains(paper.Head, h => $"{h.Value}".Contains("完税证明", StringComparison.Ordinal));
        Assert.Equal([2026], await With<TaxRecords, IReadOnlyList<int>>(t => t.YearsAsync(Wang, Cancel)));
    }

    [Fact]
    public async Task The_quarters_report_has_everybody_whoever_withholds()
    {
        await Earn(1_000_00);
        await Profile(TaxKind.Agency, "王小明");
        await PayOut(1_000_00, "a");

        var row = Assert.Single((await With<TaxPapers, Paper>(p => p.IncomesAsync(2026, 1, Cancel))).Tables[0].Rows);

        object?[] wanted = ["王小明", null, 1, new Money(1_000_00)];
        Assert.Equal(wanted, new[] { row[0], row[1], row[3], row[4] });
    }

    [Theory]
    [InlineData(TaxKind.Cumulative, "440305199208160011", "payouts.tax_person_number")]
    [InlineData(TaxKind.Company, "9144030070846", "payouts.tax_company_number")]
    public async Task A_number_that_cannot_be_one_is_refused(TaxKind kind, string number, string code) =>
        Assert.Equal(code, (await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(new(Wang, March, kind, "王小明", number), Cancel))).Refusals[0].Code);

    private async Task Profile(TaxKind kind, string? name = null, string? number = null) =>
        Assert.False((await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(new(Wang, March, kind, name, number), Cancel))).IsRefused);

    private Task<Result<Done>> Match(PayoutId id, string number) => With<MatchInvoice, Result<Done>>(m => m.RunAsync(id, number, Cancel));

    private Task<Result<Done>> Correct(Month month, long fen, string key) =>
        With<CorrectTax, Result<Done>>(c => c.RunAsync(Wang, month, new(fen), "费率表用错", key, Cancel));
}
