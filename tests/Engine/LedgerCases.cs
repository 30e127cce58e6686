using System.Data.Common;
using HaoSuan.Ledger;

namespace HaoSuan.Tests.Engine;

public sealed class Ledger_on_sqlite(SqliteDatabases engine) : LedgerCases(engine);

public sealed class Ledger_on_postgres(PostgresDatabases engine) : LedgerCases(engine);

public abstract class LedgerCases(Databases engine) : EngineTest(engine)
{
    private static readonly DistributorId Wang = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    private Entry Entry(string source, long fen = 80_00) => new(
        "test", source, Time.Now, "备注", [new(Accounts.Commission, new(fen)), new(Accounts.Available(Wang), new(-fen))]);

    private Task<long> Post(string source, long fen = 80_00) => With<Journal, long>(j => j.PostAsync(Entry(source, fen), Cancel));

    private Task<Verification> Verify() => With<VerifyLedger, Verification>(v => v.RunAsync(Cancel));

    private async Task TamperWithout(string table, string sql)
    {
        var postgres = Database.Owner.StartsWith("Host", StringComparison.Ordinal);
        await Tamper(postgres
            ? $"alter table {table} disable trigger user; {sql}"
            : $"drop trigger if exists {table}_no_update; drop trigger if exists {table}_no_delete; pragma foreign_keys=off; {sql}");
    }

    [Fact]
    public async Task Entries_are_numbered_without_gaps_and_balances_follow()
    {
        long[] numbers = [await Post("a"), await Post("b", 20_00), await Post("c", -5_00)];

        Assert.Equal([1, 2, 3], numbers);

        Assert.Equal(new Money(95_00), await With<Journal, Money>(j => j.OwedAsync(Accounts.Available(Wang), Cancel)));
        Assert.Equal(new Money(95_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
        Assert.True((await Verify()).IsSound);
    }

    [Fact]
    public async Task The_same_source_is_posted_once()
    {
        var first = await Post("a");

        Assert.Equal(first, await Post("a", 99_00));
        Assert.Equal(new Money(80_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
    }

    [Fact]
    public async Task An_unbalanced_entry_is_a_bug_and_posts_nothing()
    {
        var entry = Entry("a") with { Postings = [new(Accounts.Commission, new(1)), new(Accounts.Bank, new(-2))] };

        await Assert.ThrowsAsync<ArgumentException>(() => With<Journal, long>(j => j.PostAsync(entry, Cancel)));
        Assert.Equal(0, (await Verify()).Entries);
    }

    [Fact]
    public async Task Concurrent_posters_share_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Post($"s{i}", 1_00), Cancel)));

        var verification = await Verify();
        Assert.Equal((24, 48, true), (verification.Entries, verification.Postings, verification.IsSound));
        Assert.Equal(new Money(24_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
    }

    [Fact]
    public async Task The_database_refuses_to_change_the_journal()
    {
        await Post("a");

        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("update ledger_posting set amount = amount + 1 where line = 1"));
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from ledger_entry"));
    }

    [Theory]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount + 1 where entry_number = 2 and line = 1", "ledger.unbalanced")]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount * 2 where entry_number = 2", "ledger.hash_differs")]
    [InlineData("ledger_entry", "update ledger_entry set memo = 'other' where number = 2", "ledger.hash_differs")]
    [InlineData("ledger_posting", "delete from ledger_posting where entry_number = 2", "ledger.hash_differs")]
    [InlineData("ledger_account", "update ledger_account set balance = balance + 1 where id = 1", "ledger.balance_differs")]
    [InlineData("ledger_posting", "update ledger_posting set amount = 9223372036854775807 where line = 1", "ledger.balance_differs")]
    [InlineData("ledger_entry", "update ledger_entry set posted_at = posted_at - 1 where number = 3", "ledger.posted_back_in_time")]
    [InlineData("ledger_head", "update ledger_head set number = 2", "ledger.head_differs")]
    [InlineData("ledger_head", "update ledger_head set hash = (select hash from ledger_entry where number = 1)", "ledger.head_differs")]
    [InlineData("ledger_head", "delete from ledger_head", "ledger.head_differs")]
    public async Task Verify_finds_what_somebody_with_the_databases_password_changed(string table, string sql, string finding)
    {
        for (var i = 1; i <= 3; i++) await Post($"s{i}", i * 10_00);

        await TamperWithout(table, sql);

        Assert.Contains(finding, (await Verify()).Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Verify_finds_a_removed_entry_also_the_last_one(int number)
    {
        for (var i = 1; i <= 3; i++) await Post($"s{i}");

        await TamperWithout("ledger_posting", $"delete from ledger_posting where entry_number = {number}");
        await TamperWithout("ledger_entry", $"delete from ledger_entry where number = {number}");

        var found = (await Verify()).Findings;
        Assert.Contains(found, f => f.Code == "ledger.entries_missing" && f.Arguments[0].Equals((long)number));
        Assert.DoesNotContain(found, f => f.Code == "ledger.hash_differs");
        Assert.All(found, f => Assert.NotEmpty(Services.GetRequiredService<Texts>().Of(f)));
    }

    [Fact]
    public async Task A_batch_is_posted_whole_each_source_once()
    {
        await Post("a");

        var numbers = await With<Journal, IReadOnlyList<long>>(j => j.PostAsync([Entry("b"), Entry("a"), Entry("c"), Entry("b")], Cancel));

        Assert.Equal([2, 1, 3, 2], numbers);
        Assert.Equal((3, true), (await Verify()) is var v ? (v.Entries, v.IsSound) : default);
    }

    [Fact]
    public async Task A_period_is_a_range_of_numbers_even_when_the_clock_is_set_back()
    {
        IReadOnlyList<Account> owed = [Accounts.Available(Wang)];
        await Post("a", 1_00);
        Time.Advance(TimeSpan.FromHours(1));
        var between = Time.Now;
        await Post("b", 2_00);
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromHours(2));
        await Post("c", 4_00);

        Assert.Equal(new Money(-1_00), await With<Books, Money>(b => b.BalanceBeforeAsync(owed, between, Cancel)));
        var posted = await With<Books, IReadOnlyList<PostedEntry>>(b => b.PostedAsync(owed, between, Instant.MaxValue, Cancel));
        Assert.Equal([(2, -2_00), (3, -4_00)], posted.Select(e => (e.Number, e.Postings[1].Amount.Minor)));
        Assert.True((await Verify()).IsSound);
    }

    [Fact]
    public async Task Entries_are_read_by_account_and_order()
    {
        var order = NewId.Of<OrderId>(Time);
        await Post("a");
        await With<Journal>(j => j.PostAsync(Entry("b") with { OrderId = order }, Cancel));
        await With<Journal>(j => j.PostAsync(
            new Entry("test", "c", Time.Now, "", [new(Accounts.Bank, new(1)), new(Accounts.Rental, new(-1))]), Cancel));

        Assert.Equal([2L], await Numbers(null, order));
        Assert.Equal([3L], await Numbers(Accounts.Bank, null));
        Assert.Equal([2L, 1L], await Numbers(Accounts.Commission, null));
    }

    private Task<List<long>> Numbers(Account? account, OrderId? order) =>
        With<Books, List<long>>(async b => [.. (await b.EntriesAsync(account, order, 0, 10, Cancel)).Select(e => e.Number)]);
}
