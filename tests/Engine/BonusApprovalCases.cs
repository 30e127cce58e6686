using HaoSuan.Catalog;

namespace HaoSuan.Tests.Engine;

public sealed class BonusApproval_on_sqlite(SqliteDatabases engine) : BonusApprovalCases(engine);

public sealed class BonusApproval_on_postgres(PostgresDatabases engine) : BonusApprovalCases(engine);

/// <summary>A bonus's way, the same as a scheme's: drafted and submitted by one, approved or rejected by another; and so is its end.</summary>
public abstract class BonusApprovalCases(Databases engine) : EngineTest(engine)
{
    private const string Anna = "user:anna";
    private const string Bert = "user:bert";
    private const string Key = "volume";

    private static readonly Month _march = new(2026, 3);

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private Task<T> As<TUseCase, T>(string actor, Func<TUseCase, Task<T>> call) where TUseCase : notnull =>
        With<IServiceProvider, T>(services =>
        {
            services.GetRequiredService<Actor>().Name = actor;
            return call(services.GetRequiredService<TUseCase>());
        });

    private Task<Result<string>> Draft(string actor, string json = Samples.Bonus, Month? first = null, string? change = null, Month? last = null) =>
        As<DraftBonus, Result<string>>(actor, d => d.RunAsync(json, first ?? _march, last, change, Cancel));

    private Task<Result<int>> End(string actor, Month last) => As<DraftBonus, Result<int>>(actor, d => d.EndAsync(Key, last, Cancel));

    private Task<Result<Done>> Submit(string actor, int version = 1) => As<SubmitBonus, Result<Done>>(actor, s => s.RunAsync(Key, version, Cancel));

    private Task<Result<Done>> Withdraw(string actor, int version = 1) => As<SubmitBonus, Result<Done>>(actor, s => s.WithdrawAsync(Key, version, Cancel));

    private Task<Result<Done>> Approve(string actor, int version = 1, int? seen = null) =>
        As<DecideBonus, Result<Done>>(actor, d => d.ApproveAsync(Key, version, seen, Cancel));

    private Task<Result<Done>> Reject(string actor, string reason, int version = 1) =>
        As<DecideBonus, Result<Done>>(actor, d => d.RejectAsync(Key, version, reason, Cancel));

    private Task<IReadOnlyList<PublishedBonus>> Live() => With<Schemes, IReadOnlyList<PublishedBonus>>(s => s.BonusesAsync(Cancel));

    private Task<BonusVersion?> Version(int version = 1) => With<Schemes, BonusVersion?>(s => s.FindBonusAsync(Key, version, Cancel));

    private Task<ProductId> Card() => With<Samples, ProductId>(s => s.CardOnSaleAsync());

    private static string CodeOf<T>(Result<T> refused) => Assert.Single(refused.Refusals).Code;

    [Fact]
    public async Task It_holds_only_from_its_approval_by_somebody_else_on()
    {
        await Card();

        Assert.Equal(Key, (await Draft(Anna)).Value);
        Assert.Equal("catalog.version_not_submitted", CodeOf(await Approve(Bert)));
        await Submit(Anna);
        Assert.Empty(await Live());
        Assert.Equal("catalog.own_version", CodeOf(await Approve(Anna)));
        Assert.Equal("catalog.own_version", CodeOf(await Reject(Anna, "no")));
        Assert.Equal("catalog.version_changed", CodeOf(await Approve(Bert, seen: 1)));
        Assert.False((await Approve(Bert, seen: 2)).IsRefused);
        Assert.False((await Approve(Bert)).IsRefused);      // sent twice

        Assert.Equal(_march, Assert.Single(await Live()).First);
        Assert.Equal(
            [(ProposalAction.Drafted, Anna), (ProposalAction.Submitted, Anna), (ProposalAction.Approved, Bert)],
            (await Version())!.Steps.Select(s => (s.Action, s.Actor)));
    }

    [Fact]
    public async Task What_was_withdrawn_or_rejected_is_changed_and_submitted_again()
    {
        await Card();
        var higher = Samples.Bonus.Replace("\"5.00\"", "\"6.00\"", StringComparison.Ordinal);
        await Draft(Anna);
        await Submit(Anna);

        Assert.Equal("catalog.version_not_editable", CodeOf(await Draft(Anna, higher, change: Key)));
        Assert.Equal("catalog.version_of_others", CodeOf(await Withdraw(Bert)));
        Assert.False((await Withdraw(Anna)).IsRefused);
        Assert.False((await Draft(Anna, higher, change: Key)).IsRefused);
        await Submit(Anna);
        Assert.Equal("catalog.reason_missing", CodeOf(await Reject(Bert, " ")));
        Assert.False((await Reject(Bert, "从四月起")).IsRefused);
        Assert.False((await Draft(Anna, higher, _march + 1, Key, _march + 2)).IsRefused);
        await Submit(Anna);
        await Approve(Bert);

        var live = Assert.Single(await Live());
        Assert.Equal((new Money(6_00), _march + 1, _march + 2), (live.Bonus.Tiers[1].PerCard, live.First, live.Last));
        Assert.Equal("从四月起", (await Version())!.Steps.Single(s => s.Action == ProposalAction.Rejected).Reason);
        Assert.Equal("catalog.version_not_editable", CodeOf(await Draft(Anna, Samples.Bonus, _march + 1, Key)));
    }

    [Fact]
    public async Task Its_key_is_its_own_and_a_draft_sent_twice_is_one()
    {
        await Card();
        await Draft(Anna);

        Assert.Equal(Key, (await Draft(Anna)).Value);
        Assert.Single((await Version())!.Steps);
        Assert.Equal("catalog.bonus_taken", CodeOf(await Draft(Anna, first: _march + 1)));
        var other = Samples.Bonus.Replace("volume", "other", StringComparison.Ordinal);
        Assert.Equal("catalog.bonus_key_kept", CodeOf(await Draft(Anna, other, change: Key)));
    }

    [Fact]
    public async Task What_no_longer_holds_while_it_waits_is_refused_at_its_approval()
    {
        await Card();
        await Draft(Anna);
        await Submit(Anna);
        Time.Advance(TimeSpan.FromDays(32));

        var late = await Approve(Bert);
        Assert.Equal(("catalog.month_is_past", "first"), (CodeOf(late), late.Refusals[0].Field));
        Assert.Empty(await Live());
        await Withdraw(Anna);
        Assert.Equal("catalog.months_reversed", CodeOf(await Draft(Anna, first: _march + 2, change: Key, last: _march + 1)));
        Assert.False((await Draft(Anna, first: _march + 1, change: Key)).IsRefused);
    }

    [Fact]
    public async Task It_ends_only_when_somebody_else_approves_the_end()
    {
        await Card();
        await Draft(Anna);
        Assert.Equal("catalog.bonus_unknown", CodeOf(await End(Anna, _march)));
        await Submit(Anna);
        await Approve(Bert);

        Assert.Equal("catalog.month_is_past", CodeOf(await End(Anna, _march + -1)));
        Assert.Equal(2, (await End(Anna, _march + 3)).Value);
        Assert.Equal(2, (await End(Anna, _march + 1)).Value);
        await Submit(Anna, 2);
        Assert.Equal("catalog.version_not_editable", CodeOf(await End(Anna, _march + 2)));
        Assert.Null(Assert.Single(await Live()).Last);
        Assert.Equal("catalog.own_version", CodeOf(await Approve(Anna, 2)));
        Assert.False((await Approve(Bert, 2)).IsRefused);

        Assert.Equal(_march + 1, Assert.Single(await Live()).Last);
        Assert.Equal("catalog.bonus_ends_before", CodeOf(await End(Anna, _march + 2)));
        Assert.Equal(3, (await End(Anna, _march)).Value);
    }

    [Fact]
    public async Task Two_who_write_one_key_at_once_write_one_bonus()
    {
        await Card();

        var drafted = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => Draft(n % 2 == 0 ? Anna : Bert, first: _march + n))));

        Assert.Single(drafted, d => !d.IsRefused);
        Assert.All(drafted.Where(d => d.IsRefused), d => Assert.Equal("catalog.bonus_taken", CodeOf(d)));
    }

    [Theory]
    [InlineData("update bonus_step set actor = 'user:carl'")]
    [InlineData("delete from bonus_step")]
    public async Task What_was_done_with_it_cannot_be_undone_even_by_the_databases_owner(string sql)
    {
        await Card();
        await Draft(Anna);

        Assert.Contains("append-only", (await Record.ExceptionAsync(() => Tamper(sql)))?.Message, StringComparison.Ordinal);
    }
}
