using HaoSuan.Catalog;
using HaoSuan.Orders;

namespace HaoSuan.Tests.Web;

public sealed class CasePagesTests(App app)
{
    private static int _people;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An order of which the upstream first tells one card and then another; returns the address of its case.</summary>
    private async Task<(PlacedOrder Order, string Address)> Differing(Visitor office)
    {
        var sample = await Sample.MakeAsync(app);
        var product = (await app.With<Products, Product?>(p => p.FindByCodeAsync(sample.Product, Cancel)))!.Id;
        var form = new OrderForm
        {
            Name = "李雷",
            IdNumber = Shop.IdNumber(500 + Interlocked.Increment(ref _people)),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "体育西路 12 号 3 楼",
            Consent = "true",
        };
        var order = (await app.With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(sample.ChildId, product, form, "browser"), Cancel))).Value;
        await Tell(order, "shipped", "89860100000000000017");
        await Tell(order, "delivered", "89860100000000000025");
        await Compare();
        var list = await office.Open($"/office/cases?q={order.OrderNo}");
        return (order, list.Document.QuerySelectorAll("table a").Select(a => a.GetAttribute("href")!).Single());
    }

    private Task<bool> Tell(PlacedOrder order, string kind, string iccid) => app.With<Facts, bool>(f => f.RecordAsync(
        new(order.Id, kind, Instant.From(TimeProvider.System.GetUtcNow()), "test", kind, Attributes: new Dictionary<string, string> { ["iccid"] = iccid }),
        Cancel));

    private Task Compare() =>
        app.Services.GetRequiredService<JobRunner>().RunAsync(app.Services.GetServices<RecurringJob>().Single(j => j.Name == "compare"), Cancel);

    [Fact]
    public async Task A_case_is_found_explained_taken_noted_and_resolved_and_its_history_says_by_whom()
    {
        var operations = await app.VisitAs("operations");
        var (order, address) = await Differing(operations);

        var page = await operations.Open(address);
        Assert.Contains("号码或卡号对不上", page.Words, StringComparison.Ordinal);
        Assert.Contains("上游报来的号码或 ICCID 和我们记录的不同", page.Words, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("a"), a => a.GetAttribute("href") == $"/office/orders/{order.Id.Value}");
        Assert.Equal(address, (await operations.Submit(page, $"{address}/take")).Location);
        Assert.Equal(address, (await operations.Submit(await operations.Open(address), $"{address}/notes", ("note", "已问上游，寄出的是第二张"))).Location);
        var mine = await operations.Open("/office/cases?owner=me");
        Assert.Contains(order.OrderNo, mine.Words, StringComparison.Ordinal);
        Assert.Contains("处理中", mine.Words, StringComparison.Ordinal);

        var silent = await operations.Submit(await operations.Open(address), $"{address}/resolve", ("reason", ""));
        Assert.Equal((422, "请写明情况。"), (silent.Status, silent.ErrorOf("reason")));
        await operations.Submit(await operations.Open(address), $"{address}/resolve", ("reason", "上游已更正"));
        var resolved = await operations.Open(address);
        foreach (var words in new[] { "已解决，仍存在", "发现 · 系统比对", "认领 · operations", "备注 · operations", "解决 · operations", "上游已更正" })
            Assert.Contains(words, resolved.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(order.OrderNo, (await operations.Open("/office/cases?owner=me")).Words, StringComparison.Ordinal);
        Assert.Contains(order.OrderNo, (await operations.Open($"/office/cases?state=standing&q={order.OrderNo}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_department_reads_a_case_and_acts_on_it_once_it_is_handed_over()
    {
        var (operations, finance) = (await app.VisitAs("operations"), await app.VisitAs("finance"));
        var (_, address) = await Differing(operations);
        var read = await finance.Open(address);
        Assert.Empty(read.Document.QuerySelectorAll($"form[action^='{address}']"));
        var (name, token) = read.Token;
        var refused = await finance.Post($"{address}/take", (name, token), ("Key", ""));
        Assert.Equal(422, refused.Status);
        Assert.Contains("这个异常由别的部门处理", refused.Words, StringComparison.Ordinal);

        await operations.Submit(await operations.Open(address), $"{address}/hand-over", ("to", "finance"), ("handNote", "请核对赔付"));

        Assert.Equal(address, (await finance.Submit(await finance.Open(address), $"{address}/take")).Location);
        var taken = await finance.Open(address);
        Assert.Contains("转给财务。请核对赔付", taken.Words, StringComparison.Ordinal);
        Assert.Contains("认领 · finance", taken.Words, StringComparison.Ordinal);
        Assert.Contains("待处理异常", (await finance.Open("/office")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distributors_see_no_cases()
    {
        var sample = await Sample.MakeAsync(app);
        var agent = await app.VisitAs(sample.Child);

        Assert.NotEqual(200, (await agent.Open("/office/cases")).Status);
    }
}
