using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Orders;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

/// <summary>A shadow run from the version's page to the approver's, as a browser without scripts sees it.</summary>
public sealed class ShadowPagesTests(App app)
{
    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record World(Tenant Tenant, string Version, PlacedOrder Order);

    /// <summary>An operator of its own with an order of the child that is activated and topped up, and a second version to be approved.</summary>
    private async Task<World> NewWorld(string scheme)
    {
        var slug = $"shadow{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, slug, Cancel);
        foreach (var role in new[] { Role.Admin, Role.Finance, Role.Operations })
            _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(role.ToString(), App.Password, role), tenant)).Value;
        var sample = await Sample.MakeAsync(app, tenant);
        var product = (await app.With<Products, Product?>(p => p.FindByCodeAsync(sample.Product, Cancel), tenant))!.Id;
        var form = new OrderForm
        {
            Name = "李雷",
            IdNumber = "44010619900307001X",
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "体育西路 12 号 3 楼",
            Consent = "true",
        };
        var order = (await app.With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(sample.ChildId, product, form, "browser"), Cancel), tenant)).Value;
        await Record(tenant, order.Id, "activated", default);
        await Record(tenant, order.Id, "topped_up", new(50_00));
        _ = (await app.With<DraftScheme, Result<int>>(d => d.RunAsync(product, scheme, cancel: Cancel), tenant)).Value;
        return new(tenant, $"/office/products/{sample.Product}/schemes/2", order);
    }

    private Task<bool> Record(Tenant tenant, OrderId order, string kind, Money amount) => app.With<HaoSuan.Orders.Facts, bool>(
        f => f.RecordAsync(new(order, kind, Instant.From(TimeProvider.System.GetUtcNow()), "test", kind, amount), Cancel), tenant);

    private Task<int> Drain() => app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);

    private Task<Visitor> VisitAs(string name, World world) => app.VisitAs(name, world.Tenant.Slug);

    [Fact]
    public async Task Operations_try_a_version_out_and_the_approver_reads_what_it_changes()
    {
        var world = await NewWorld(Sample.Scheme.Replace("120.00", "130.00", StringComparison.Ordinal));
        var (operations, admin) = (await VisitAs("operations", world), await VisitAs("admin", world));
        Assert.Contains("还没有试算过", (await admin.Open(world.Version)).Words, StringComparison.Ordinal);

        var started = await operations.Submit($"{world.Version}/shadow-runs", $"{world.Version}/shadow-runs");
        Assert.Equal(302, started.Status);
        var waiting = await operations.Open(started.Location!);
        Assert.Contains("进行中已比对 0 / 1 单", waiting.Words, StringComparison.Ordinal);
        Assert.Equal(404, (await operations.Open($"{started.Location}/xlsx")).Status);
        Assert.Contains("试算进行中", (await admin.Open(world.Version)).Words, StringComparison.Ordinal);
        await Drain();

        var result = (await operations.Open(started.Location!)).Words;
        Assert.Contains("上游收入变化 +￥10.00 佣金变化 ￥0.00 毛利变化 +￥10.00", result, StringComparison.Ordinal);
        Assert.Contains("（operations）", result, StringComparison.Ordinal);
        var orders = (await operations.Open($"{started.Location}?view=orders&reason=Amount")).Words;
        Assert.Contains(world.Order.OrderNo, orders, StringComparison.Ordinal);
        Assert.Contains("「激活并首充」上游 ￥120.00 → ￥130.00，佣金 ￥100.00 不变", orders, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Order.OrderNo, (await operations.Open($"{started.Location}?view=orders&reason=Earned")).Words, StringComparison.Ordinal);
        var shares = (await operations.Open($"{started.Location}?view=distributors")).Document.QuerySelectorAll("#page tbody tr");
        Assert.Equal(["0￥80.00￥80.00￥0.00￥0.00", "0￥20.00￥20.00￥0.00￥0.00"],
            shares.Select(r => string.Concat(r.QuerySelectorAll("td").Skip(1).Select(c => c.TextContent.Trim()))));
        var workbook = await operations.Open($"{started.Location}/xlsx");
        Assert.Equal((200, "PK"), (workbook.Status, workbook.Text[..2]));

        await operations.Submit(world.Version, $"{world.Version}/submit");
        var page = await admin.Open(world.Version);
        Assert.Contains("1 单：1 单有差异，0 单试算不能结算", page.Words, StringComparison.Ordinal);
        Assert.Contains("毛利+￥10.00", page.Words, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='{started.Location}']"));
    }

    [Fact]
    public async Task A_version_that_was_changed_after_its_shadow_run_is_to_be_tried_out_again()
    {
        var world = await NewWorld(Sample.Scheme);
        var finance = await VisitAs("finance", world);
        await finance.Submit($"{world.Version}/shadow-runs", $"{world.Version}/shadow-runs");
        await Drain();
        Assert.DoesNotContain("改过", (await finance.Open(world.Version)).Words, StringComparison.Ordinal);

        await finance.Submit($"{world.Version}/edit", $"{world.Version}/edit", ("do", "save"), ("stages[0].upstream", "99"));

        Assert.Contains("方案在这次试算之后改过，请重新试算", (await finance.Open(world.Version)).Words, StringComparison.Ordinal);
        Assert.Contains("方案已改", (await finance.Open($"{world.Version}/shadow-runs")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_stage_asks_for_its_rates_and_says_what_was_supposed()
    {
        var stage = """{"key":"later","name":"下单奖","upstream":"5.00","when":[],"release":{"mode":"at_once"}}""";
        var world = await NewWorld(Sample.Scheme.Replace("}}],", $"}}}},{stage}],", StringComparison.Ordinal));
        var finance = await VisitAs("finance", world);
        var runs = $"{world.Version}/shadow-runs";

        var above = await finance.Submit(runs, runs, ("top-later", "2"), ("child-later", "3"));
        var wrong = await finance.Submit(runs, runs, ("top-later", "两元"), ("first", "2026"), ("asOf", "9999-12-31"));
        var without = await finance.Submit(runs, runs);
        await Drain();
        var with = await finance.Submit(runs, runs, ("top-later", "3"), ("child-later", "2"));
        await Drain();

        Assert.Contains("下级费率高于上级", above.ErrorOf("child-later"), StringComparison.Ordinal);
        Assert.Equal((422, "2026"), (wrong.Status, wrong.Document.QuerySelector("[name=first]")!.GetAttribute("value")));
        Assert.Contains("请填金额", wrong.ErrorOf("top-later"), StringComparison.Ordinal);
        Assert.Contains("请选择月份", wrong.ErrorOf("first"), StringComparison.Ordinal);
        Assert.Contains("还没有到", wrong.ErrorOf("asOf"), StringComparison.Ordinal);
        var refused = (await finance.Open($"{without.Location}?view=orders")).Words;
        Assert.Contains("数码店 没有阶段 later 的费率", refused, StringComparison.Ordinal);
        var result = (await finance.Open(with.Location!)).Words;
        Assert.Contains("「下单奖」是这些订单下单时没有的阶段，没有约定费率：1 单按试算时填写的费率计算", result, StringComparison.Ordinal);
        Assert.Contains("佣金变化 +￥3.00", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_found_under_its_own_version_alone()
    {
        var world = await NewWorld(Sample.Scheme);
        var finance = await VisitAs("finance", world);
        var started = await finance.Submit($"{world.Version}/shadow-runs", $"{world.Version}/shadow-runs");

        Assert.Equal(404, (await finance.Open(started.Location!.Replace("/schemes/2/", "/schemes/1/", StringComparison.Ordinal))).Status);
        Assert.Equal(404, (await (await app.VisitAs("finance")).Open(started.Location!)).Status);
        await Drain();
    }
}
