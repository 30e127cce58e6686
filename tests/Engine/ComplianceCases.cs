using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Exceptions;

namespace HaoSuan.Tests.Engine;

public sealed class Compliance_on_sqlite(SqliteDatabases engine) : ComplianceCases(engine);

public sealed class Compliance_on_postgres(PostgresDatabases engine) : ComplianceCases(engine);

/// <summary>Levels, persons, authorisations and contracts: what the law asks, kept and watched.</summary>
public abstract class ComplianceCases(Databases engine) : EngineTest(engine)
{
    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    [Fact]
    public async Task A_third_level_needs_a_reason_and_a_second_person_and_there_is_never_a_fourth()
    {
        var child = await Add("B", await Add("A"));
        Assert.Equal("distributors.levels_wrong", (await Ask(4)).Refusals[0].Code);
        Assert.Equal("distributors.reason_missing", (await Ask(3, "")).Refusals[0].Code);
        var number = (await Ask(3)).Value;
        Assert.Equal("distributors.levels_asked_already", (await Ask(3)).Refusals[0].Code);

        Assert.Equal("distributors.levels_second_person", (await Decide(number, "asker")).Refusals[0].Code);
        Assert.Equal("distributors.too_deep", (await TryAdd("C", child)).Refusals[0].Code);
        Assert.False((await Decide(number, "other")).IsRefused);
        Assert.Equal("distributors.levels_decided", (await Decide(number, "other")).Refusals[0].Code);

        var third = (await TryAdd("C", child)).Value;
        Assert.Equal("distributors.too_deep", (await TryAdd("D", third)).Refusals[0].Code);
        var step = Assert.Single(await With<LevelLimit, IReadOnlyList<LevelLimitStep>>(l => l.HistoryAsync(Cancel)));
        Assert.Equal((3, "asker", "other", true), (step.Levels, step.AskedBy, step.DecidedBy, step.Approved));
    }

    [Fact]
    public async Task A_chain_of_three_levels_is_pinned_with_all_its_rates()
    {
        _ = await Decide((await Ask(3)).Value, "other");
        var product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        var a = await Add("A");
        var b = await Add("B", a);
        var c = await Add("C", b);
        foreach (var (who, fen) in new[] { (a, 100_00), (b, 90_00), (c, 80_00) }) await With<Samples, Result<Done>>(s => s.RateAsync(who, product, fen));

        Assert.Equal([a, b, c], (await Chain(c, product)).Value.Select(m => m.Id));
        Assert.Equal("distributors.below_child", (await With<Samples, Result<Done>>(s => s.RateAsync(b, product, 70_00))).Refusals[0].Code);
        Assert.Equal([c], (await With<Tree, IReadOnlyList<Distributor>>(t => t.TeamAsync(a, Cancel))).Skip(2).Select(d => d.Id));
    }

    [Fact]
    public async Task An_authorisation_that_has_ended_stops_the_upstreams_orders_until_there_is_another()
    {
        var (product, seller) = (await With<Samples, ProductId>(s => s.CardOnSaleAsync()), await Add("A"));
        await With<Samples, Result<Done>>(s => s.RateAsync(seller, product, 80_00));
        Assert.False((await Chain(seller, product)).IsRefused);

        var first = (await Record(seller, new(2026, 3, 1), new(2026, 3, 31))).Value;
        Assert.False((await Chain(seller, product)).IsRefused);
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal("distributors.authorisation_lapsed", (await Chain(seller, product)).Refusals[0].Code);
        Assert.Equal(("172 号卡", new DateOnly(2026, 3, 31), true), Assert.Single(
            await With<Authorisations, IReadOnlyList<(string, DateOnly, bool)>>(a => a.EndingAsync(seller, Cancel))));
        var second = (await Record(seller, new(2026, 4, 1), new(2027, 3, 31))).Value;
        Assert.False((await Chain(seller, product)).IsRefused);
        Assert.Empty(await With<Authorisations, IReadOnlyList<(string, DateOnly, bool)>>(a => a.EndingAsync(seller, Cancel)));

        Assert.Equal("distributors.authorisation_gone", (await Revoke(await Add("B"), second)).Refusals[0].Code);
        _ = (await Revoke(seller, second)).Value;
        Assert.Equal("distributors.authorisation_lapsed", (await Chain(seller, product)).Refusals[0].Code);
        Assert.Equal([second, first], (await With<Authorisations, IReadOnlyList<Authorisation>>(a => a.ListAsync(seller, Cancel))).Select(a => a.Id));
    }

    [Fact]
    public async Task The_office_is_warned_a_month_before_an_authorisation_ends_and_of_a_branch_near_the_threshold()
    {
        _ = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        var top = await Add("A");
        _ = (await Record(top, new(2026, 3, 1), new(2026, 4, 30))).Value;
        for (var i = 0; i < 28; i++) await Add($"B{i}", top);
        Assert.Empty(await Found());

        await Add("B28", top);
        Assert.Equal(["distributors.case_threshold"], await Found());
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(["distributors.case_authorisation", "distributors.case_threshold"], await Found());
        _ = (await Record(top, new(2026, 5, 1), new(2027, 4, 30))).Value;
        await With<Activate, Result<Done>>(x => x.RunAsync(top, false, Cancel));
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_distributor_accepts_the_version_that_it_has_read_once()
    {
        var seller = await Add("A");
        Assert.Equal("distributors.no_contract", (await Accept(seller, "")).Refusals[0].Code);
        await With<Contracts, Result<int>>(c => c.PublishAsync("协议一", Cancel));
        var first = (await With<Contracts, TextVersion?>(c => c.PresentAsync(Cancel)))!;
        await With<Contracts, Result<int>>(c => c.PublishAsync("协议二", Cancel));
        var second = (await With<Contracts, TextVersion?>(c => c.PresentAsync(Cancel)))!;

        Assert.Equal("distributors.contract_changed", (await Accept(seller, first.Sha256)).Refusals[0].Code);
        await Task.WhenAll(Accept(seller, second.Sha256), Accept(seller, second.Sha256));

        Assert.Equal((2, second.Sha256), Assert.Single(
            (await With<Contracts, IReadOnlyList<Acceptance>>(c => c.AcceptedAsync(seller, Cancel))).Select(a => (a.Version, a.Sha256))));
        await Assert.ThrowsAnyAsync<Exception>(() => Tamper("delete from distributor_acceptance"));
    }

    private async Task<IReadOnlyList<string>> Found()
    {
        await With<CompareAll>(c => c.RunAsync(Cancel));
        return [.. (await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 100, Cancel))).Select(c => c.Kind)
            .Where(k => k.StartsWith("distributors.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private Task<DistributorId> Add(string code, DistributorId? parent = null) => With<Samples, DistributorId>(s => s.DistributorAsync(code, parent));

    private Task<Result<DistributorId>> TryAdd(string code, DistributorId parent) =>
        With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new(code, "店", parent), Cancel));

    private Task<Result<int>> Ask(int levels, string reason = "上游书面同意，文号 2026-8") =>
        As<LevelLimit, Result<int>>("asker", l => l.AskAsync(levels, reason, Cancel));

    private Task<Result<Done>> Decide(int number, string who) => As<LevelLimit, Result<Done>>(who, l => l.DecideAsync(number, true, Cancel));

    private Task<T> As<TService, T>(string who, Func<TService, Task<T>> call) where TService : notnull => With<IServiceProvider, T>(services =>
    {
        services.GetRequiredService<Actor>().Name = who;
        return call(services.GetRequiredService<TService>());
    });

    private Task<Result<IReadOnlyList<ChainMember>>> Chain(DistributorId seller, ProductId product) =>
        With<Tree, Result<IReadOnlyList<ChainMember>>>(t => t.ChainAsync(seller, product, Time.Now, Cancel));

    private async Task<Result<Guid>> Record(DistributorId who, DateOnly from, DateOnly last)
    {
        var upstream = (await With<Products, Upstream?>(p => p.UpstreamAsync("hao172", Cancel)))!.Id;
        return await With<Authorisations, Result<Guid>>(a => a.RecordAsync(new(who, upstream, "授权 2026-1", "线上推广", from, last), Cancel));
    }

    private Task<Result<Done>> Revoke(DistributorId who, Guid id) => With<Authorisations, Result<Done>>(a => a.RevokeAsync(who, id, "终止合作", Cancel));

    private Task<Result<Done>> Accept(DistributorId who, string sha256) => With<Contracts, Result<Done>>(c => c.AcceptAsync(who, sha256, Cancel));
}
