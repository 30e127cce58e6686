using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Engine;

public sealed class SchemeApproval_on_sqlite(SqliteDatabases engine) : SchemeApprovalCases(engine);

public sealed class SchemeApproval_on_postgres(PostgresDatabases engine) : SchemeApprovalCases(engine);

/// <summary>A version's way: drafted and submitted by one, approved or rejected by another.</summary>
public abstract class SchemeApprovalCases(Databases engine) : EngineTest(engine)
{
    private const string Anna = "user:anna";
    private const string Bert = "user:bert";

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private Task<ProductId> Card() => With<Samples, ProductId>(s => s.CardAsync());

    private Task<T> As<TUseCase, T>(string actor, Func<TUseCase, Task<T>> call) where TUseCase : notnull =>
        With<IServiceProvider, T>(services =>
        {
            services.GetRequiredService<Actor>().Name = actor;
            return call(services.GetRequiredService<TUseCase>());
        });

    private Task<Result<int>> Draft(ProductId product, string actor, string upstream = "120.00", Instant? from = null, int? version = null) =>
        As<DraftScheme, Result<int>>(actor, d => d.RunAsync(product, Samples.Scheme(upstream), from, version, Cancel));

    private Task<Result<Done>> Submit(ProductId product, string actor, int version = 1) =>
        As<SubmitScheme, Result<Done>>(actor, s => s.RunAsync(product, version, Cancel));

    private Task<Result<Done>> Approve(ProductId product, string actor, int version = 1, int? seen = null) =>
        As<DecideScheme, Result<Done>>(actor, d => d.ApproveAsync(product, version, seen, Cancel));

    private Task<Result<Done>> Reject(ProductId product, string actor, string reason, int version = 1) =>
        As<DecideScheme, Result<Done>>(actor, d => d.RejectAsync(product, version, reason, Cancel));

    private Task<SchemeVersion?> Version(ProductId product, int version = 1) =>
        With<Schemes, SchemeVersion?>(s => s.FindVersionAsync(product, version, Cancel));

    private async Task<int?> InForce(ProductId product, Instant? at = null) =>
        (await With<Schemes, PublishedScheme?>(s => s.InForceAsync(product, at ?? Time.Now, Cancel)))?.Version;

    private static string CodeOf<T>(Result<T> refused) => Assert.Single(refused.Refusals).Code;

    [Fact]
    public async Task Orders_pin_a_version_only_from_its_approval_by_somebody_else_on()
    {
        var product = await Card();

        Assert.Equal(1, (await Draft(product, Anna)).Value);
        Assert.Null(await InForce(product));
        Assert.False((await Submit(product, Anna)).IsRefused);
        Assert.Null(await InForce(product));
        Assert.Equal("catalog.own_version", CodeOf(await Approve(product, Anna)));
        Assert.False((await Approve(product, Bert)).IsRefused);

        Assert.Equal(1, await InForce(product));
        var version = (await Version(product))!;
        Assert.Equal(ProposalState.Approved, version.State);
        Assert.Equal(
            [(ProposalAction.Drafted, Anna), (ProposalAction.Submitted, Anna), (ProposalAction.Approved, Bert)],
            version.Steps.Select(s => (s.Action, s.Actor)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_wrote_or_submitted_it_cannot_approve_it(bool wrote)
    {
        var product = await Card();
        await Draft(product, wrote ? Anna : Bert);
        await Submit(product, wrote ? Bert : Anna);

        Assert.Equal("catalog.own_version", CodeOf(await Approve(product, Anna)));
        Assert.Equal("catalog.own_version", CodeOf(await Approve(product, Bert)));
        Assert.Equal("catalog.own_version", CodeOf(await Reject(product, Bert, "no")));
        Assert.False((await Approve(product, "user:carl")).IsRefused);
    }

    [Fact]
    public async Task A_rejected_version_keeps_the_reason_and_may_be_changed_and_submitted_again()
    {
        var product = await Card();
        await Draft(product, Anna);
        await Submit(product, Anna);

        Assert.Equal("catalog.reason_missing", CodeOf(await Reject(product, Bert, " ")));
        Assert.False((await Reject(product, Bert, "上游是 130 元")).IsRefused);
        Assert.Equal("上游是 130 元", (await Version(product))!.Steps[^1].Reason);
        Assert.Equal("catalog.version_not_draft", CodeOf(await Submit(product, Anna)));
        Assert.Equal("catalog.version_not_submitted", CodeOf(await Approve(product, Bert)));
        Assert.Equal(1, (await Draft(product, Anna, "130.00", version: 1)).Value);
        await Submit(product, Anna);
        Assert.False((await Approve(product, Bert)).IsRefused);

        var live = (await With<Schemes, PublishedScheme?>(s => s.InForceAsync(product, Time.Now, Cancel)))!;
        Assert.Equal(new Money(130_00), live.Scheme.Stages[0].Upstream.Of(Money.Zero));
    }

    [Fact]
    public async Task What_is_submitted_or_approved_is_not_changed()
    {
        var product = await Card();
        await Draft(product, Anna);
        await Submit(product, Anna);
        Assert.Equal("catalog.version_not_editable", CodeOf(await Draft(product, Anna, "1.00", version: 1)));
        await Approve(product, Bert);

        Assert.Equal("catalog.version_not_editable", CodeOf(await Draft(product, Anna, "1.00", version: 1)));
        Assert.Equal("catalog.version_not_submitted", CodeOf(await Reject(product, Bert, "late")));
        Assert.Equal("catalog.version_not_editable", CodeOf(await Draft(product, Anna, "1.00", version: 9)));
    }

    [Fact]
    public async Task Its_author_withdraws_a_version_before_it_is_decided_and_nobody_else_does()
    {
        var product = await Card();
        Task<Result<Done>> Withdraw(string actor) => As<SubmitScheme, Result<Done>>(actor, s => s.WithdrawAsync(product, 1, Cancel));
        await Draft(product, Anna);
        Assert.Equal("catalog.version_not_submitted", CodeOf(await Withdraw(Anna)));
        await Submit(product, Anna);

        Assert.Equal("catalog.version_of_others", CodeOf(await Withdraw(Bert)));
        Assert.False((await Withdraw(Anna)).IsRefused);
        Assert.False((await Withdraw(Anna)).IsRefused);     // sent twice
        Assert.Equal("catalog.version_not_submitted", CodeOf(await Approve(product, Bert)));
        Assert.Equal(1, (await Draft(product, Anna, "130.00", version: 1)).Value);
        await Submit(product, Anna);
        await Approve(product, Bert);

        Assert.Equal("catalog.version_not_submitted", CodeOf(await Withdraw(Anna)));
        Assert.Equal(
            [
                ProposalAction.Drafted, ProposalAction.Submitted, ProposalAction.Withdrawn,
                ProposalAction.Changed, ProposalAction.Submitted, ProposalAction.Approved,
            ],
            (await Version(product))!.Steps.Select(s => s.Action));
    }

    [Fact]
    public async Task Who_read_an_older_text_does_not_approve_the_newer_one()
    {
        var product = await Card();
        await Draft(product, Anna);
        await Submit(product, Anna);
        var read = (await Version(product))!.Steps.Count;
        await Reject(product, "user:carl", "too much");
        await Draft(product, Anna, "1.00", version: 1);
        await Submit(product, Anna);

        Assert.Equal("catalog.version_changed", CodeOf(await Approve(product, Bert, seen: read)));
        Assert.False((await Approve(product, Bert, seen: (await Version(product))!.Steps.Count)).IsRefused);
    }

    [Fact]
    public async Task A_version_not_live_yet_can_be_read_in_every_state()
    {
        var product = await Card();
        await Draft(product, Anna);
        await Draft(product, Anna, "130.00", Time.Now + TimeSpan.FromDays(3));
        await Submit(product, Anna, 2);

        var drafts = await With<Schemes, IReadOnlyList<SchemeVersion>>(s => s.DraftsAsync(product, Cancel));
        Assert.Equal([(2, ProposalState.Submitted), (1, ProposalState.Draft)], drafts.Select(d => (d.Version, d.State)));
        Assert.Equal((2, new Money(130_00)), (drafts[0].Scheme.Version, drafts[0].Scheme.Stages[0].Upstream.Of(Money.Zero)));
        await Approve(product, Bert, 2);

        Assert.Equal(1, Assert.Single(await With<Schemes, IReadOnlyList<SchemeVersion>>(s => s.DraftsAsync(null, Cancel))).Version);
        Assert.Equal(ProposalState.Approved, (await Version(product, 2))!.State);
        Assert.Null(await InForce(product));
        Assert.Equal(2, await InForce(product, Time.Now + TimeSpan.FromDays(3)));
        Assert.Null(await Version(product, 3));
    }

    [Fact]
    public async Task A_version_of_the_same_or_an_earlier_date_than_a_live_one_is_refused_even_at_its_approval()
    {
        var product = await Card();
        var day = Time.Now + TimeSpan.FromDays(3);
        await Draft(product, Anna, "110.00", day);
        await Draft(product, Anna, "120.00", day);
        await Draft(product, Anna, "130.00", day + TimeSpan.FromDays(1));
        foreach (var version in new[] { 1, 2, 3 }) await Submit(product, Anna, version);
        await Approve(product, Bert);

        Assert.Equal("catalog.from_before_last", CodeOf(await Approve(product, Bert, 2)));
        Assert.Equal("catalog.from_before_last", CodeOf(await Draft(product, Anna, "140.00", day)));
        Assert.False((await Approve(product, Bert, 3)).IsRefused);
        Assert.Equal(1, await InForce(product, day));
        Assert.Equal(3, await InForce(product, day + TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task A_date_that_passed_while_the_version_waited_is_refused()
    {
        var product = await Card();
        await Draft(product, Anna, from: Time.Now + TimeSpan.FromDays(1));
        await Submit(product, Anna);
        Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal("catalog.from_is_past", CodeOf(await Approve(product, Bert)));
    }

    [Fact]
    public async Task A_draft_sent_twice_is_one_and_every_step_is_done_once()
    {
        var product = await Card();

        Assert.Equal(1, (await Draft(product, Anna)).Value);
        Assert.Equal(1, (await Draft(product, Anna)).Value);
        await Submit(product, Anna);
        await Submit(product, Anna);
        await Approve(product, Bert);
        Assert.False((await Approve(product, Bert)).IsRefused);

        Assert.Equal(3, (await Version(product))!.Steps.Count);
    }

    [Fact]
    public async Task A_scheme_that_contradicts_itself_is_refused_on_the_field_of_its_path()
    {
        // A penalty is booked under that key.
        var contradictory = Samples.Scheme("120.00").Replace("\"key\":\"first\"", "\"key\":\"clawback\"", StringComparison.Ordinal);

        Assert.Equal("catalog.product_unknown", CodeOf(await As<DraftScheme, Result<int>>(Anna, d => d.RunAsync(default, contradictory, cancel: Cancel))));
        var product = await Card();
        var refused = await As<DraftScheme, Result<int>>(Anna, d => d.RunAsync(product, contradictory, cancel: Cancel));

        Assert.Equal(("catalog.stage_key_reserved", "stages[0].key"), (CodeOf(refused), refused.Refusals[0].Field));
    }

    [Fact]
    public async Task A_bonus_and_the_schemes_that_it_counts_by_agree_on_the_stage()
    {
        var product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        var march = new Month(2026, 3);
        Task<Result<string>> Bonus(string json) => With<PublishBonus, Result<string>>(p => p.RunAsync(json, march, Cancel));
        var second = Samples.Bonus.Replace("\"first\"", "\"second\"", StringComparison.Ordinal);

        Assert.Equal("catalog.bonus_stage_missing", CodeOf(await Bonus(second)));
        Assert.Equal("catalog.bonus_stage_unknown", CodeOf(await Bonus(second.Replace("\"products\":[\"GD29\"],", "", StringComparison.Ordinal))));
        Assert.False((await Bonus(Samples.Bonus)).IsRefused);

        var without = Samples.Scheme("1.00").Replace("\"key\":\"first\"", "\"key\":\"other\"", StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromHours(1));
        var refused = await As<DraftScheme, Result<int>>(Anna, d => d.RunAsync(product, without, cancel: Cancel));
        Assert.Equal("catalog.bonus_counts_stage", CodeOf(refused));
    }

    [Theory]
    [InlineData("update scheme_step set actor = 'user:carl'")]
    [InlineData("delete from scheme_step")]
    public async Task What_was_done_with_a_version_cannot_be_undone_even_by_the_databases_owner(string sql)
    {
        await Draft(await Card(), Anna);

        Assert.Contains("append-only", (await Record.ExceptionAsync(() => Tamper(sql)))?.Message, StringComparison.Ordinal);
    }
}
