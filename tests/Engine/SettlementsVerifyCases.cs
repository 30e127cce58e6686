using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

public sealed class Settlements_verified_on_sqlite(SqliteDatabases engine) : SettlementsVerifyCases(engine);

public sealed class Settlements_verified_on_postgres(PostgresDatabases engine) : SettlementsVerifyCases(engine);

public abstract class SettlementsVerifyCases(Databases engine) : SettlementsTest(engine)
{
    private const string Bonus = """
        {"key":"volume","stage":"first","period":"month","scope":"team","basis":"whole",
         "tiers":[{"from":1,"per_card":"1.00"}],"release":{"mode":"at_once"}}
        """;

    /// <summary>Two orders: one available, one pending; and last month's bonus.</summary>
    private async Task World()
    {
        var product = await Product();
        var month = Month.Of(Zone.Shanghai.DateOf(Time.Now));
        await With<PublishBonus>(async p => Assert.False((await p.RunAsync(Bonus, month, Cancel)).IsRefused));
        await Record(await Order(product), "activated");
        await Run();
        Time.Advance(TimeSpan.FromDays(31));
        await Record(await Order(product), "activated");
        await Run();
        Assert.Equal((80_00, 81_00), await Balance(Seller));
    }

    private Task TamperWithout(string table, string sql) => Tamper(
        Database.Owner.StartsWith("Host", StringComparison.Ordinal)
            ? $"alter table {table} disable trigger user; {sql}"
            : $"drop trigger if exists {table}_no_update; drop trigger if exists {table}_no_delete; pragma foreign_keys=off; {sql}");

    [Fact]
    public async Task Untouched_books_are_sound()
    {
        await World();

        var verified = await Verify();

        Assert.True(verified.IsSound, string.Join('\n', verified.Findings.Select(f => f.Code)));
        Assert.Equal((2, 0, 64), (verified.Orders, verified.Waiting, verified.Seal.Length));
    }

    [Theory]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount + 1 where label = 'first//sale'", "ledger.hash_differs")]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount + 1 where label = 'first//sale'", "settlements.booked_differs")]
    [InlineData("ledger_posting", "update ledger_posting set label = 'other//sale' where label = 'first//sale'", "settlements.booked_differs")]
    [InlineData("ledger_posting", "update ledger_posting set amount = amount - 1 where label = 'volume/2026-03/bonus'", "settlements.bonus_differs")]
    [InlineData("bonus_line", "update bonus_line set amount = amount + 1", "settlements.bonus_differs")]
    [InlineData("bonus_line", "delete from bonus_line", "settlements.bonuses_differ")]
    [InlineData("bonus_card", "update bonus_card set team = team + 1", "settlements.cards_differ")]
    [InlineData("settled_order", "update settled_order set upstream = upstream + 1", "settlements.figures_differ")]
    [InlineData("settled_order", "update settled_order set pending = pending + 1", "settlements.figures_differ")]
    [InlineData("settled_order", "update settled_order set booked = (select booked from settled_order where available <> 0)", "settlements.booked_differs")]
    [InlineData("settled_order", "delete from settled_order", "settlements.entries_differ")]
    [InlineData("fact", "update fact set at = at + 9000000000000 where kind = 'activated'", "settlements.target_differs")]
    [InlineData("sales_order", "update sales_order set chain = replace(chain, '80.00', '90.00')", "settlements.target_differs")]
    public async Task A_replay_finds_what_was_tampered_with(string table, string sql, string finding)
    {
        await World();

        await TamperWithout(table, sql);

        var found = (await Verify()).Findings;
        Assert.Contains(finding, found.Select(f => f.Code));
        Assert.All(found, f => Assert.NotEmpty(Services.GetRequiredService<Texts>().Of(f)));
    }

    [Fact]
    public async Task The_command_says_that_the_books_are_sound_and_finds_a_changed_fen()
    {
        await World();
        var (exit, output, error) = await Verb.Run("verify", "--database", Database.App, "--lang", "en");
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("demo: sound; ", output, StringComparison.Ordinal);

        await TamperWithout("ledger_posting", "update ledger_posting set amount = amount + 1 where label = 'first//sale'");

        (exit, output, _) = await Verb.Run("verify", "--database", Database.App, "--lang", "en");
        Assert.Equal(2, exit);
        Assert.StartsWith("demo: Entr", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_refuses_a_database_that_is_not_there()
    {
        var (exit, output, error) = await Verb.Run("verify", "--database", "Data Source=/nowhere/none.db", "--lang", "en");

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("The database cannot be read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_that_no_run_has_seen_wait()
    {
        await World();
        await Record(await With<Db, OrderId>(db => db.Set<SettledOrderRow>().Select(o => o.OrderId).FirstAsync(Cancel)), "topped_up");

        var verified = await Verify();

        Assert.Equal((2, 1, true), (verified.Orders, verified.Waiting, verified.IsSound));
    }
}
