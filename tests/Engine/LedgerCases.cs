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

    private Task Seal() => With<SealBooks>(s => s.RunAsync(Cancel));

    private Task<IReadOnlyList<PostedEntry>> Walk() => With<Books, IReadOnlyList<PostedEntry>>(b => b.WalkAsync([], -1, 1_000, Cancel));

    private Task<Money> Owed() => With<Journal, Money>(j => j.OwedAsync(Accounts.Available(Wang), Cancel));

    [Fact]
    public async Task An_account_whose_first_posting_was_rolled_back_is_made_anew()
    {
        await With<IServiceProvider, long>(async services =>
        {
            var journal = services.GetRequiredService<Journal>();
            await Assert.ThrowsAsync<TimeoutException>(() => services.GetRequiredService<Db>().InTransaction(PostAndFail, Cancel));
            return await journal.PostAsync(Entry("b"), Cancel);

            async Task PostAndFail()
            {
                await journal.PostAsync(Entry("a"), Cancel);
                throw new TimeoutException();
            }
        });

        Assert.Equal(new(80_00), await Owed());
        await Seal();
        Assert.Equal(new(80_00), await Owed());
        Assert.True((await Verify()).IsSound);
    }

    [Fact]
    public async Task Entries_are_numbered_without_gaps_when_they_are_sealed_and_balances_follow_at_once()
    {
        await Post("a");
        await Post("b", 20_00);
        Assert.Equal([null, null], (await Walk()).Select(e => e.Number));
        Assert.Equal(new Money(100_00), await Owed());
        await Seal();
        await Post("c", -5_00);
        Assert.Equal(new Money(95_00), await Owed());
        await Seal();

        Assert.Equal([1, 2, 3], (await Walk()).Select(e => e.Number!.Value));
        Assert.Equal(new Money(95_00), await Owed());
        Assert.Equal(new Money(95_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
        Assert.Equal([], (await Verify()).Findings);
    }

    [Fact]
    public async Task The_same_source_is_posted_once_and_with_other_content_it_is_a_conflict()
    {
        var first = await Post("a");

        Assert.Equal(first, await Post("a"));
        await Assert.ThrowsAsync<SourceConflictException>(() => Post("a", 99_00));
        await Assert.ThrowsAsync<SourceConflictException>(
            () => With<Journal>(j => j.PostAsync([Entry("b"), Entry("b", 1_00)], Cancel)));
        Assert.Equal(new Money(80_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
    }

    [Fact]
    public async Task One_source_from_many_at_once_is_posted_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Post("a"), Cancel)));

        Assert.Single(ids.Distinct());
        Assert.Equal(new Money(80_00), await Owed());
    }

    [Fact]
    public async Task An_unbalanced_entry_is_a_bug_and_posts_nothing()
    {
        var entry = Entry("a") with { Postings = [new(Accounts.Commission, new(1)), new(Accounts.Bank, new(-2))] };

        await Assert.ThrowsAsync<ArgumentException>(() => With<Journal, long>(j => j.PostAsync(entry, Cancel)));
        Assert.Equal(0, (await Verify()).Entries);
    }

    [Fact]
    public async Task The_database_itself_refuses_an_unbalanced_entry()
    {
        await Post("a");

        await Assert.ThrowsAnyAsync<DbException>(() => Tamper(
            """
            insert into ledger_posting (tenant_id, period, entry_id, line, account_id, amount, label)
            select tenant_id, period, entry_id, 3, account_id, 1, '' from ledger_posting where line = 1
            """));
        Assert.True((await Verify()).IsSound);
    }

    [Fact]
    public async Task Concurrent_posters_and_sealers_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            await Post($"s{i}", 1_00);
            if (i % 6 == 0) await Seal();
        }, Cancel)));
        await Seal();

        var verification = await Verify();
        Assert.Equal((24, 48), (verification.Entries, verification.Postings));
        Assert.Equal([], verification.Findings);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => (long)i), (await Walk()).Select(e => e.Number!.Value).Order());
        Assert.Equal(new Money(24_00), await With<Journal, Money>(j => j.BalanceAsync(Accounts.Commission, Cancel)));
    }

    [Fact]
    public async Task The_database_refuses_to_change_the_journal()
    {
        await Post("a");
        await Seal();

        foreach (var table in new[] { "ledger_posting", "ledger_entry", "ledger_batch", "ledger_block", "ledger_seal" })
        {
            await Assert.ThrowsAnyAsync<DbException>(() => Tamper($"update {table} set tenant_id = tenant_id"));
            await Assert.ThrowsAnyAsync<DbException>(() => Tamper($"delete from {table}"));
        }
    }

    [Theory]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount + 1 where amount = 2000", "ledger.unbalanced")]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount * 2 where abs(amount) = 2000", "ledger.hash_differs")]
    [InlineData("ledger_posting", "update ledger_posting set label = 'x' where amount = 2000", "ledger.hash_differs")]
    [InlineData("ledger_posting", "update ledger_posting set account_id = 3 - account_id", "ledger.hash_differs")]
    [InlineData("ledger_posting", "update ledger_posting set line = line + 2 where amount = -2000", "ledger.line_differs")]
    [InlineData("ledger_posting", "update ledger_posting set period = period + 1 where amount = -2000", "ledger.line_differs")]
    [InlineData("ledger_entry", "update ledger_entry set memo = 'other' where source = 's2'", "ledger.hash_differs")]
    [InlineData("ledger_entry", "update ledger_entry set period = period + 1 where source = 's2'", "ledger.hash_differs")]
    [InlineData("ledger_posting", "delete from ledger_posting where abs(amount) = 2000", "ledger.hash_differs")]
    [InlineData("ledger_account", "update ledger_account set code = 'asset:bank' where code = 'expense:commission'", "ledger.hash_differs")]
    [InlineData("ledger_balance", "update ledger_balance set debits = debits + 1 where account_id = 1", "ledger.balance_differs")]
    [InlineData("ledger_balance", "delete from ledger_balance where account_id = 1", "ledger.balance_differs")]
    [InlineData("ledger_posting", "update ledger_posting set amount = 9223372036854775807 where line = 1", "ledger.balance_differs")]
    [InlineData("ledger_batch", "update ledger_batch set posted_at = posted_at - 1 where id = 1", "ledger.block_differs")]
    [InlineData("ledger_batch", "update ledger_batch set entries = entries + 1 where id = 1", "ledger.entries_missing")]
    [InlineData("ledger_block", "update ledger_block set sealed_at = sealed_at - 1", "ledger.block_differs")]
    [InlineData("ledger_block", "delete from ledger_block", "ledger.blocks_missing")]
    [InlineData("ledger_seal", "update ledger_seal set first_number = first_number + 1", "ledger.block_differs")]
    [InlineData("ledger_seal", "delete from ledger_seal", "ledger.batch_not_queued")]
    [InlineData("ledger_head", "update ledger_head set number = 2", "ledger.head_differs")]
    [InlineData("ledger_head", "delete from ledger_head", "ledger.head_differs")]
    [InlineData("ledger_unsealed", "delete from ledger_unsealed", "ledger.batch_not_queued")]
    public async Task Verify_finds_what_somebody_with_the_databases_password_changed(string table, string sql, string finding)
    {
        for (var i = 1; i <= 3; i++) await Post($"s{i}", i * 10_00);
        await Seal();
        await Post("s4", 40_00);
        Assert.True((await Verify()).IsSound);

        await TamperWithout(table, sql);

        var found = (await Verify()).Findings;
        Assert.Contains(finding, found.Select(f => f.Code));
        Assert.All(found, f => Assert.NotEmpty(Services.GetRequiredService<Texts>().Of(f)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Verify_finds_a_removed_entry_also_the_last_one(int number)
    {
        for (var i = 1; i <= 3; i++) await Post($"s{i}");
        await Seal();

        await TamperWithout("ledger_posting", $"delete from ledger_posting where entry_id in (select id from ledger_entry where source = 's{number}')");
        await TamperWithout("ledger_entry", $"delete from ledger_entry where source = 's{number}'");

        var found = (await Verify()).Findings;
        Assert.Contains(found, f => f.Code == "ledger.entries_missing" && f.Arguments[0].Equals($"{number}"));
        Assert.DoesNotContain(found, f => f.Code is "ledger.hash_differs" or "ledger.block_differs");
    }

    [Fact]
    public async Task Verify_finds_entries_that_the_journal_has_not_written()
    {
        await Post("s1");
        await Seal();

        await Tamper(
            """
            insert into ledger_entry (tenant_id, id, period, kind, source, at, memo, order_id)
            select tenant_id, id + 65536 * 9, period, kind, 'forged', at, memo, order_id from ledger_entry
            """);

        Assert.Contains("ledger.strays", (await Verify()).Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_batch_is_posted_whole_each_source_once()
    {
        var a = await Post("a");

        var ids = await With<Journal, IReadOnlyList<long>>(j => j.PostAsync([Entry("b"), Entry("a"), Entry("c"), Entry("b")], Cancel));

        Assert.Equal((a, ids[0], ids[0] + 1), (ids[1], ids[3], ids[2]));
        Assert.Equal((3, true), (await Verify()) is var v ? (v.Entries, v.IsSound) : default);
    }

    [Fact]
    public async Task A_batch_that_is_cut_off_in_the_middle_says_so_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var read = 0;
        // Taken for the whole, these rows would be refused as unbalanced.
        var cutting = new BulkInsert<int>("ledger_posting", copyInto: "ledger_posting_rows")
            .With("period", _ => 0).With("entry_id", i => (long)i).With("line", _ => (short)1).With("account_id", _ => 1).With("amount", _ => 1L)
            .With("label", _ =>
            {
                if (++read == 20_000) stop.Cancel();
                return "";
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => With<Db>(
            db => db.InTransaction(() => cutting.RunAsync(db, [.. Enumerable.Range(1, 40_000)], stop.Token), Cancel)));

        Assert.Equal(0, await With<Db, int>(db => db.Set<PostingRow>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task What_happened_in_a_closed_month_is_booked_in_the_first_open_one()
    {
        IReadOnlyList<Account> owed = [Accounts.Available(Wang)];
        var march = new Month(2026, 3);
        var inMarch = Time.Now;
        await Post("a", 1_00);
        Time.AdjustTime(new(2026, 4, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        await With<Journal>(j => j.PostAsync(Entry("b", 2_00) with { At = inMarch }, Cancel));
        Assert.Equal(new Money(-3_00), await With<Books, Money>(b => b.BalanceBeforeAsync(owed, march + 1, Cancel)));

        await Close(march);
        await With<Journal>(j => j.PostAsync(Entry("c", 4_00) with { At = inMarch }, Cancel));

        Assert.Equal(new Money(-3_00), await With<Books, Money>(b => b.BalanceBeforeAsync(owed, march + 1, Cancel)));
        Assert.Equal(["a", "b"], await Sources(owed, march));
        Assert.Equal(["c"], await Sources(owed, march + 1));
        await Seal();
        Assert.Equal(["a", "b"], await SourcesBetween(march));
        Assert.Equal(["b", "c"], await SourcesBetween(march + 1));
        Assert.Empty(await SourcesBetween(march + 2));
        Assert.Equal(["a", "b"], await Sources(owed, march));
        Assert.Equal(new Money(-3_00), await With<Books, Money>(b => b.BalanceBeforeAsync(owed, march + 1, Cancel)));
        Assert.Equal([], (await Verify()).Findings);
    }

    [Fact]
    public async Task A_month_is_closed_when_it_is_over_and_only_the_last_one_is_reopened()
    {
        var march = new Month(2026, 3);
        Assert.Equal("ledger.month_not_over", await Refused(c => c.CloseAsync(march, Cancel)));
        Time.AdjustTime(new(2026, 5, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        await Close(march);
        Assert.Equal("ledger.month_is_closed", await Refused(c => c.CloseAsync(march, Cancel)));
        await Close(march + 1);

        Assert.Equal("ledger.not_the_last_closed", await Refused(c => c.ReopenAsync(march, "补记", Cancel)));
        Assert.Equal("ledger.reason_needed", await Refused(c => c.ReopenAsync(march + 1, " ", Cancel)));
        Assert.Null(await Refused(c => c.ReopenAsync(march + 1, "上游补发账单", Cancel)));

        Assert.Equal(march, await With<Books, Month?>(b => b.ClosedThroughAsync(Cancel)));
    }

    private Task<string?> Refused(Func<CloseMonth, Task<Result<Done>>> act) =>
        With<CloseMonth, string?>(async c => await act(c) is { IsRefused: true } refused ? refused.Refusals[0].Code : null);

    private async Task Close(Month month) => Assert.Null(await Refused(c => c.CloseAsync(month, Cancel)));

    private Task<List<string>> Sources(IReadOnlyList<Account> accounts, Month month) =>
        With<Books, List<string>>(async b => [.. (await b.OfMonthAsync(accounts, month, Cancel)).Select(e => e.Source)]);

    /// <summary>Of all entries that stand between the bounds of the month, posted since its beginning and until it was closed.</summary>
    private async Task<List<string>> SourcesBetween(Month month)
    {
        var (first, last) = await With<Books, (long First, long Last)>(b => b.EntriesOfAsync(month, Cancel));
        return [.. (await Walk()).Where(e => e.Id >= first && e.Id <= last).Select(e => e.Source)];
    }

    [Fact]
    public async Task Entries_are_read_by_account_and_order()
    {
        var order = NewId.Of<OrderId>(Time);
        await Post("a");
        await With<Journal>(j => j.PostAsync(Entry("b") with { OrderId = order }, Cancel));
        await With<Journal>(j => j.PostAsync(
            new Entry("test", "c", Time.Now, "", [new(Accounts.Bank, new(1)), new(Accounts.Rental, new(-1))]), Cancel));

        Assert.Equal(["b"], await Found(null, order));
        Assert.Equal(["c"], await Found(Accounts.Bank, null));
        Assert.Equal(["b", "a"], await Found(Accounts.Commission, null));
    }

    private Task<List<string>> Found(Account? account, OrderId? order) =>
        With<Books, List<string>>(async b => [.. (await b.EntriesAsync(account, order, 0, 10, Cancel)).Select(e => e.Source)]);
}
