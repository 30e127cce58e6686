using CsCheck;
using HaoSuan.Ledger;
using HaoSuan.Tests.Support;

namespace HaoSuan.Tests.Engine;

public sealed class Export_on_sqlite(SqliteDatabases engine) : ExportCases(engine, histories: 16);

public sealed class Export_on_postgres(PostgresDatabases engine) : ExportCases(engine, histories: 4);

/// <summary>What somebody else's program makes of our journal is what we made of it.</summary>
public abstract class ExportCases(Databases engine, int histories) : SettlementsTest(engine)
{
    private const string Nasty = "ab 甲;,:[]|()*!=@\"'\t\n{}~%#/\\-0";

    private static readonly Account[] Chart =
    [
        Accounts.Bank, Accounts.Commission, Accounts.GatewayFee, Accounts.Rental, Accounts.TaxWithheld, Accounts.Gateway("wechat"),
        Accounts.Pending(Seller), Accounts.Available(Seller), Accounts.Available(Parent), Accounts.Suspense("payments"),
    ];

    private static readonly Gen<string> Words = Gen.Char[Nasty].Array[0, 12].Select(chars => new string(chars));

    private static readonly Gen<Posting> APosting = Gen
        .Select(Gen.Int[0, Chart.Length - 1].Select(i => Chart[i]), Gen.Long[-900_000_000_000, 900_000_000_000], Words)
        .Where((_, amount, _) => amount != 0).Select((account, amount, label) => new Posting(account, new(amount), label));

    /// <summary>Entries with what balances them, up to half a year ago.</summary>
    private static readonly Gen<Entry[]> History = Gen.Select(APosting.Array[1, 6], Words, Words, Gen.Int[-180, 1])
        .Select((postings, kind, memo, days) => new Entry($"k{kind}", memo, new(days * Instant.MicrosecondsPerDay), memo, Balance(postings)))
        .Array[1, 8];

    private static Posting[] Balance(Posting[] postings)
    {
        var sum = postings.Aggregate(Money.Zero, (sum, p) => sum + p.Amount);
        return sum.IsZero ? [.. postings, new(Accounts.WriteOff, new(1)), new(Accounts.WriteOff, new(-1))] : [.. postings, new(Accounts.WriteOff, -sum)];
    }

    private async Task<string> Export(params string[] more)
    {
        var (exit, output, error) = await Verb.Run(["export", "--hledger", "--database", Database.App, "--lang", "en", .. more]);
        Assert.Equal((0, ""), (exit, error));
        return output;
    }

    private async Task AssertCountedAlike()
    {
        var journal = await Export();
        await Hledger.Check(journal);
        var ours = await With<Books, IReadOnlyList<AccountBalance>>(b => b.BalancesAsync("", Cancel));
        Assert.Equal(ours.ToDictionary(b => b.Account.Code, b => b.Balance), Read(await Hledger.Balances(journal)));
        var moved = await With<Books, IReadOnlyList<MonthMovement>>(b => b.MovedAsync("", new(0), new(9_999, 12), Cancel));
        Assert.Equal(
            moved.Where(m => m.Debits != m.Credits).ToDictionary(m => (m.Account.Code, m.Period.ToString()), m => m.Debits - m.Credits),
            Read(await Hledger.Movements(journal)).Where(m => !m.Value.IsZero).ToDictionary());
    }

    private static Dictionary<T, Money> Read<T>(IReadOnlyDictionary<T, string> amounts) where T : notnull => amounts.ToDictionary(a => a.Key, a =>
    {
        Assert.True(Currency.Cny.TryParse(a.Value.Replace(" CNY", "", StringComparison.Ordinal), out var amount), a.Value);
        return amount;
    });

    [Fact]
    public async Task Hledger_counts_a_month_of_settlements_as_the_books_do()
    {
        var product = await Product();
        await Record(await Order(product), "activated");
        await Run();
        Time.Advance(TimeSpan.FromDays(20));
        var taken = await Order(product);
        await Record(taken, "activated");
        await With<SealBooks>(s => s.RunAsync(Cancel));
        await Run();
        Time.Advance(TimeSpan.FromDays(20));
        await Record(taken, "cancelled");
        await Run();
        await AssertSound();

        await AssertCountedAlike();

        var journal = await Export();
        Assert.Contains($"liability:distributor:{Seller.Value}:pending  -80.00 CNY  ; label: first//sale\n", journal, StringComparison.Ordinal);
        Assert.Contains("2026-03-01 (65536) settle | HS26030100000001\n    ; number: 1\n    ; source: settle:", journal, StringComparison.Ordinal);
    }

    [Fact]
    public Task Hledger_counts_any_history_as_the_books_do()
    {
        var sources = 0;
        return History.SampleAsync(async entries =>
        {
            Time.Advance(TimeSpan.FromDays(3));
            await With<Journal>(j => j.PostAsync(
                [.. entries.Select(e => e with { Source = $"{e.Source} {++sources}", At = Time.Now + new TimeSpan(e.At.Microseconds * 10) })], Cancel));
            if (sources % 3 == 0) await With<SealBooks>(s => s.RunAsync(Cancel));
            if (sources % 5 == 0) await With<CloseMonth, Result<Done>>(c => c.CloseAsync(Month.Of(Zone.Shanghai.DateOf(Time.Now)) + -1, Cancel));
            await AssertCountedAlike();
        }, iter: histories, threads: 1);
    }

    [Fact]
    public async Task One_of_several_tenants_has_to_be_named()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        await With<Journal>(j => j.PostAsync(
            new Entry("test", "a", Time.Now, "", [new(Accounts.Bank, new(1)), new(Accounts.Rental, new(-1))]), Cancel), other);

        Assert.Contains("asset:bank  0.01 CNY", await Export("--tenant", "other"), StringComparison.Ordinal);
        Assert.DoesNotContain("asset:bank", await Export("--tenant", "demo"), StringComparison.Ordinal);
        Assert.Equal(
            (2, "", "Say whose books with --tenant, one of: demo, other\n"),
            await Verb.Run("export", "--hledger", "--database", Database.App, "--lang", "en"));
    }
}
