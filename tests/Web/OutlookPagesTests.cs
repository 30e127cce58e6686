using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Orders;
using HaoSuan.Settling;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

public sealed class OutlookPagesTests(App app)
{
    private const string Scheme = """
        {"stages":[
          {"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],"release":{"mode":"days","days":2}},
          {"key":"calm","name":"三日在网","upstream":"30.00","when":[{"quiet":["suspended"],"for_days":3,"after":"activated"}],
           "release":{"mode":"at_once","await":"upstream_confirmed"}},
          {"key":"topped","name":"首充 50 元","upstream":"30.00","when":[{"fact":"topped_up","at_least":"50.00","within_days":4,"after":"activated"}],
           "release":{"mode":"days","days":7}}]}
        """;

    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An operator of its own with one product, two distributors who can sign in, and an order of the first that was just activated.</summary>
    private async Task<(Tenant Tenant, PlacedOrder Order, DateOnly Today)> NewWorld(string kind = "activated")
    {
        var slug = $"look{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, slug, Cancel);
        var up = (await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("up", "甲上游", "sandbox"), Cancel), tenant)).Value;
        var product = (await app.With<AddProduct, Result<ProductId>>(
            a => a.RunAsync(new("GD29", up, Carrier.Unicom, "联通星卡", "29 元"), Cancel), tenant)).Value;
        _ = (await app.With<PublishScheme, Result<int>>(p => p.RunAsync(product, Scheme, cancel: Cancel), tenant)).Value;
        var seller = await Distributor(tenant, product, "wang");
        await Distributor(tenant, product, "zhao");
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync("finance", App.Password, Role.Finance), tenant)).Value;
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
        var order = (await app.With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(seller, product, form, "browser"), Cancel), tenant)).Value;
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        await app.With<HaoSuan.Orders.Facts, bool>(f => f.RecordAsync(new(order.Id, kind, now, "test", kind), Cancel), tenant);
        await app.Services.GetRequiredService<JobRunner>()
            .RunAsync(app.Services.GetServices<RecurringJob>().Single(j => j.Name == "watch-orders"), Cancel);
        return (tenant, order, Zone.Shanghai.DateOf(now));
    }

    /// <summary>The cells of a table one after the other.</summary>
    private static string Tight(Page page) => page.Words.Replace(" ", "", StringComparison.Ordinal);

    private async Task<DistributorId> Distributor(Tenant tenant, ProductId product, string name)
    {
        var id = (await app.With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new(name, $"{name} 数码"), Cancel), tenant)).Value;
        foreach (var (stage, fen) in new[] { ("first", 80_00L), ("calm", 10_00L), ("topped", 20_00L) })
        {
            _ = (await app.With<SetRate, Result<Done>>(s => s.RunAsync(new(id, product, stage, Rate.Amount(new(fen))), Cancel), tenant)).Value;
        }
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(name, App.Password, Role.Distributor, id), tenant)).Value;
        return id;
    }

    [Fact]
    public async Task A_distributor_is_told_what_to_do_until_when_for_how_much_and_why()
    {
        var (tenant, order, today) = await NewWorld();
        var agent = await app.VisitAs("wang", tenant.Slug);

        var warnings = await agent.Open("/agent/warnings");
        Assert.Contains($"{order.OrderNo}{today.AddDays(4):yyyy-MM-dd}还有4天待完成首充50元", Tight(warnings), StringComparison.Ordinal);
        Assert.Contains("须完成：充值，累计达到 50.00，激活后 4 天内", warnings.Words, StringComparison.Ordinal);
        Assert.Contains("待办金额 ￥20.00", warnings.Words, StringComparison.Ordinal);
        var why = await agent.Open(warnings.Document.QuerySelector("table a")!.GetAttribute("href")!);
        Assert.Contains("首充 50 元（达成后 ￥20.00）", why.Words, StringComparison.Ordinal);

        var keep = await agent.Open("/agent/warnings?keep=true");
        Assert.Contains("观察期 三日在网", keep.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("首充 50 元", keep.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_counts_what_has_to_be_done()
    {
        var (tenant, _, _) = await NewWorld();

        var home = await (await app.VisitAs("wang", tenant.Slug)).Open("/agent");
        Assert.Contains("预警 1 项", home.Words, StringComparison.Ordinal);
        Assert.NotNull(home.Document.QuerySelector(".figure-card a[href='/agent/warnings']"));
        Assert.DoesNotContain("预警", (await (await app.VisitAs("zhao", tenant.Slug)).Open("/agent")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forecast_has_a_chart_a_calendar_and_the_orders_of_each_day()
    {
        var (tenant, order, today) = await NewWorld();
        var agent = await app.VisitAs("wang", tenant.Slug);

        var forecast = await agent.Open("/agent/forecast");
        Assert.Contains("已确定 ￥80.00", forecast.Words, StringComparison.Ordinal);
        Assert.Contains("待上游确认 ￥10.00", forecast.Words, StringComparison.Ordinal);
        Assert.Contains($"{today.AddDays(2):M 月 d 日}起可提现约 ￥80.00", forecast.Words, StringComparison.Ordinal);
        Assert.Contains("\"data\":[80,0]", forecast.Document.QuerySelector("[data-chart]")!.GetAttribute("data-chart")!, StringComparison.Ordinal);

        var day = await agent.Open(forecast.Document.QuerySelector("table a")!.GetAttribute("href")!);
        Assert.Contains($"{today.AddDays(2):M 月 d 日}的放款", day.Words, StringComparison.Ordinal);
        Assert.Contains($"{order.OrderNo}激活已确定￥80.00", Tight(day), StringComparison.Ordinal);
        Assert.Equal(404, (await agent.Open("/agent/forecast/tomorrow")).Status);
    }

    [Fact]
    public async Task Nobody_sees_another_distributors_outlook()
    {
        var (tenant, order, today) = await NewWorld();
        var agent = await app.VisitAs("zhao", tenant.Slug);

        foreach (var path in new[] { "/agent/warnings", "/agent/warnings?keep=true", "/agent/forecast", $"/agent/forecast/{today.AddDays(2):yyyy-MM-dd}" })
            Assert.DoesNotContain(order.OrderNo, (await agent.Open(path)).Words, StringComparison.Ordinal);
        Assert.Contains("没有待办的预警", (await agent.Open("/agent/warnings")).Words, StringComparison.Ordinal);
        Assert.Contains("没有将要放款的佣金", (await agent.Open("/agent/forecast")).Words, StringComparison.Ordinal);
        Assert.Contains("这一天没有放款", (await agent.Open("/agent/forecast/2026-03-01")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_sees_what_is_at_stake_by_day_and_product_and_order_by_order()
    {
        var (tenant, order, today) = await NewWorld();
        var finance = await app.VisitAs("finance", tenant.Slug);

        var desk = await finance.Open("/office/warnings");

        Assert.Contains($"{today.AddDays(4):yyyy-MM-dd}还有4天联通星卡1￥20.00", Tight(desk), StringComparison.Ordinal);
        Assert.Contains($"{order.OrderNo}{today.AddDays(4):yyyy-MM-dd}wang数码待完成首充50元", Tight(desk), StringComparison.Ordinal);
        Assert.Equal(200, (await finance.Open(desk.Document.QuerySelector($"a[href*='{order.Id.Value}']")!.GetAttribute("href")!)).Status);
    }
}
