using HaoSuan.Distributors;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Engine;

public sealed class Distributors_on_sqlite(SqliteDatabases engine) : DistributorCases(engine);

public sealed class Distributors_on_postgres(PostgresDatabases engine) : DistributorCases(engine);

public abstract class DistributorCases(Databases engine) : EngineTest(engine)
{
    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private Task<DistributorId> Add(string code, DistributorId? parent = null) => With<Samples, DistributorId>(s => s.DistributorAsync(code, parent));

    private Task<ProductId> Card(string more = "") => With<Samples, ProductId>(s => s.CardOnSaleAsync(more));

    private Task<Result<Done>> SetRate(DistributorId distributor, ProductId product, long fen, Instant? from = null) =>
        With<Samples, Result<Done>>(s => s.RateAsync(distributor, product, fen, from));

    private async Task<string?> Refused(DistributorId distributor, ProductId product, long fen, Instant? from = null) =>
        (await SetRate(distributor, product, fen, from)).Refusals.Select(r => r.Code).FirstOrDefault();

    private Task<Result<IReadOnlyList<ChainMember>>> Chain(DistributorId seller, ProductId product, Instant? at = null) =>
        With<Tree, Result<IReadOnlyList<ChainMember>>>(t => t.ChainAsync(seller, product, at ?? Time.Now, Cancel));

    [Fact]
    public async Task There_is_no_third_level()
    {
        var child = await Add("B", await Add("A"));

        var refused = await With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("C", "丙店", child), Cancel));

        Assert.Equal("distributors.too_deep", Assert.Single(refused.Refusals).Code);
        Assert.Equal(["A", "B"], (await With<Tree, IReadOnlyList<Distributor>>(t => t.AllAsync(Cancel))).Select(d => d.Code));
    }

    [Fact]
    public async Task A_chain_goes_from_the_top_to_the_seller_with_the_rates_of_the_instant()
    {
        var (product, top) = (await Card(), await Add("A"));
        var seller = await Add("B", top);
        await SetRate(top, product, 110_00);
        await SetRate(seller, product, 80_00);
        await SetRate(seller, product, 90_00, Time.Now + TimeSpan.FromDays(1));

        var today = (await Chain(seller, product)).Value;
        var tomorrow = (await Chain(seller, product, Time.Now + TimeSpan.FromDays(1))).Value;

        Assert.Equal([top, seller], today.Select(m => m.Id));
        Assert.Equal([Rate.Amount(new(110_00)), Rate.Amount(new(80_00))], today.Select(m => m.Rates["first"]));
        Assert.Equal(Rate.Amount(new(90_00)), tomorrow[1].Rates["first"]);
    }

    [Fact]
    public async Task A_rate_of_the_same_instant_replaces_the_one_before()
    {
        var (product, top) = (await Card(), await Add("A"));

        await SetRate(top, product, 110_00);
        await SetRate(top, product, 100_00);

        Assert.Equal(Rate.Amount(new(100_00)), (await Chain(top, product)).Value[0].Rates["first"]);
        Assert.Equal(2, (await With<Tree, IReadOnlyList<RateSet>>(t => t.HistoryAsync(top, Cancel))).Count);
    }

    [Fact]
    public async Task A_rate_is_never_above_the_parents()
    {
        var (product, top) = (await Card(), await Add("A"));
        var seller = await Add("B", top);

        Assert.Equal("distributors.parent_has_no_rate", await Refused(seller, product, 80_00));
        await SetRate(top, product, 100_00);
        Assert.Equal("distributors.above_parent", await Refused(seller, product, 100_01));
        Assert.Null(await Refused(seller, product, 100_00));
        Assert.Equal("distributors.below_child", await Refused(top, product, 99_99));
    }

    [Fact]
    public async Task A_parents_rate_that_will_fall_is_seen_now()
    {
        var (product, top) = (await Card(), await Add("A"));
        var seller = await Add("B", top);
        await SetRate(top, product, 100_00);
        await SetRate(top, product, 60_00, Time.Now + TimeSpan.FromDays(5));

        Assert.Equal("distributors.above_parent", await Refused(seller, product, 80_00));
        Assert.Null(await Refused(seller, product, 60_00));
        Assert.Null(await Refused(top, product, 70_00, Time.Now + TimeSpan.FromDays(9)));
        Assert.Null(await Refused(seller, product, 70_00, Time.Now + TimeSpan.FromDays(9)));
    }

    [Fact]
    public async Task A_scheme_by_the_highest_rate_allows_it()
    {
        var (product, top) = (await Card(""","differential":"highest" """), await Add("A"));
        var seller = await Add("B", top);
        await SetRate(top, product, 100_00);

        Assert.Null(await Refused(seller, product, 105_00));
        Assert.Equal(2, (await Chain(seller, product)).Value.Count);
    }

    [Fact]
    public async Task A_chain_without_a_rate_for_a_stage_is_refused_with_who_and_which()
    {
        var (product, top) = (await Card(), await Add("A"));
        var seller = await Add("B", top);
        await SetRate(top, product, 100_00);

        var refusal = Assert.Single((await Chain(seller, product)).Refusals);

        Assert.Equal("distributors.rate_missing", refusal.Code);
        Assert.Equal(["B", "激活"], refusal.Arguments);
    }

    [Fact]
    public async Task A_rate_of_an_unknown_stage_a_negative_one_and_one_from_the_past_are_refused()
    {
        var (product, top) = (await Card(), await Add("A"));

        var unknown = await With<SetRate, Result<Done>>(s => s.RunAsync(new(top, product, "second", Rate.Amount(new(1))), Cancel));

        Assert.Equal("distributors.stage_unknown", unknown.Refusals[0].Code);
        Assert.Equal("distributors.rate_wrong", await Refused(top, product, -1));
        Assert.Equal("distributors.from_is_past", await Refused(top, product, 1, Time.Now - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_share_is_kept_as_a_share()
    {
        var (product, top) = (await Card(), await Add("A"));

        await With<SetRate, Result<Done>>(s => s.RunAsync(new(top, product, "first", Rate.Share(new(1234))), Cancel));

        Assert.Equal(Rate.Share(new(1234)), (await Chain(top, product)).Value[0].Rates["first"]);
    }

    [Fact]
    public async Task Rates_set_at_once_in_a_branch_never_end_up_inverted()
    {
        var (product, top) = (await Card(), await Add("A"));
        var seller = await Add("B", top);
        await SetRate(top, product, 100_00);
        await SetRate(seller, product, 50_00);

        await Task.WhenAll(SetRate(top, product, 60_00), SetRate(seller, product, 90_00));

        Assert.False((await Chain(seller, product)).IsRefused);
    }

    [Fact]
    public async Task An_invitation_tells_its_tenant_and_opens_while_its_distributor_is_active()
    {
        var top = await Add("A");
        var made = (await With<CreateInvitation, Result<Invitation>>(c => c.RunAsync(top, Cancel))).Value;

        Assert.Matches("^demo-[2-9A-HJ-NP-Z]{8}$", made.Code);
        Assert.Equal(made, await With<Tree, Invitation?>(t => t.InvitationAsync(made.Code, Cancel)));
        await With<Activate, Result<Done>>(a => a.RunAsync(top, false, Cancel));
        Assert.Null(await With<Tree, Invitation?>(t => t.InvitationAsync(made.Code, Cancel)));
    }

    [Fact]
    public async Task Another_tenant_sees_and_changes_nothing()
    {
        var (product, top) = (await Card(), await Add("A"));
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        Assert.Null(await With<Tree, Distributor?>(t => t.FindAsync(top, Cancel), other));
        Assert.True((await With<Samples, Result<Done>>(s => s.RateAsync(top, product, 1), other)).IsRefused);
        Assert.True((await With<CreateInvitation, Result<Invitation>>(c => c.RunAsync(top, Cancel), other)).IsRefused);
        Assert.True((await With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("X", "店", top), Cancel), other)).IsRefused);
    }
}
