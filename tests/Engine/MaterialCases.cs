using HaoSuan.Catalog;
using HaoSuan.Distributors;

namespace HaoSuan.Tests.Engine;

public sealed class Materials_on_sqlite(SqliteDatabases engine) : MaterialCases(engine);

public sealed class Materials_on_postgres(PostgresDatabases engine) : MaterialCases(engine);

/// <summary>What distributors promote with is approved by a second person, and seen by who has accepted the promotion rules.</summary>
public abstract class MaterialCases(Databases engine) : EngineTest(engine)
{
    private static readonly Guid _nothing = new("0198a000-0000-7000-8000-00000000000a");

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    [Fact]
    public async Task A_material_is_usable_when_a_second_person_has_approved_it_and_until_it_is_retired()
    {
        var product = await With<Samples, ProductId>(s => s.CardAsync());
        var id = (await Draft("writer", new(product, " 星卡 ", "月租 29 元\r\n点 {链接}", "流量多\r\n\r\n包邮 "))).Value;
        Assert.Equal("catalog.version_not_submitted", Code(await As("other", m => m.ApproveAsync(id, null, Cancel))));
        Assert.False((await As("writer", m => m.SubmitAsync(id, Cancel))).IsRefused);
        Assert.Equal("catalog.own_version", Code(await As("writer", m => m.ApproveAsync(id, null, Cancel))));
        Assert.Equal("catalog.version_changed", Code(await As("other", m => m.ApproveAsync(id, 1, Cancel))));
        Assert.Empty(await Usable());

        Assert.False((await As("other", m => m.ApproveAsync(id, 2, Cancel))).IsRefused);
        Assert.False((await As("other", m => m.ApproveAsync(id, 2, Cancel))).IsRefused);        // sent twice
        var usable = Assert.Single(await Usable());
        Assert.Equal((product, "星卡", "月租 29 元\n点 {链接}"), (usable.Product!.Value, usable.Title, usable.Text));
        Assert.Equal(["流量多", "包邮"], usable.Points);
        Assert.Equal([ProposalAction.Drafted, ProposalAction.Submitted, ProposalAction.Approved], usable.Steps.Select(s => s.Action));
        Assert.Equal("catalog.version_not_editable", Code(await Draft("writer", new(product, "星卡", "别的"), id)));

        Assert.Equal("distributors.reason_missing", Code(await As("writer", m => m.RetireAsync(id, " ", Cancel))));
        Assert.False((await As("writer", m => m.RetireAsync(id, "资费变了", Cancel))).IsRefused);
        Assert.False((await As("other", m => m.RetireAsync(id, "再来一次", Cancel))).IsRefused);
        Assert.Empty(await Usable());
        var retired = (await With<Materials, Material?>(m => m.FindAsync(id, Cancel)))!.Retired!;
        Assert.Equal(("writer", "资费变了"), (retired.By, retired.Reason));
        await Assert.ThrowsAnyAsync<Exception>(() => Tamper("delete from material_step"));
    }

    [Fact]
    public async Task What_was_rejected_is_changed_and_submitted_again_and_what_was_withdrawn_is_a_draft()
    {
        var id = (await Draft("writer", new(null, "通用", "办卡返现"))).Value;
        _ = (await As("writer", m => m.SubmitAsync(id, Cancel))).Value;
        Assert.Equal("catalog.version_not_editable", Code(await Draft("writer", new(null, "通用", "别的"), id)));
        Assert.Equal("catalog.reason_missing", Code(await As("other", m => m.RejectAsync(id, "", Cancel))));
        _ = (await As("other", m => m.RejectAsync(id, "不得返现", Cancel))).Value;
        Assert.Equal("distributors.material_not_approved", Code(await As("other", m => m.RetireAsync(id, "不要了", Cancel))));

        Assert.False((await Draft("writer", new(null, "通用", "官方正品"), id)).IsRefused);
        _ = (await As("writer", m => m.SubmitAsync(id, Cancel))).Value;
        Assert.Equal("catalog.version_of_others", Code(await As("other", m => m.WithdrawAsync(id, Cancel))));
        _ = (await As("writer", m => m.WithdrawAsync(id, Cancel))).Value;
        var draft = (await With<Materials, Material?>(m => m.FindAsync(id, Cancel)))!;
        Assert.Equal((ProposalState.Draft, "官方正品", 6), (draft.State, draft.Text, draft.Steps.Count));
        Assert.Contains(draft.Steps, s => s is { Action: ProposalAction.Rejected, Reason: "不得返现", Actor: "other" });
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_does()
    {
        var id = (await Draft("writer", new(null, "通用", "官方正品"))).Value;
        _ = (await As("writer", m => m.SubmitAsync(id, Cancel))).Value;

        var outcomes = await Task.WhenAll(As("a", m => m.ApproveAsync(id, 2, Cancel)), As("b", m => m.RejectAsync(id, "不行", Cancel)));

        Assert.Single(outcomes, o => !o.IsRefused);
        Assert.Equal(3, (await With<Materials, Material?>(m => m.FindAsync(id, Cancel)))!.Steps.Count);
    }

    [Fact]
    public async Task Faults_and_what_is_not_there_are_refused_and_another_operator_sees_nothing()
    {
        Assert.Equal(["title", "text"], (await Draft("writer", new(null, "", ""))).Refusals.Select(r => r.Field));
        Assert.Equal("distributors.material_product_unknown", Code(await Draft("writer", new(new(_nothing), "标题", "文案"))));
        Assert.Equal("distributors.material_unknown", Code(await As("writer", m => m.SubmitAsync(_nothing, Cancel))));
        var id = (await Draft("writer", new(null, "通用", "官方正品"))).Value;

        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", cancel: Cancel);
        Assert.Null(await With<Materials, Material?>(m => m.FindAsync(id, Cancel), other));
        Assert.Equal("distributors.material_unknown", Code(await With<Materials, Result<Done>>(m => m.RetireAsync(id, "不是我的", Cancel), other)));
    }

    [Fact]
    public async Task Rules_are_accepted_once_per_version_and_only_the_present_one_counts()
    {
        var seller = await With<Samples, DistributorId>(s => s.DistributorAsync("A"));
        Assert.Equal("distributors.no_rules", Code(await Accept(seller, "")));
        Assert.False(await Accepted(seller));
        Assert.Equal("distributors.rules_empty", (await With<PromotionRules, Result<int>>(r => r.PublishAsync(" ", Cancel))).Refusals[0].Code);
        var first = await Publish("不得虚假承诺。");
        await Task.WhenAll(Accept(seller, first.Sha256), Accept(seller, first.Sha256));
        Assert.True(await Accepted(seller));

        Assert.Equal(1, (await Publish("不得虚假承诺。")).Version);
        var second = await Publish("不得虚假承诺，不得返现。");
        Assert.False(await Accepted(seller));
        Assert.Equal("distributors.rules_changed", Code(await Accept(seller, first.Sha256)));
        Assert.False((await Accept(seller, second.Sha256)).IsRefused);
        Assert.Equal([2, 1], (await With<PromotionRules, IReadOnlyList<Acceptance>>(r => r.AcceptedAsync(seller, Cancel))).Select(a => a.Version));
        Assert.Equal(2, (await With<PromotionRules, IReadOnlyDictionary<DistributorId, int>>(r => r.LatestAsync(Cancel)))[seller]);
        await Assert.ThrowsAnyAsync<Exception>(() => Tamper("delete from promotion_acceptance"));
        await Assert.ThrowsAnyAsync<Exception>(() => Tamper("update promotion_rules set text = 'x'"));
    }

    private static string Code<T>(Result<T> outcome) => outcome.Refusals[0].Code;

    private Task<IReadOnlyList<Material>> Usable() => With<Materials, IReadOnlyList<Material>>(m => m.UsableAsync(Cancel));

    private Task<Result<Guid>> Draft(string who, NewMaterial asked, Guid? change = null) => As(who, m => m.DraftAsync(asked, change, Cancel));

    private Task<T> As<T>(string who, Func<Materials, Task<T>> call) => With<IServiceProvider, T>(services =>
    {
        services.GetRequiredService<Actor>().Name = who;
        return call(services.GetRequiredService<Materials>());
    });

    private async Task<TextVersion> Publish(string text)
    {
        _ = (await With<PromotionRules, Result<int>>(r => r.PublishAsync(text, Cancel))).Value;
        return (await With<PromotionRules, TextVersion?>(r => r.PresentAsync(Cancel)))!;
    }

    private Task<Result<Done>> Accept(DistributorId who, string sha256) => With<PromotionRules, Result<Done>>(r => r.AcceptAsync(who, sha256, Cancel));

    private Task<bool> Accepted(DistributorId who) => With<PromotionRules, bool>(r => r.AreAcceptedAsync(who, Cancel));
}
