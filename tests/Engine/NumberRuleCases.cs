using System.Data.Common;
using HaoSuan.Catalog;
using HaoSuan.Inventory;

namespace HaoSuan.Tests.Engine;

public sealed class Number_rules_on_sqlite(SqliteDatabases engine) : NumberRuleCases(engine);

public sealed class Number_rules_on_postgres(PostgresDatabases engine) : NumberRuleCases(engine);

public abstract class NumberRuleCases(Databases engine) : EngineTest(engine)
{
    private static readonly NumberTerms Terms = new(new(100_00), new(38_00), new(200_00), 24, "合约期内不能携转");

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    private async Task<ProductId> PoolAsync(string numbers)
    {
        var product = await With<Samples, ProductId>(s => s.CardAsync());
        _ = (await With<ImportNumbers, Result<Received>>(i => i.RunAsync(product, numbers, Cancel))).Value;
        return product;
    }

    private Task<Result<NumberRule>> Set(RuleScope scope, NumberTerms terms, DateOnly? from = null) =>
        With<NumberRules, Result<NumberRule>>(r => r.SetAsync(scope, from, terms, Cancel));

    private async Task<PoolNumber> Find(ProductId product, string number) =>
        (await With<Numbers, PoolNumber?>(n => n.FindAsync(product, number, Cancel)))!;

    private async Task<IReadOnlyList<string>> Search(ProductId product, NumberPrice price) =>
        [.. (await With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(product, new(Price: price), 0, 10, Cancel))).Select(n => n.Number).Order()];

    [Fact]
    public async Task A_rule_prices_its_numbers_and_what_the_import_has_named_wins()
    {
        var product = await PoolAsync("13912346688\n13912347799,0\n13912345566,600\n13912341307");
        _ = (await Set(new(NumberPattern.AABB), Terms)).Value;

        Assert.Equal((new Money(100_00), Terms), ((await Find(product, "13912346688")).Supplement, (await Find(product, "13912346688")).Terms!.Terms));
        Assert.Equal((Money.Zero, 24), ((await Find(product, "13912347799")).Supplement, (await Find(product, "13912347799")).Terms!.Terms.ContractMonths));
        Assert.Equal(Terms with { Supplement = new(600_00) }, (await Find(product, "13912345566")).Terms!.Terms);
        Assert.Null((await Find(product, "13912341307")).Terms);
        Assert.Equal(["13912346688"], await Search(product, NumberPrice.To100));
        Assert.Equal(["13912341307", "13912347799"], await Search(product, NumberPrice.None));
        Assert.Equal(["13912345566"], await Search(product, NumberPrice.To1000));
    }

    [Fact]
    public async Task The_narrower_scope_wins_and_a_later_rule_replaces_an_earlier_one()
    {
        var product = await PoolAsync("13912346688");
        var (all, ofCarrier) = (new RuleScope(NumberPattern.AABB), new RuleScope(NumberPattern.AABB, Carrier: Carrier.Telecom));
        var ofProduct = new RuleScope(NumberPattern.AABB, product);

        _ = (await Set(all, Terms with { Supplement = new(1_00) })).Value;
        Assert.Equal(new Money(1_00), (await Find(product, "13912346688")).Supplement);
        _ = (await Set(new(NumberPattern.AABB, Carrier: Carrier.Unicom), Terms with { Supplement = new(2_00) })).Value;
        Assert.Equal(new Money(1_00), (await Find(product, "13912346688")).Supplement);
        _ = (await Set(ofProduct, Terms with { Supplement = new(4_00) })).Value;
        _ = (await Set(ofCarrier, Terms with { Supplement = new(3_00) })).Value;
        Assert.Equal(new Money(4_00), (await Find(product, "13912346688")).Supplement);
        Time.Advance(TimeSpan.FromHours(1));
        _ = (await Set(ofProduct, Terms with { Supplement = new(5_00) })).Value;
        Assert.Equal(new Money(5_00), (await Find(product, "13912346688")).Supplement);
    }

    [Fact]
    public async Task A_rule_waits_for_its_day_and_none_is_set_for_the_past()
    {
        var product = await PoolAsync("13912346688");

        Assert.Equal("inventory.rule_past", (await Set(new(NumberPattern.AABB), Terms, new DateOnly(2026, 2, 28))).Refusals[0].Code);
        Assert.Equal("inventory.rule_pattern", (await Set(new(NumberPattern.Plain), Terms)).Refusals[0].Code);
        Assert.Equal("inventory.rule_months", (await Set(new(NumberPattern.AABB), Terms with { ContractMonths = 241 })).Refusals[0].Code);
        _ = (await Set(new(NumberPattern.AABB), Terms, new DateOnly(2026, 3, 2))).Value;

        Assert.Null((await Find(product, "13912346688")).Rule);
        Time.Advance(TimeSpan.FromHours(14));
        Assert.Equal(Terms, (await Find(product, "13912346688")).Rule!.Terms);
    }

    [Fact]
    public async Task A_lifted_rule_lets_the_wider_one_hold_again_from_its_day_on()
    {
        var product = await PoolAsync("13912346688");
        var (all, ofProduct) = (new RuleScope(NumberPattern.AABB), new RuleScope(NumberPattern.AABB, product));
        Assert.Equal("inventory.rule_none", (await Lift(ofProduct)).Refusals[0].Code);
        _ = (await Set(all, Terms with { Supplement = new(1_00) })).Value;
        _ = (await Set(ofProduct, Terms)).Value;
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Concerned(1, 0), (await With<NumberRules, Result<Concerned>>(r => r.PreviewAsync(ofProduct, null, null, Cancel))).Value);
        var lifted = (await Lift(ofProduct, new DateOnly(2026, 3, 2))).Value;
        Assert.Equal(lifted.Id, (await Lift(ofProduct, new DateOnly(2026, 3, 2))).Value.Id);
        Assert.Equal(Terms.Supplement, (await Find(product, "13912346688")).Supplement);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new Money(1_00), (await Find(product, "13912346688")).Supplement);
        _ = (await Lift(all)).Value;
        Assert.Null((await Find(product, "13912346688")).Terms);
        _ = (await Set(ofProduct, Terms)).Value;
        Assert.Equal(Terms, (await Find(product, "13912346688")).Terms!.Terms);

        Task<Result<NumberRule>> Lift(RuleScope scope, DateOnly? from = null) =>
            With<NumberRules, Result<NumberRule>>(r => r.SetAsync(scope, from, null, Cancel));
    }

    [Fact]
    public async Task A_rule_that_a_dated_one_has_replaced_can_be_set_again()
    {
        var product = await PoolAsync("13912346688");
        var scope = new RuleScope(NumberPattern.AABB);
        _ = (await Set(scope, Terms with { Supplement = new(2_00) }, new DateOnly(2026, 3, 2))).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        _ = (await Set(scope, Terms)).Value;
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new Money(2_00), (await Find(product, "13912346688")).Supplement);

        _ = (await Set(scope, Terms)).Value;

        Assert.Equal(Terms.Supplement, (await Find(product, "13912346688")).Supplement);
    }

    [Fact]
    public async Task A_rule_is_for_a_pattern_and_a_carrier_that_there_are()
    {
        Assert.Equal("inventory.rule_pattern", (await Set(new((NumberPattern)99), Terms)).Refusals[0].Code);
        Assert.Equal("inventory.product_unknown", (await Set(new(NumberPattern.AA, Carrier: (Carrier)99), Terms)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_preview_counts_the_free_numbers_and_the_same_rule_is_set_once()
    {
        var product = await PoolAsync("13912346688\n13912345566,600\n13912347799\n13912341307");
        await With<Numbers>(n => n.TakeAsync(product, "13912347799", "browser", NewId.Of<OrderId>(Time), Cancel));

        Assert.Equal(
            new Concerned(2, 1), (await With<NumberRules, Result<Concerned>>(r => r.PreviewAsync(new(NumberPattern.AABB), null, Terms, Cancel))).Value);
        var rule = (await Set(new(NumberPattern.AABB), Terms)).Value;
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(rule.Id, (await Set(new(NumberPattern.AABB), Terms)).Value.Id);

        Assert.Single(await With<NumberRules, IReadOnlyList<NumberRule>>(r => r.AllAsync(Cancel)));
        Assert.Equal(new Concerned(2, 1), (await With<NumberRules, IReadOnlyDictionary<Guid, Concerned>>(r => r.ConcernedAsync(Cancel)))[rule.Id]);
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from number_rule"));
    }
}
