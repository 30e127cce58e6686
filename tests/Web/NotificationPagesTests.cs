using HaoSuan.Appeals;
using HaoSuan.Identity;
using HaoSuan.Payouts;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

public sealed class NotificationPagesTests(App app)
{
    private static readonly Guid Some = Guid.Parse("0198a000-0000-7000-8000-00000000000a");

    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An operator of its own with staff and a distributor with two users, who was paid and whose appeal was answered.</summary>
    private async Task<Tenant> NewWorld()
    {
        var slug = $"tell{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, slug, Cancel);
        var wang = new DistributorId(Some);
        (string, Role)[] people = [("finance", Role.Finance), ("operations", Role.Operations), ("wang", Role.Distributor), ("wang2", Role.Distributor)];
        foreach (var (name, role) in people)
        {
            _ = (await app.With<Users, Result<UserId>>(
                u => u.CreateAsync(name, App.Password, role, role == Role.Distributor ? wang : null, Cancel), tenant)).Value;
        }
        await Happen(tenant, new PayoutPaid(new(Some), wang, new(100_00), new(94_00), default));
        await Happen(tenant, new AppealMoved(new(Some), "AP1", wang, MessageKind.Asked, AppealState.NeedsInfo, true));
        await Happen(tenant, new PayoutRequested(new(Some), "PO1", wang, new(70_00)));
        return tenant;
    }

    private async Task Happen<TEvent>(Tenant tenant, TEvent happened) where TEvent : IEvent
    {
        await app.With<IServiceProvider, Done>(async services =>
        {
            var outbox = services.GetRequiredService<Outbox>();
            await services.GetRequiredService<Db>().InTransaction(() =>
            {
                outbox.Publish(happened);
                return Task.CompletedTask;
            }, Cancel);
            return default;
        }, tenant);
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);
    }

    private static string? Count(Page page) => page.Document.QuerySelector(".bell-count")?.TextContent;

    private static string LinkTo(Page inbox, string text) =>
        inbox.Document.QuerySelectorAll(".inbox a").Single(a => a.TextContent.Contains(text, StringComparison.Ordinal)).GetAttribute("href")!;

    [Fact]
    public async Task The_bell_counts_and_leads_to_the_inbox_in_which_each_line_leads_to_the_page_where_one_acts()
    {
        var tenant = await NewWorld();
        var agent = await app.VisitAs("wang", tenant.Slug);

        var home = await agent.Open("/agent");
        Assert.Equal("2", Count(home));
        Assert.Equal("消息，2 条未读", home.Document.QuerySelector(".bell")!.GetAttribute("aria-label"));
        var inbox = await agent.Open(home.Document.QuerySelector(".bell")!.GetAttribute("href")!);
        Assert.Equal(2, inbox.Document.QuerySelectorAll(".inbox .unread").Length);

        var opened = await agent.Open(LinkTo(inbox, "提现 ￥100.00 已到账，实收 ￥94.00。"));
        Assert.Equal((302, "/agent/payouts"), (opened.Status, opened.Location));
        var after = await agent.Open("/inbox");
        Assert.Equal("1", Count(after));
        Assert.Contains("需要您补充材料", Assert.Single(after.Document.QuerySelectorAll(".inbox .unread")).TextContent, StringComparison.Ordinal);
        Assert.Equal("2", Count(await (await app.VisitAs("wang2", tenant.Slug)).Open("/agent")));
    }

    [Fact]
    public async Task One_kind_is_shown_and_marked_as_read_alone()
    {
        var tenant = await NewWorld();
        var agent = await app.VisitAs("wang", tenant.Slug);

        var appeals = await agent.Open("/inbox?kind=appeals");
        Assert.Contains("申诉 AP1 需要您补充材料", appeals.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("已到账", appeals.Words, StringComparison.Ordinal);
        Assert.Equal((302, "/inbox"), await Marked(agent, appeals, "/inbox/read"));
        Assert.Equal("1", Count(await agent.Open("/inbox")));

        var all = await agent.Open("/inbox");
        var one = all.Document.QuerySelector(".inbox form")!.GetAttribute("action")!;
        Assert.Equal((302, "/inbox?page=1"), await Marked(agent, all, one));
        Assert.Null(Count(await agent.Open("/inbox")));
    }

    private static async Task<(int, string?)> Marked(Visitor visitor, Page page, string action)
    {
        var answer = await visitor.Submit(page, action);
        return (answer.Status, answer.Location);
    }

    [Fact]
    public async Task Nobody_opens_or_marks_what_was_told_to_somebody_else()
    {
        var tenant = await NewWorld();
        var (agent, finance) = (await app.VisitAs("wang", tenant.Slug), await app.VisitAs("finance", tenant.Slug));
        var link = LinkTo(await agent.Open("/inbox"), "已到账");

        Assert.Equal(404, (await finance.Open(link)).Status);
        Assert.Equal("2", Count(await agent.Open("/inbox")));
        Assert.Equal(400, (await agent.Post("/inbox/read")).Status);        // without the form's token
        Assert.Equal(302, (await app.Visit().Open("/inbox")).Status);
    }

    [Fact]
    public async Task The_office_reads_what_concerns_its_department_and_finds_on_its_first_page_what_waits()
    {
        var tenant = await NewWorld();
        var (finance, operations) = (await app.VisitAs("finance", tenant.Slug), await app.VisitAs("operations", tenant.Slug));

        var home = await finance.Open("/office");
        Assert.Equal("1", Count(home));
        Assert.Contains("等您处理 未读消息 1 条", home.Words, StringComparison.Ordinal);
        Assert.Contains("提现 PO1 申请 ￥70.00，待审核。", (await finance.Open("/inbox")).Words, StringComparison.Ordinal);

        Assert.DoesNotContain("等您处理", (await operations.Open("/office")).Words, StringComparison.Ordinal);
        Assert.Contains("没有消息", (await operations.Open("/inbox")).Words, StringComparison.Ordinal);
    }
}
