using CsCheck;
using HaoSuan.Catalog;
using HaoSuan.Distributors;

namespace HaoSuan.Tests.Engine;

public sealed class Storefront_on_sqlite(SqliteDatabases engine) : StorefrontCases(engine);

public sealed class Storefront_on_postgres(PostgresDatabases engine) : StorefrontCases(engine);

/// <summary>What shops keep in memory is at every moment what the database says.</summary>
public abstract class StorefrontCases(Databases engine) : EngineTest(engine)
{
    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_changes_and_however_time_goes_on_a_shop_has_what_the_tree_says(int seed)
    {
        var (random, product, upstream) = (new PCG(1, (ulong)seed), await With<Samples, ProductId>(s => s.CardOnSaleAsync()), (await Upstream()).Id);
        List<DistributorId> all = [await Add("A"), await Add("B")];
        all.Add(await Add("C", all[0]));
        all.Add(await Add("D", all[1]));
        foreach (var (who, fen) in all.Zip([100_00, 100_00, 60_00, 60_00])) await With<Samples>(s => s.RateAsync(who, product, fen));
        List<string> invitations = [];
        foreach (var who in all) invitations.Add((await With<CreateInvitation, Result<Invitation>>(c => c.RunAsync(who, Cancel))).Value.Code);
        HashSet<string> seen = [];
        int Below(int limit) => (int)random.Next((uint)limit);

        for (var step = 0; step < 40; step++)
        {
            var (who, later) = (all[Below(4)], Time.Now + TimeSpan.FromHours(1 + Below(47)));
            await (Below(9) switch
            {
                0 => With<Samples>(s => s.RateAsync(who, product, (1 + Below(119)) * 1_00, Below(2) == 0 ? null : later)),
                1 => With<MoveDistributor>(m => m.RunAsync(new(all[2 + Below(2)], all[Below(2)], "区域调整", later), Cancel)),
                2 => With<Freeze>(f => f.RunAsync(new(who, "核实中", From: Below(2) == 0 ? null : later, Until: later + TimeSpan.FromHours(9)), Cancel)),
                3 => With<Freeze>(f => f.LiftAsync(who, "已核实", Cancel)),
                4 => With<Activate>(a => a.RunAsync(who, Below(3) > 0, Cancel)),
                5 => With<Authorisations>(a => a.RecordAsync(new(who, upstream, "授权书", "全国", Day(Below(3) - 1), Day(1 + Below(2))), Cancel)),
                6 => With<PutOnSale>(p => p.RunAsync(product, Below(3) > 0, Cancel)),
                7 => With<PublishScheme>(p => p.RunAsync(product, Samples.Scheme($"{100 + Below(40)}.00"), later, Cancel)),
                _ => Tamper($"update distributor set name = '店 {step}' where code = 'C'"),
            });
            await Same(all, product, invitations, seen);
            Time.Advance(TimeSpan.FromHours(Below(12)));
            await Same(all, product, invitations, seen);
        }
        Assert.True(seen.Count > 10, $"only {seen.Count} different shops");
    }

    [Fact]
    public async Task A_change_that_was_rolled_back_leaves_nothing()
    {
        var product = await With<Samples, ProductId>(s => s.CardOnSaleAsync());
        await With<IServiceProvider>(async services =>
        {
            var (db, sale, front) = (services.GetRequiredService<Db>(), services.GetRequiredService<PutOnSale>(), services.GetRequiredService<Storefront>());
            await db.InTransaction<Result<Done>>(async () =>
            {
                await sale.RunAsync(product, false, Cancel);
                Assert.False((await front.ProductAsync(product, Cancel))!.OnSale);
                return new Refusal("orders.not_available");
            }, Cancel);
            Assert.True((await front.ProductAsync(product, Cancel))!.OnSale);
        });
        Assert.True((await With<Storefront, Product?>(f => f.ProductAsync(product, Cancel)))!.OnSale);
    }

    [Fact]
    public async Task What_is_kept_of_one_operator_is_not_shown_to_another()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        await With<Samples, ProductId>(s => s.CardOnSaleAsync());

        Assert.NotNull(await With<Storefront, Product?>(f => f.ProductAsync("GD29", Cancel)));
        Assert.Null(await With<Storefront, Product?>(f => f.ProductAsync("GD29", Cancel), other));
    }

    private async Task Same(List<DistributorId> sellers, ProductId product, List<string> invitations, HashSet<string> seen)
    {
        var (kept, read) = (await Shops(sellers, product, invitations, kept: true), await Shops(sellers, product, invitations, kept: false));
        Assert.Equal(read, kept);
        seen.Add(read);
    }

    private Task<string> Shops(List<DistributorId> sellers, ProductId product, List<string> invitations, bool kept) =>
        With<IServiceProvider, string>(async services =>
        {
            var (front, tree) = (services.GetRequiredService<Storefront>(), services.GetRequiredService<Tree>());
            var (products, schemes) = (services.GetRequiredService<Products>(), services.GetRequiredService<Schemes>());
            List<string> shops = [];
            foreach (var seller in sellers)
            {
                var terms = kept ? await front.TermsAsync(seller, product, Time.Now, Cancel)
                    : await schemes.InForceAsync(product, Time.Now, Cancel) is { } scheme
                        && (await tree.ChainAsync(seller, product, Time.Now, Cancel)).TryGet(out var chain, out _) ? new(scheme, chain) : null;
                var offers = kept ? await front.OffersAsync(seller, Cancel) : await tree.OffersAsync(seller, Cancel);
                shops.Add($"{terms?.Scheme.Version}: {string.Join(", ", terms?.Chain.Select(m => $"{m.Id.Value} {m.Rates["first"]}") ?? [])}; {offers.Count}");
            }
            foreach (var code in invitations) shops.Add($"{(kept ? await front.InvitationAsync(code, Cancel) : await tree.InvitationAsync(code, Cancel))}");
            shops.Add($"{(kept ? await front.ProductAsync(product, Cancel) : await products.FindAsync(product, Cancel))!.OnSale}");
            return string.Join('\n', shops);
        });

    private async Task<Upstream> Upstream() => (await With<Products, Upstream?>(p => p.UpstreamAsync("hao172", Cancel)))!;

    private Task<DistributorId> Add(string code, DistributorId? parent = null) => With<Samples, DistributorId>(s => s.DistributorAsync(code, parent));

    private DateOnly Day(int ahead) => Zone.Shanghai.DateOf(Time.Now).AddDays(ahead);
}
