using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

public sealed class SettlementsPagesTests(App app)
{
    private const string Scheme = """
        {"stages":[
          {"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],"release":{"mode":"at_once"}},
          {"key":"topped","name":"首充 50 元","upstream":"30.00","when":[{"fact":"topped_up","at_least":"50.00","within_days":30,"after":"activated"}],
           "release":{"mode":"days","days":7}}]}
        """;

    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An operator of its own with one product, a distributor who can sign in, and an order that is activated and topped up by half.</summary>
    private async Task<World> NewWorld(bool settled = true)
    {
        var slug = $"money{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, slug, Cancel);
        var up = (await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("up", "甲上游", "sandbox"), Cancel), tenant)).Value;
        var product = (await app.With<AddProduct, Result<ProductId>>(
            a => a.RunAsync(new("GD29", up, Carrier.Unicom, "联通星卡", "29 元"), Cancel), tenant)).Value;
        _ = (await app.With<PublishScheme, Result<int>>(p => p.RunAsync(product, Scheme, cancel: Cancel), tenant)).Value;
        var seller = (await app.With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("D1", "王五数码"), Cancel), tenant)).Value;
        foreach (var (stage, fen) in new[] { ("first", 80_00L), ("topped", 20_00L) })
        {
            _ = (await app.With<SetRate, Result<Done>>(s => s.RunAsync(new(seller, product, stage, Rate.Amount(new(fen))), Cancel), tenant)).Value;
        }
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync("wang", App.Password, Role.Distributor, seller), tenant)).Value;
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
        await Record(tenant, order.Id, "activated", null);
        await Record(tenant, order.Id, "topped_up", new(20_00));
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        if (settled) await app.With<RunSettlement, RunReport>(r => r.RunAsync(now, Cancel), tenant);
        return new(tenant, order, Month.Of(Zone.Shanghai.DateOf(now)));
    }

    private sealed record World(Tenant Tenant, PlacedOrder Order, Month Month);

    private Task<bool> Record(Tenant tenant, OrderId order, string kind, Money? amount, string source = "test", string? id = null) =>
        app.With<HaoSuan.Orders.Facts, bool>(f => f.RecordAsync(
            new(order, kind, Instant.From(TimeProvider.System.GetUtcNow()), source, id ?? kind, amount), Cancel), tenant);

    [Fact]
    public async Task A_distributor_sees_the_balance_the_lines_and_the_reasons()
    {
        var world = await NewWorld();
        var agent = await app.VisitAs("wang", world.Tenant.Slug);

        var home = await agent.Open("/agent");
        Assert.Equal(200, home.Status);
        Assert.Contains("可提现 ￥80.00", home.Words, StringComparison.Ordinal);
        Assert.Contains("激活 · 销售佣金", home.Words, StringComparison.Ordinal);
        var lines = await agent.Open("/agent/lines");
        var why = await agent.Open(lines.Document.QuerySelector("table a")!.GetAttribute("href")!);

        Assert.Contains(world.Order.OrderNo, why.Words, StringComparison.Ordinal);
        Assert.Contains("已满足 激活", why.Words, StringComparison.Ordinal);
        Assert.Contains("首充 50 元（达成后 ￥20.00）", why.Words, StringComparison.Ordinal);
        Assert.Contains("还差 30.00", why.Words, StringComparison.Ordinal);
        Assert.Contains("#2 充值 ￥20.00", why.Words, StringComparison.Ordinal);
        Assert.Contains("来源：其他来源", why.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("其他来源：test", why.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("上游收入", why.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_of_somebody_elses_order_are_not_shown()
    {
        var (own, other) = (await NewWorld(), await NewWorld());
        var agent = await app.VisitAs("wang", own.Tenant.Slug);

        Assert.Equal(404, (await agent.Open($"/agent/orders/{other.Order.Id.Value}/why")).Status);
        Assert.Equal(200, (await agent.Open($"/agent/orders/{own.Order.Id.Value}/why")).Status);
    }

    [Fact]
    public async Task The_statement_of_the_month_adds_up_on_the_page_and_in_the_workbook()
    {
        var world = await NewWorld();
        var agent = await app.VisitAs("wang", world.Tenant.Slug);

        var list = await agent.Open("/agent/statements");
        var statement = await agent.Open(list.Document.QuerySelector("table a")!.GetAttribute("href")!);
        var workbook = await agent.Open($"/agent/statements/{world.Month}/xlsx");

        Assert.Contains("期初余额￥0.00 ＋ 佣金￥80.00", statement.Words, StringComparison.Ordinal);
        Assert.Contains("＝ 期末余额￥80.00", statement.Words, StringComparison.Ordinal);
        Assert.Equal((200, "PK"), (workbook.Status, workbook.Text[..2]));
        Assert.Equal((200, "%PDF"), await agent.Open($"/agent/statements/{world.Month}/pdf") is var pdf ? (pdf.Status, pdf.Text[..4]) : default);
        Assert.Equal(404, (await agent.Open("/agent/statements/2026-13")).Status);
        Assert.Equal(404, (await agent.Open($"/agent/statements/{world.Month}/docx")).Status);
    }

    [Fact]
    public async Task The_statement_with_proofs_is_downloaded_and_leads_to_the_checkpoint_that_everybody_sees()
    {
        var world = await NewWorld();
        var agent = await app.VisitAs("wang", world.Tenant.Slug);
        var finance = await app.VisitAs("finance", world.Tenant.Slug);

        var page = await agent.Open($"/agent/statements/{world.Month}");
        var link = page.Document.QuerySelectorAll("a").Single(a => a.TextContent == "下载可验证对账单 (JSON)");
        var file = await agent.Open(link.GetAttribute("href")!);

        Assert.Contains("该月尚未关账", page.Words, StringComparison.Ordinal);
        Assert.Equal("application/json", file.ContentHeaders.ContentType!.MediaType);
        Assert.Equal($"statement-{world.Month}.json", file.ContentHeaders.ContentDisposition!.FileName);
        var statement = CheckedStatement.Of(System.Text.Encoding.UTF8.GetBytes(file.Text)).Value;
        Assert.Equal((1, new Money(80_00), false), (statement.Postings, statement.Closing, statement.IsClosed));
        Assert.Contains($"第 {statement.Height} 块", (await agent.Open("/agent/statements")).Words, StringComparison.Ordinal);
        Assert.Contains(statement.Hash, (await agent.Open("/agent/statements")).Words, StringComparison.Ordinal);
        Assert.Contains(statement.Hash, (await finance.Open("/office/ledger")).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await agent.Open("/agent/statements/2026-13/json")).Status);

        var led = await agent.Open($"/agent/statements/{world.Month}/json?checkpoint={statement.Height}");
        Assert.Equal(statement.Hash, CheckedStatement.Of(System.Text.Encoding.UTF8.GetBytes(led.Text)).Value.Hash);
        var nowhere = await agent.Open($"/agent/statements/{world.Month}/json?checkpoint=x");
        Assert.Equal(422, nowhere.Status);
        Assert.Contains("检查点须是第", nowhere.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distributor_without_anything_is_told_what_to_do()
    {
        var world = await NewWorld(settled: false);
        var agent = await app.VisitAs("wang", world.Tenant.Slug);

        Assert.Contains("把推广链接发给客户", (await agent.Open("/agent")).Words, StringComparison.Ordinal);
        Assert.Contains("还没有对账单", (await agent.Open("/agent/statements")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finance_settles_and_reads_the_report_the_reasons_and_the_books()
    {
        var world = await NewWorld(settled: false);
        var finance = await app.VisitAs("finance", world.Tenant.Slug);

        var ran = await finance.Submit("/office/settlements", "/office/settlements");
        var report = await finance.Open(ran.Location!);
        Assert.Contains("上游收入 ￥120.00", report.Words, StringComparison.Ordinal);
        Assert.Contains("毛利 ￥40.00", report.Words, StringComparison.Ordinal);
        Assert.Contains("王五数码", report.Words, StringComparison.Ordinal);

        var why = await finance.Open($"/office/settlements/orders/{world.Order.Id.Value}");
        Assert.Contains("王五数码 · 销售佣金+￥80.00", why.Words, StringComparison.Ordinal);
        Assert.Contains("达成后 王五数码 · 销售佣金+￥20.00", why.Words, StringComparison.Ordinal);
        Assert.Contains("来源：其他来源：test", why.Words, StringComparison.Ordinal);
        Assert.Contains("上游收入￥120.00", why.Words, StringComparison.Ordinal);

        var entries = await finance.Open($"/office/ledger?order={world.Order.OrderNo}");
        Assert.Contains($"订单 {world.Order.OrderNo} 结算", entries.Words, StringComparison.Ordinal);
        Assert.Contains("应收上游 · 甲上游 ￥120.00", entries.Words, StringComparison.Ordinal);
        Assert.Contains("没有分录", (await finance.Open("/office/ledger?order=HS0")).Words, StringComparison.Ordinal);
        Assert.Contains("王五数码 · 可提现", (await finance.Open("/office/ledger/balances")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_behind_a_fact_is_a_link_for_whoever_may_open_it_and_hidden_from_distributors()
    {
        var world = await NewWorld();
        const string iccid = "89860012345678901234";
        await Record(world.Tenant, world.Order.Id, "shipped", null, "stock", iccid);
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync("stock", App.Password, Role.Operations), world.Tenant)).Value;

        var pages = new Dictionary<string, Page>();
        foreach (var user in new[] { "stock", "finance", "wang" })
        {
            var visitor = await app.VisitAs(user, world.Tenant.Slug);
            var address = user == "wang" ? $"/agent/orders/{world.Order.Id.Value}/why" : $"/office/settlements/orders/{world.Order.Id.Value}";
            pages[user] = await visitor.Open(address);
        }

        Assert.Equal($"/office/cards/{iccid}", pages["stock"].Document.QuerySelector("main td a")!.GetAttribute("href"));
        Assert.Contains($"仓库发货：ICCID {iccid}", pages["finance"].Words, StringComparison.Ordinal);
        Assert.Null(pages["finance"].Document.QuerySelector("main td a"));
        Assert.Contains("仓库发货", pages["wang"].Words, StringComparison.Ordinal);
        Assert.DoesNotContain("ICCID", pages["wang"].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finance_has_the_books_replayed()
    {
        var world = await NewWorld();
        var finance = await app.VisitAs("finance", world.Tenant.Slug);
        Assert.Contains("还没有核对过", (await finance.Open("/office/ledger")).Words, StringComparison.Ordinal);

        Assert.Equal("/office/ledger", (await finance.Submit("/office/ledger", "/office/ledger/verify")).Location);

        Assert.Contains("账实相符", (await finance.Open("/office/ledger")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_finance_sees_runs_and_books()
    {
        var operations = await app.VisitAs("operations");

        Assert.Equal(403, (await operations.Open("/office/settlements")).Status);
        Assert.Equal(403, (await operations.Open("/office/ledger")).Status);
    }
}
