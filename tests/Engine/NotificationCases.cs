using System.Globalization;
using HaoSuan.Appeals;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Inventory;
using HaoSuan.Notifications;
using HaoSuan.Outlook;
using HaoSuan.Payments;
using HaoSuan.Payouts;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Outlook;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class Notifications_on_sqlite(SqliteDatabases engine) : NotificationCases(engine);

public sealed class Notifications_on_postgres(PostgresDatabases engine) : NotificationCases(engine);

public abstract class NotificationCases(Databases engine) : EngineTest(engine)
{
    private static readonly Guid Some = Guid.Parse("0198a000-0000-7000-8000-00000000000a");
    private static readonly DistributorId Wang = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    private static readonly DistributorId Zhao = new(Guid.Parse("0198a000-0000-7000-8000-000000000002"));
    private static readonly PayoutPaid Paid = new(new(Some), Wang, new(100_00), new(94_00), default);

    private async Task<UserId> User(string name, Role role, DistributorId? distributor = null) =>
        (await With<Users, Result<UserId>>(u => u.CreateAsync(name, "haosuan-2026", role, distributor, Cancel))).Value;

    private async Task Happen<TEvent>(TEvent happened) where TEvent : IEvent
    {
        await With<IServiceProvider>(services =>
        {
            var outbox = services.GetRequiredService<Outbox>();
            return services.GetRequiredService<Db>().InTransaction(() =>
            {
                outbox.Publish(happened);
                return Task.CompletedTask;
            }, Cancel);
        });
        await Drain();
    }

    /// <summary>As after a crash between the follower's commit and the outbox's.</summary>
    private async Task DeliverAgain()
    {
        await Tamper("update outbox set done_at = null, due_at = created_at");
        Assert.Equal(1, await Drain());
    }

    private Task<IReadOnlyList<Told>> Inbox(UserId user, string? kind = null) => With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, kind, 0, 50, Cancel));

    private Task<int> Unread(UserId user) => With<Inbox, int>(i => i.UnreadAsync(user, Cancel));

    private Task Forget() =>
        Services.GetRequiredService<JobRunner>().RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == "forget-notifications"), Cancel);

    private async Task<string> ToldInEnglish(UserId user)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        try
        {
            return (await Inbox(user))[0].Text;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static WarningRaised Warned(DeadlineKind kind, long fen = 40_00) => new(
        new(Some), "HS26030100000001", Wang, kind, "首充", Zone.Shanghai.StartOf(new(2026, 4, 1)), new(fen));

    [Fact]
    public async Task Every_user_of_the_distributor_is_told_what_to_do_until_when_for_how_much_and_where_and_nobody_else_is()
    {
        var (own, colleague, other) =
            (await User("wang", Role.Distributor, Wang), await User("wang2", Role.Distributor, Wang), await User("zhao", Role.Distributor, Zhao));

        await Happen(Warned(DeadlineKind.Happen));

        foreach (var user in new[] { own, colleague })
        {
            var told = Assert.Single(await Inbox(user));
            Assert.Equal("订单 HS26030100000001 的「首充」还没有达成，最后一天是 2026-03-31，达成可得 ￥40.00。", told.Text);
            Assert.Equal(("预警", "/agent/orders/0198a000-0000-7000-8000-00000000000a/why", false), (told.KindText, told.Href, told.IsRead));
        }
        Assert.Empty(await Inbox(other));
    }

    [Fact]
    public async Task Each_reads_it_in_his_own_language()
    {
        var user = await User("wang", Role.Distributor, Wang);
        await Happen(Warned(DeadlineKind.Resume, 0));

        Assert.Equal(
            "Order HS26030100000001: the number is suspended. Unless it is in service again by 2026-03-31, what “首充” brings is lost.",
            await ToldInEnglish(user));
        Assert.Contains("最晚 2026-03-31 复机", Assert.Single(await Inbox(user)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_must_not_happen_disturbs_nobody()
    {
        var user = await User("wang", Role.Distributor, Wang);

        foreach (var kind in new[] { DeadlineKind.StayQuiet, DeadlineKind.StayInService, DeadlineKind.Clawback }) await Happen(Warned(kind));

        Assert.Empty(await Inbox(user));
    }

    [Fact]
    public async Task An_event_that_is_delivered_again_tells_nobody_twice_and_another_one_like_it_does()
    {
        var user = await User("wang", Role.Distributor, Wang);
        await Happen(Paid);
        await DeliverAgain();
        Assert.Single(await Inbox(user));

        await Happen(Paid);
        Assert.Equal(2, (await Inbox(user)).Count);
    }

    [Fact]
    public async Task A_delivery_that_is_repeated_leaves_what_was_read_read()
    {
        var user = await User("wang", Role.Distributor, Wang);
        await Happen(Paid);
        var told = Assert.Single(await Inbox(user)).Id;
        Assert.NotNull(await With<Inbox, string?>(i => i.ReadAsync(user, told, Cancel)));
        await DeliverAgain();

        Assert.True(Assert.Single(await Inbox(user)).IsRead);
    }

    [Fact]
    public async Task Whoever_may_not_sign_in_any_more_is_told_nothing()
    {
        var user = await User("wang", Role.Distributor, Wang);
        _ = (await With<Users, Result<Done>>(u => u.SetActiveAsync(user, false, Cancel))).Value;
        await Happen(Paid);

        Assert.Empty(await Inbox(user));
    }

    [Fact]
    public async Task Departments_are_told_of_what_concerns_them()
    {
        var (admin, finance, operations, wang) = (await User("admin", Role.Admin), await User("finance", Role.Finance),
            await User("operations", Role.Operations), await User("wang", Role.Distributor, Wang));
        var (order, payment) = (new OrderId(Some), new PaymentId(Some));

        await Happen(new PayoutRequested(new(Some), "PO260301A", Wang, new(100_00)));
        await Happen(new DifferencesFound(new(Some), new(Some), new(2026, 2), 7, new(-120_00), "user:somebody"));
        await Happen(new PaymentDisputed(order, payment, "HS1P1", new(10_00), new(1_00)));
        await Happen(new RefundFailed(order, payment, "HS1P1R1", new(10_00)));
        await Happen(new CardReturned("89860100000000000017", new(Some)));
        await Happen(new StockRanOut(new(Some), "89860100000000000025"));

        Assert.Equal(["卡", "支付单", "最后一张库存卡", "退款单"], (await Inbox(operations)).Select(t => t.Text.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(4, (await Inbox(finance)).Count);
        Assert.Contains(await Inbox(finance), t => t.Text == "2026-02 的上游结算表有 7 处差异待处理，合计 -￥120.00。");
        Assert.Contains(await Inbox(finance), t => t.Text == "提现 PO260301A 申请 ￥100.00，待审核。");
        Assert.Equal(6, (await Inbox(admin)).Count);
        Assert.Empty(await Inbox(wang));
    }

    [Fact]
    public async Task Of_an_appeal_each_side_is_told_what_the_other_one_does()
    {
        var (finance, wang) = (await User("finance", Role.Finance), await User("wang", Role.Distributor, Wang));
        var id = new AppealId(Some);

        await Happen(new AppealMoved(id, "AP1", Wang, MessageKind.Opened, AppealState.Open, false, new(2026, 3, 9)));
        await Happen(new AppealMoved(id, "AP1", Wang, MessageKind.Asked, AppealState.NeedsInfo, true));

        var (toOffice, toDistributor) = (Assert.Single(await Inbox(finance)), Assert.Single(await Inbox(wang)));
        Assert.Equal(("新申诉 AP1，最晚 2026-03-09 处理。", $"/office/appeals/{id.Value}"), (toOffice.Text, toOffice.Href));
        Assert.Equal(("申诉 AP1 需要您补充材料，补充后才继续处理。", $"/agent/appeals/{id.Value}"), (toDistributor.Text, toDistributor.Href));
    }

    [Fact]
    public async Task A_scheme_is_told_to_those_who_may_approve_it_and_its_decision_to_whoever_submitted_it()
    {
        var (admin, finance, operations) = (await User("admin", Role.Admin), await User("finance", Role.Finance), await User("operations", Role.Operations));
        var anna = $"user:{finance.Value}";

        await Happen(new ProposalMoved(false, "GD29", 2, ProposalAction.Submitted, anna, anna));
        await Happen(new ProposalMoved(false, "GD29", 2, ProposalAction.Approved, $"user:{admin.Value}", anna));

        Assert.Equal("产品 GD29 的佣金方案第 2 版待审批。", Assert.Single(await Inbox(admin)).Text);
        Assert.StartsWith("您提交的产品 GD29 佣金方案第 2 版已批准", Assert.Single(await Inbox(finance)).Text, StringComparison.Ordinal);
        Assert.Empty(await Inbox(operations));
    }

    [Fact]
    public async Task Reading_one_or_all_of_a_kind_lowers_the_count_and_nobody_reads_what_belongs_to_others()
    {
        var (wang, zhao) = (await User("wang", Role.Distributor, Wang), await User("zhao", Role.Distributor, Zhao));
        await Happen(Paid);
        await Happen(Warned(DeadlineKind.Happen));
        await Happen(Warned(DeadlineKind.Resume));
        Assert.Equal(3, await Unread(wang));
        var kinds = await With<Inbox, IReadOnlyList<ToldOfKind>>(i => i.KindsAsync(wang, Cancel));
        Assert.Equal([("outlook", "预警", 2, 2), ("payouts", "提现", 1, 1)], kinds.Select(k => (k.Kind, k.KindText, k.Unread, k.All)));

        var payout = Assert.Single(await Inbox(wang, "payouts")).Id;
        Assert.Null(await With<Inbox, string?>(i => i.ReadAsync(zhao, payout, Cancel)));
        Assert.Equal(3, await Unread(wang));
        Assert.Equal("/agent/payouts", await With<Inbox, string?>(i => i.ReadAsync(wang, payout, Cancel)));
        Assert.Equal(2, await Unread(wang));

        var seen = Time.Now;
        Time.Advance(TimeSpan.FromMinutes(1));
        await Happen(Warned(DeadlineKind.Happen, 1_00));
        await With<Inbox>(i => i.ReadAllAsync(wang, "outlook", seen, Cancel));
        Assert.Equal(1, await Unread(wang));
    }

    [Fact]
    public async Task What_was_read_goes_after_ninety_days_and_what_nobody_reads_after_a_year()
    {
        var user = await User("wang", Role.Distributor, Wang);
        await Happen(Paid);
        await Happen(Warned(DeadlineKind.Happen));
        await With<Inbox>(i => i.ReadAllAsync(user, "payouts", Time.Now, Cancel));

        Time.Advance(TimeSpan.FromDays(89));
        await Forget();
        Assert.Equal(2, (await Inbox(user)).Count);
        Time.Advance(TimeSpan.FromDays(2));
        await Forget();
        Assert.Equal("outlook", Assert.Single(await Inbox(user)).Kind);
        Time.Advance(TimeSpan.FromDays(275));
        await Forget();
        Assert.Empty(await Inbox(user));
    }

    [Fact]
    public async Task Another_operators_staff_is_told_nothing_of_ours()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        var theirs = (await With<Users, Result<UserId>>(u => u.CreateAsync("finance", "haosuan-2026", Role.Finance, null, Cancel), other)).Value;
        await Happen(new PayoutRequested(new(Some), "PO1", Wang, new(100_00)));

        Assert.Empty(await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(theirs, null, 0, 9, Cancel), other));
    }

    [Fact]
    public async Task Work_that_a_colleague_has_done_waits_in_nobodys_inbox()
    {
        var (one, two) = (await User("one", Role.Finance), await User("two", Role.Finance));
        var other = Guid.Parse("0198a000-0000-7000-8000-00000000000b");
        await Happen(new PayoutRequested(new(Some), "PO1", Wang, new(70_00)));
        await Happen(new PayoutRequested(new(other), "PO2", Wang, new(80_00)));
        Assert.Equal((2, 2), (await Unread(one), await Unread(two)));

        await Happen(new PayoutUnderway(new(Some), "PO1", Wang, new(70_00), new(66_00)));

        foreach (var user in new[] { one, two })
            Assert.Equal([("PO1", true), ("PO2", false)], (await Inbox(user)).Select(t => (t.Text.Split(' ')[1], t.IsRead)).Order());
        await Happen(new PayoutReturned(new(other), Wang, new(80_00), "户名不符", default));
        Assert.Equal((0, 0), (await Unread(one), await Unread(two)));
    }

    [Fact]
    public async Task Whatever_is_told_has_a_text_in_both_languages()
    {
        var user = await User("wang", Role.Distributor, Wang);
        var modules = new[] { "outlook", "appeals", "payouts", "payments", "catalog", "inventory", "reconciliation" };
        foreach (var name in modules)
        {
            var module = Services.GetServices<Module>().Single(m => m.Name == name);
            var texts = new System.Resources.ResourceManager($"{module.Assembly.GetName().Name}.Texts", module.Assembly);
            foreach (var key in KeysIn(texts, CultureInfo.InvariantCulture).Where(k => k.Contains(".told_", StringComparison.Ordinal)))
                Assert.Contains(key, KeysIn(texts, CultureInfo.GetCultureInfo("en")));
            Assert.Contains($"{name}.notifications", KeysIn(texts, CultureInfo.GetCultureInfo("en")));
        }
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            foreach (var byOffice in new[] { true, false })
                await Happen(new AppealMoved(new(Some), "AP1", Wang, kind, AppealState.Open, byOffice));
        }
        Assert.Equal(Enum.GetValues<MessageKind>().Length, (await Inbox(user)).Count);
    }

    private static HashSet<string> KeysIn(System.Resources.ResourceManager texts, CultureInfo culture) =>
        [.. texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];
}
