using System.Text.Json.Nodes;
using CsCheck;
using HaoSuan.Ledger;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HaoSuan.Tests.Engine;

public sealed class Proven_statements_on_sqlite(SqliteDatabases engine) : ProvenStatementCases(engine, histories: 12);

public sealed class Proven_statements_on_postgres(PostgresDatabases engine) : ProvenStatementCases(engine, histories: 3);

public abstract class ProvenStatementCases(Databases engine, int histories) : SettlementsTest(engine)
{
    private static readonly Month March = new(2026, 3);

    // What has to be done before a month is closed stands in ClosingCases.
    protected override IServiceCollection Configure(IServiceCollection services) => base.Configure(services).RemoveAll<ClosingCheck>();

    private async Task<byte[]> Prove(DistributorId distributor, Month month, int? checkpoint = null) =>
        (await With<ProveStatement, Result<byte[]>>(p => p.RunAsync(distributor, month, checkpoint, Cancel))).Value;

    private Task Seal() => With<SealBooks>(s => s.RunAsync(Cancel));

    private Task Post(string source, params Posting[] postings) => With<Journal>(j => j.PostAsync(new Entry("test", source, Time.Now, "备注", postings), Cancel));

    private Task Post(string source, long fen) => Post(source, new(Accounts.Commission, new(fen)), new(Accounts.Pending(Seller), new(-fen), "first//sale"));

    private static Entry Late(string source, Instant at) =>
        new("test", source, at, "", [new(Accounts.Commission, new(1_00)), new(Accounts.Pending(Seller), new(-1_00))]);

    private async Task Close(Month month) => Assert.False((await With<CloseMonth, Result<Done>>(c => c.CloseAsync(month, Cancel))).IsRefused);

    private async Task<Checkpoint> Latest() => (await With<Books, Checkpoint?>(b => b.CheckpointAsync(Cancel)))!;

    /// <summary>February, and then in March settlements of several orders by two runs, a release and a payout, in several blocks; March is closed.</summary>
    private async Task World()
    {
        var product = await Product();
        Time.AdjustTime(new(2026, 2, 20, 9, 0, 0, TimeSpan.FromHours(8)));
        await Post("old", 7_77);
        Time.AdjustTime(new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        for (var i = 0; i < 3; i++) await Record(await Order(product), "activated");
        await Run();
        await Seal();
        Time.Advance(TimeSpan.FromDays(10));
        await Record(await Order(product), "activated");
        await Run();
        await Post("request", new(Accounts.Available(Seller), new(100_00)), new(Accounts.Paying(Seller), new(-100_00)));
        await Seal();
        Time.AdjustTime(new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(8)));
        await Close(March);
    }

    private static CheckedStatement Check(byte[] file, string? noted = null)
    {
        var found = CheckedStatement.Of(file, noted);
        Assert.True(!found.IsRefused, string.Join('\n', found.IsRefused ? found.Refusals.Select(r => $"{r.Code} {string.Join(' ', r.Arguments)}") : []));
        return found.Value;
    }

    [Fact]
    public async Task The_statement_of_a_closed_month_is_proven_and_tells_what_the_books_tell()
    {
        await World();

        var statement = Check(await Prove(Seller, March));

        Assert.Equal((March, true), (statement.Month, statement.IsClosed));
        Assert.Equal((new Money(7_77), new Money(320_00), new Money(327_77)), (statement.Opening, statement.Moved, statement.Closing));
        Assert.Equal(4 + 6 + 2, statement.Postings);
        var latest = await Latest();
        Assert.Equal((latest.Height, latest.Hash), (statement.Height, statement.Hash));
    }

    [Fact]
    public async Task A_closed_month_has_the_same_bytes_whatever_comes_later()
    {
        await World();
        var first = await Prove(Seller, March);

        Time.Advance(TimeSpan.FromDays(3));
        await Post("later", 1_00);
        await Seal();
        Time.Advance(TimeSpan.FromDays(40));
        await Close(March + 1);
        await Post("even later", 2_00);

        Assert.Equal(first, await Prove(Seller, March));
    }

    [Fact]
    public async Task A_month_that_was_opened_again_has_another_checkpoint_when_it_is_closed_again()
    {
        await World();
        var first = Check(await Prove(Seller, March));
        Assert.False((await With<CloseMonth, Result<Done>>(c => c.ReopenAsync(March, "补记", Cancel))).IsRefused);
        Assert.False(Check(await Prove(Seller, March)).IsClosed);
        await With<Journal>(j => j.PostAsync(Late("late", Time.Now - TimeSpan.FromDays(5)), Cancel));

        await Close(March);

        var second = Check(await Prove(Seller, March));
        Assert.Equal((first.Postings + 1, first.Closing + new Money(1_00), true), (second.Postings, second.Closing, second.IsClosed));
        Assert.True(second.Height > first.Height);
    }

    [Fact]
    public async Task An_open_month_has_what_is_sealed_so_far_and_says_so()
    {
        await Post("a", 1_00);
        await Seal();
        await Post("b", 2_00);

        var statement = Check(await Prove(Seller, March));

        Assert.Equal((false, 1, new Money(1_00)), (statement.IsClosed, statement.Postings, statement.Closing));
    }

    [Fact]
    public async Task A_month_without_anything_is_proven_too()
    {
        Assert.Equal((0, 0), Check(await Prove(Seller, March)) is var none ? (none.Postings, none.Height) : default);
        await World();

        var after = Check(await Prove(Seller, March + 1));

        Assert.Equal((0, new Money(327_77), (await Latest()).Hash), (after.Postings, after.Opening, after.Hash));
    }

    [Fact]
    public async Task Nothing_of_others_is_in_it()
    {
        await World();
        await Post("rival", new(Accounts.Commission, new(123_45)), new(Accounts.Pending(Parent), new(-123_45)));

        var file = JsonNode.Parse(await Prove(Seller, March))!;

        Assert.Equal(
            [Accounts.Available(Seller).Code, Accounts.Paying(Seller).Code, Accounts.Pending(Seller).Code],
            Values(".account").Distinct().Order());
        Assert.DoesNotContain(Parent.Value.ToString(), file.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Values(".amount"), amount => amount.TrimStart('-') == "20.00");       // the parent's share

        IEnumerable<string> Values(string name) =>
            Leaves(file).Where(l => l.GetPath().EndsWith(name, StringComparison.Ordinal)).Select(l => l.GetValue<string>());
    }

    // Of every leaf several changes, once as they are, once with a digest that fits them: the digest is for accidents, the hashes are for intentions.
    [Fact]
    public async Task Whatever_is_changed_anywhere_it_is_not_proven_any_more()
    {
        await World();
        var file = await Prove(Seller, March);
        Check(file);
        Dictionary<string, Refusal> told = [];
        var changed = 0;

        for (var i = 0; i < Leaves(JsonNode.Parse(file)!).Count; i++)
        {
            foreach (var change in Changes(Leaves(JsonNode.Parse(file)!)[i]))
            {
                var root = JsonNode.Parse(file)!;
                var leaf = Leaves(root)[i];
                var where = $"{leaf.GetPath()} {leaf.ToJsonString()} -> {change.ToJsonString()}";
                leaf.ReplaceWith(change);
                var bytes = System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
                Assert.True(CheckedStatement.Of(bytes).IsRefused, where);
                foreach (var fault in CheckedStatement.Of(bytes).Refusals) told.TryAdd(fault.Code, fault);
                var fitting = ProvenStatement.Read(bytes);
                if (!where.StartsWith("$.digest", StringComparison.Ordinal) && !where.StartsWith("$.closed", StringComparison.Ordinal) && !fitting.IsRefused)
                    Assert.True(CheckedStatement.Of(fitting.Value.ToJson()).IsRefused, where);
                changed++;
            }
        }
        Assert.InRange(changed, 500, 20_000);
        string[] kinds =
        [
            "account_of_others", "batch_unproven", "chain_misses", "closing_differs", "digest_differs", "entry_of_other_month", "entry_unproven",
            "movement_differs", "posting_unproven", "statement_unreadable", "total_differs",
        ];
        Assert.Equal([], kinds.Where(kind => !told.ContainsKey($"ledger.{kind}")));
        Assert.All(told.Values, fault => Assert.NotEmpty(Services.GetRequiredService<Texts>().Of(fault)));
    }

    private static List<JsonValue> Leaves(JsonNode node) => node switch
    {
        JsonValue leaf => [leaf],
        JsonObject some => [.. some.SelectMany(p => Leaves(p.Value!))],
        JsonArray list => [.. list.SelectMany(n => Leaves(n!))],
        _ => throw new InvalidOperationException(node.ToJsonString()),
    };

    private static IEnumerable<JsonNode> Changes(JsonValue leaf) => leaf.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => [leaf.GetValue<long>() + 1, leaf.GetValue<long>() - 1, long.MaxValue, int.MaxValue],
        System.Text.Json.JsonValueKind.String when leaf.GetValue<string>() is { Length: > 0 } text =>
            new[] { 0, 1, text.Length / 2, text.Length - 1 }.Where(i => i < text.Length).Distinct()
                .Select(i => (JsonNode)$"{text[..i]}{Other(text[i])}{text[(i + 1)..]}").Append(text[1..]).Append($"{text}0"),
        System.Text.Json.JsonValueKind.String => ["x"],
        _ => [!leaf.GetValue<bool>()],
    };

    private static char Other(char c) => c switch
    {
        'l' => 'r',
        'r' => 'l',
        >= '0' and < '9' or >= 'a' and < 'f' => (char)(c + 1),
        'f' or '9' => '0',
        _ => 'x',
    };

    [Fact]
    public async Task A_line_cannot_stand_there_twice_even_where_all_sums_are_made_to_fit()
    {
        await World();
        Assert.True(ProvenStatement.Read(await Prove(Seller, March)).TryGet(out var statement, out _));
        var batch = statement.Batches[0];
        var entry = batch.Entries[0];
        var twice = entry with { Postings = [.. entry.Postings, entry.Postings[0]] };
        var elsewhere = entry with { Postings = [.. entry.Postings, entry.Postings[0] with { Line = entry.Postings[0].Line + 1 }] };

        Assert.Equal(["ledger.posting_twice"], FaultsWith(batch with { Entries = [twice, .. batch.Entries.Skip(1)] }));
        Assert.Contains("ledger.posting_unproven", FaultsWith(batch with { Entries = [elsewhere, .. batch.Entries.Skip(1)] }));
        Assert.Equal(["ledger.entry_twice"], FaultsWith(batch with { Entries = [entry, .. batch.Entries] }));
        Assert.Equal(["ledger.batch_twice"], FaultsWith(batch, batch));

        IEnumerable<string> FaultsWith(params ProvenBatch[] first) =>
            CheckedStatement.Of(Refit(statement with { Batches = [.. first, .. statement.Batches.Skip(1)] }).ToJson()).Refusals.Select(r => r.Code);
    }

    /// <summary>With movements and closing balances that fit the lines, as a forger would write them.</summary>
    private static ProvenStatement Refit(ProvenStatement statement)
    {
        var (pending, available, paying) = (Of(statement.Pending, Accounts.Pending(Seller)), Of(statement.Available, Accounts.Available(Seller)),
            Of(statement.Paying, Accounts.Paying(Seller)));
        return statement with { Pending = pending, Available = available, Paying = paying, Total = pending + available + paying };

        ProvenBalance Of(ProvenBalance balance, Account account) => ProvenBalance.Of(
            balance.Opening, statement.Postings().Where(p => p.Account == account.Code).Aggregate(Money.Zero, (sum, p) => sum - p.Amount));
    }

    [Fact]
    public async Task A_statement_leads_to_any_checkpoint_from_its_last_line_on()
    {
        await World();
        var before = await Latest();
        await Post("own", 1_00);
        await Seal();
        var between = await Latest();
        for (var i = 0; i < 9; i++)
        {
            await Post($"of others {i}", new(Accounts.Bank, new(1)), new(Accounts.Rental, new(-1)));
            await Seal();
        }
        var last = await Latest();

        Check(await Prove(Seller, March + 1), $" {last.Hash}");
        Check(await Prove(Seller, March + 1, between.Height), between.Hash.ToUpperInvariant());
        for (var height = before.Height; height <= last.Height; height++) Assert.Equal(height, Check(await Prove(Seller, March, height)).Height);
        Assert.Equal(["ledger.checkpoint_differs"], CheckedStatement.Of(await Prove(Seller, March + 1), between.Hash).Refusals.Select(r => r.Code));
        Assert.Equal(["ledger.checkpoint_differs"], CheckedStatement.Of(await Prove(Seller, March), new string('0', 64)).Refusals.Select(r => r.Code));
        foreach (var nowhere in new[] { before.Height, last.Height + 1 })
        {
            var refused = await With<ProveStatement, Result<byte[]>>(p => p.RunAsync(Seller, March + 1, nowhere, Cancel));
            Assert.Equal(["ledger.no_such_checkpoint"], refused.Refusals.Select(r => r.Code));
        }
    }

    [Fact]
    public async Task A_statement_has_few_blocks_however_many_there_are_until_its_checkpoint()
    {
        await Post("own", 1_00);
        for (var i = 0; i < 200; i++)
        {
            await Post($"of others {i}", new(Accounts.Bank, new(1)), new(Accounts.Rental, new(-1)));
            await Seal();
        }

        Assert.True(ProvenStatement.Read(await Prove(Seller, March)).TryGet(out var statement, out _));

        Assert.Equal((200, 1), (statement.Checkpoint.Height, statement.Batches.Single().Block));
        Assert.InRange(statement.Blocks.Count, 2, 24);
        Assert.True((await With<VerifyLedger, Verification>(v => v.RunAsync(Cancel))).IsSound);
    }

    [Fact]
    public async Task Another_way_than_the_shortest_proves_nothing()
    {
        await World();
        Assert.True(ProvenStatement.Read(await Prove(Seller, March)).TryGet(out var statement, out _));

        Assert.Contains("ledger.way_differs", FaultsWith([.. statement.Blocks.Skip(1)]));
        Assert.Contains("ledger.way_differs", FaultsWith([.. statement.Blocks.SkipLast(1)]));
        Assert.Contains("ledger.way_differs", FaultsWith([.. statement.Blocks, statement.Blocks[^1]]));
        Assert.Contains("ledger.way_differs", FaultsWith([.. statement.Blocks, statement.Blocks[^1] with { Height = statement.Checkpoint.Height + 1 }]));

        IEnumerable<string> FaultsWith(List<ProvenBlock> blocks) =>
            CheckedStatement.Of((statement with { Blocks = blocks }).ToJson()).Refusals.Select(r => r.Code);
    }

    [Fact]
    public async Task What_is_posted_while_a_month_is_closed_is_in_its_statement_or_in_the_next()
    {
        await Post("first", 1_00);
        var march = Time.Now;
        Time.AdjustTime(new(2026, 4, 1, 0, 0, 1, TimeSpan.FromHours(8)));
        var posting = Enumerable.Range(0, 16).Select(i => Task.Run(
            () => With<Journal>(j => j.PostAsync(Late($"s{i}", march), Cancel)), Cancel)).ToList();
        await Close(March);
        var closed = await Prove(Seller, March);
        await Task.WhenAll(posting);
        await Seal();

        Assert.Equal(closed, await Prove(Seller, March));
        Assert.Equal(new Money(17_00), Check(await Prove(Seller, March + 1)).Closing);
    }

    [Fact]
    public Task Statements_of_any_history_are_proven_and_add_up()
    {
        DistributorId[] all = [Parent, Seller, new(Guid.Parse("0198a000-0000-7000-8000-000000000003"))];
        var account = Gen.Select(Gen.Int[0, all.Length - 1], Gen.Int[0, 2], (who, state) => state switch
        {
            0 => Accounts.Pending(all[who]),
            1 => Accounts.Available(all[who]),
            _ => Accounts.Paying(all[who]),
        });
        var entry = Gen.Select(account, Gen.Long[1, 100_000_00]).Array[1, 9];
        var sources = 0;
        return entry.Array[1, 20].SampleAsync(async entries =>
        {
            Time.Advance(TimeSpan.FromDays(2));
            await With<Journal>(j => j.PostAsync(
                [.. entries.Select(lines => new Entry(
                    "test", $"s{++sources}", Time.Now, "",
                    [.. lines.Select(l => new Posting(l.Item1, new(-l.Item2), "x")), new(Accounts.Commission, new(lines.Sum(l => l.Item2)))]))], Cancel));
            if (sources % 3 != 0) await Seal();
            await Seal();
            foreach (var distributor in all)
            {
                var month = Month.Of(Zone.Shanghai.DateOf(Time.Now));
                var statement = Check(await Prove(distributor, month));
                IReadOnlyList<Account> own = [Accounts.Pending(distributor), Accounts.Available(distributor), Accounts.Paying(distributor)];
                Assert.Equal(-await With<Books, Money>(b => b.BalanceBeforeAsync(own, month, Cancel)), statement.Opening);
                Assert.Equal(-await With<Books, Money>(b => b.BalanceBeforeAsync(own, month + 1, Cancel)), statement.Closing);
            }
        }, iter: histories, threads: 1);
    }

    [Fact]
    public async Task The_command_checks_a_file_without_a_database()
    {
        await World();
        var (file, hash) = (Path.GetTempFileName(), (await Latest()).Hash);
        try
        {
            await File.WriteAllBytesAsync(file, await Prove(Seller, March), Cancel);
            var height = (await Latest()).Height;
            Assert.Equal(
                (0, $"2026-03 is proven: 12 postings, opening 7.77, moved 320.00, closing 327.77; checkpoint block {height} {hash}\n", ""),
                await Verb.Run("verify", file, "--checkpoint", hash, "--lang", "en"));
            Assert.Equal(
                (0, $"2026-03 对账单属实：12 行均在账，期初 7.77，发生 320.00，期末 327.77；检查点 第 {height} 块 {hash}\n", ""),
                await Verb.Run("verify", file, "--lang", "zh"));

            var (exit, output, error) = await Verb.Run("verify", file, "--checkpoint", new string('a', 64), "--lang", "en");
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains("The checkpoint differs", error, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("-80.00", "-80.01", StringComparison.Ordinal), Cancel);
            (exit, output, error) = await Verb.Run("verify", file, "--lang", "zh");
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains("行（80.01 元）不能证明在账簿中", error, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, "{}", Cancel);
            Assert.Equal(2, (await Verb.Run("verify", file, "--lang", "en")).Exit);
            Assert.NotEqual(0, (await Verb.Run("verify", "--checkpoint", hash)).Exit);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Equal(2, (await Verb.Run("verify", file, "--lang", "en")).Exit);
    }
}
