using HaoSuan.Appeals;
using HaoSuan.Orders;

namespace HaoSuan.Tests.Engine;

public sealed class Appeals_on_sqlite(SqliteDatabases engine) : AppealCases(engine);

public sealed class Appeals_on_postgres(PostgresDatabases engine) : AppealCases(engine);

public abstract class AppealCases(Databases engine) : SettlementsTest(engine)
{
    private const string Stage = "激活";

    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];
    private static readonly byte[] Pdf = "%PDF-1.7"u8.ToArray();
    private static readonly DistributorId Stranger = new(Guid.Parse("0198a000-0000-7000-8000-000000000009"));

    private int _keys;

    private NewMessage Message(string text = "客户已激活，系统没有记录", params byte[][] files) => new(text, files, $"key-{++_keys}");

    private Task<Result<AppealId>> Open(OrderId order, DistributorId? by = null, string stage = Stage, NewMessage? message = null) =>
        With<OpenAppeal, Result<AppealId>>(o => o.RunAsync(new(by ?? Seller, order, stage, message ?? Message()), Cancel));

    private async Task<(OrderId Order, AppealId Appeal)> Opened()
    {
        var order = await Order(await Product());
        return (order, (await Open(order)).Value);
    }

    private Task<Result<Done>> Decide(AppealId id, Verdict verdict = Verdict.Upheld, FactChange? change = null, NewMessage? reason = null) =>
        With<DecideAppeal, Result<Done>>(d => d.RunAsync(id, verdict, change ?? new FactChange.Nothing(), reason ?? Message("已核实"), Cancel));

    private FactChange Activation => new FactChange.Add("activated", Time.Now, Money.Zero, new Dictionary<string, string>());

    private Task<Result<Done>> Say(AppealId id, NewMessage? message = null) =>
        With<WriteMessage, Result<Done>>(w => w.ByDistributorAsync(id, Seller, message ?? Message("补充如下"), Cancel));

    private Task<Result<Done>> Ask(AppealId id) => With<WriteMessage, Result<Done>>(w => w.ByOfficeAsync(id, Message("请提供充值截图"), asks: true, Cancel));

    private async Task<AppealDetail> Find(AppealId id) => (await With<AppealRecords, AppealDetail?>(r => r.FindAsync(id, cancel: Cancel)))!;

    private Task<AppealCount> Count() => With<AppealCounts, AppealCount>(c => c.AllAsync(Cancel));

    private Task<List<FactRow>> Told(OrderId order) => With<Db, List<FactRow>>(db => db.Set<FactRow>().Where(f => f.OrderId == order).ToListAsync(Cancel));

    /// <summary>What the audit log has of appeals, by name: at one instant its lines have no order.</summary>
    private Task<List<string>> Audited() => With<Db, List<string>>(db =>
        db.Set<AuditRow>().Where(a => a.Action.StartsWith("appeal.")).OrderBy(a => a.Action).Select(a => a.Action).ToListAsync(Cancel));

    private static void AssertRefused(string code, IReadOnlyList<Refusal> refusals) => Assert.Equal(code, Assert.Single(refusals).Code);

    [Fact]
    public async Task What_an_upheld_appeal_tells_is_paid_by_the_next_run()
    {
        var (order, appeal) = await Opened();
        await Run();
        Assert.Equal((0, 0), await Balance(Seller));
        var happened = Time.Now - TimeSpan.FromHours(1);
        Time.Advance(TimeSpan.FromDays(2));

        var change = new FactChange.Add("activated", happened + TimeSpan.FromHours(1), Money.Zero, new Dictionary<string, string> { ["channel"] = "app" });
        Assert.False((await Decide(appeal, Verdict.Upheld, change, Message("上游补推了激活", Pdf))).IsRefused);
        await Run();

        Assert.Equal((80_00, 0), await Balance(Seller));
        Assert.Equal((20_00, 0), await Balance(Parent));
        var fact = Assert.Single(await Told(order));
        var detail = await Find(appeal);
        var decided = detail.Messages[^1];
        Assert.Equal(("appeal", $"{appeal.Value}:{decided.Number}"), (fact.Source, fact.SourceId));
        Assert.Equal(detail.Appeal.Number, fact.ReadAttributes()["appeal"]);
        Assert.Equal((MessageKind.Upheld, "上游补推了激活", "application/pdf"), (decided.Kind, decided.Text, decided.Files[0].MediaType));
        var followed = await With<Aftermath, Followed>(a => a.OfAsync(detail.Appeal, Cancel));
        Assert.Equal("补记激活", Assert.Single(followed.Facts).Words);
        Assert.Equal((Stage, new Money(80_00)), (Assert.Single(followed.Lines).Stage, followed.Lines[0].Amount));
        await AssertSound();
    }

    [Fact]
    public async Task What_an_upheld_appeal_withdraws_is_taken_back_by_the_next_run()
    {
        var order = await Order(await Product());
        var activated = await Record(order, "activated");
        await Record(order, "cancelled");
        await Run();
        Assert.Equal((0, -50_00), await Balance(Seller));
        var cancelled = (await Told(order)).Single(f => f.Kind == "cancelled").Id;
        var appeal = (await Open(order)).Value;

        Assert.False((await Decide(appeal, Verdict.Upheld, new FactChange.Void(cancelled))).IsRefused);
        await Run();

        Assert.Equal((80_00, 0), await Balance(Seller));
        Assert.NotEqual(activated, cancelled);
        var followed = await With<Aftermath, Followed>(async a => await a.OfAsync((await Find(appeal)).Appeal, Cancel));
        Assert.Equal("作废销户", Assert.Single(followed.Facts).Words);
        await AssertSound();
    }

    [Fact]
    public async Task Deciding_twice_records_one_fact()
    {
        var (order, appeal) = await Opened();
        var reason = Message("同一个表单");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Decide(appeal, Verdict.Upheld, Activation, reason), Cancel)));
        var third = await Decide(appeal, Verdict.Upheld, Activation);
        var opposite = await Decide(appeal, Verdict.Rejected);

        Assert.All(both, b => Assert.False(b.IsRefused));
        AssertRefused("appeals.not_open", third.Refusals);
        AssertRefused("appeals.not_open", opposite.Refusals);
        Assert.Single(await Told(order));
        Assert.Equal(2, (await Find(appeal)).Messages.Count);
    }

    [Fact]
    public async Task A_decision_that_is_refused_leaves_nothing()
    {
        var (order, appeal) = await Opened();

        var refused = await Decide(appeal, Verdict.Upheld, Activation, Message(" "));

        Assert.Equal(("text", "appeals.text_missing"), (refused.Refusals[0].Field, refused.Refusals[0].Code));
        AssertRefused("appeals.rejected_changes_nothing", (await Decide(appeal, Verdict.Rejected, Activation)).Refusals);
        AssertRefused("appeals.fact_unknown", (await Decide(appeal, Verdict.Upheld, new FactChange.Void(new(Guid.Empty)))).Refusals);
        Assert.Empty(await Told(order));
        Assert.Equal(AppealState.Open, (await Find(appeal)).Appeal.State);
        Assert.Equal(["appeal.opened"], await Audited());
    }

    [Fact]
    public async Task Only_the_chain_of_an_order_appeals_it_and_everybody_finds_its_own()
    {
        var (order, appeal) = await Opened();

        AssertRefused("appeals.order_unknown", (await Open(order, Stranger)).Refusals);
        var parents = (await Open(order, Parent)).Value;

        Assert.Null(await With<AppealRecords, AppealDetail?>(r => r.FindAsync(appeal, Parent, Cancel)));
        Assert.NotNull(await With<AppealRecords, AppealDetail?>(r => r.FindAsync(parents, Parent, Cancel)));
        AssertRefused("appeals.unknown", (await With<WriteMessage, Result<Done>>(w => w.ByDistributorAsync(appeal, Parent, Message(), Cancel))).Refusals);
        AssertRefused("appeals.unknown", (await With<WithdrawAppeal, Result<Done>>(w => w.RunAsync(appeal, Parent, Message(), Cancel))).Refusals);
        Assert.Equal(appeal, Assert.Single(await With<AppealRecords, IReadOnlyList<AppealSummary>>(r => r.OfAsync(Seller, 0, 10, Cancel))).Id);
    }

    [Fact]
    public async Task Another_operator_finds_no_appeal_of_ours()
    {
        var (order, appeal) = await Opened();
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        Assert.Null(await With<AppealRecords, AppealDetail?>(r => r.FindAsync(appeal, cancel: Cancel), other));
        Assert.Null(await With<AppealRecords, (string, string, byte[])?>(r => r.FileAsync(appeal, 1, cancel: Cancel), other));
        AssertRefused("appeals.unknown", (await With<TakeAppeal, Result<Done>>(t => t.RunAsync(appeal, Cancel), other)).Refusals);
        AssertRefused("appeals.order_unknown",
            (await With<OpenAppeal, Result<AppealId>>(o => o.RunAsync(new(Seller, order, Stage, Message()), Cancel), other)).Refusals);
    }

    [Fact]
    public async Task A_stage_has_one_open_appeal_of_a_distributor_however_many_ask_at_once()
    {
        var order = await Order(await Product());
        var form = Message();

        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Task.Run(() => Open(order, message: new("没有收到佣金", [Picture], $"k{i}")), Cancel)));

        Assert.Single(asked, a => !a.IsRefused);
        Assert.All(asked.Where(a => a.IsRefused), a => AssertRefused("appeals.one_open", a.Refusals));
        var whole = (await Open(order, stage: "", message: form)).Value;
        Assert.Equal(whole, (await Open(order, stage: "", message: form)).Value);
        AssertRefused("appeals.stage_unknown", (await Open(order, stage: "次月")).Refusals);
    }

    [Fact]
    public async Task The_deadline_waits_for_the_distributor_and_what_is_overdue_stands_on_top()
    {
        var product = await Product();      // Sunday, 1 March: due on Friday
        var late = (await Open(await Order(product))).Value;
        var asked = (await Open(await Order(product))).Value;
        await Ask(asked);
        Time.Advance(TimeSpan.FromDays(6));
        var fresh = (await Open(await Order(product))).Value;
        var withdrawn = (await Open(await Order(product))).Value;
        await With<WithdrawAppeal, Result<Done>>(w => w.RunAsync(withdrawn, Seller, Message(""), Cancel));

        var all = await With<AppealRecords, IReadOnlyList<AppealSummary>>(r => r.AllAsync(new(), 0, 10, Cancel));

        Assert.Equal([late, fresh, asked, withdrawn], all.Select(a => a.Id));
        Assert.Equal([true, false, false, false], all.Select(a => a.IsOverdue));
        Assert.Equal(new AppealCount(2, 1, 1), await Count());
        Assert.Equal(new AppealCount(0, 0, 0), await With<AppealCounts, AppealCount>(c => c.OfAsync(Parent, Cancel)));
        Assert.Equal([late], (await With<AppealRecords, IReadOnlyList<AppealSummary>>(r => r.AllAsync(new(Overdue: true), 0, 10, Cancel))).Select(a => a.Id));
        await Say(asked);
        Assert.Equal((AppealState.Open, new DateOnly(2026, 3, 13)), ((await Find(asked)).Appeal.State, (await Find(asked)).Appeal.Due));
    }

    [Fact]
    public async Task A_rejected_appeal_is_reopened_once_and_a_new_one_needs_something_new()
    {
        var (order, appeal) = await Opened();
        await Decide(appeal, Verdict.Rejected);
        Time.Advance(TimeSpan.FromDays(3));

        AssertRefused("appeals.nothing_new", (await Open(order)).Refusals);
        var reopened = await With<ReopenAppeal, Result<Done>>(r => r.RunAsync(appeal, Seller, Message("有新的凭证", Picture), Cancel));
        Assert.False(reopened.IsRefused);
        await Decide(appeal, Verdict.Rejected);

        AssertRefused("appeals.reopened_already",
            (await With<ReopenAppeal, Result<Done>>(r => r.RunAsync(appeal, Seller, Message(), Cancel))).Refusals);
        Assert.Equal(["appeal.opened", "appeal.rejected", "appeal.rejected", "appeal.reopened"], await Audited());
        Time.Advance(TimeSpan.FromDays(1));
        await Record(order, "activated");
        Assert.False((await Open(order)).IsRefused);
    }

    [Fact]
    public async Task An_appeal_that_is_decided_anew_tells_a_second_fact()
    {
        var (order, appeal) = await Opened();
        await Decide(appeal, Verdict.Rejected);
        await With<ReopenAppeal, Result<Done>>(r => r.RunAsync(appeal, Seller, Message(), Cancel));

        Assert.False((await Decide(appeal, Verdict.Upheld, Activation)).IsRefused);

        Assert.Equal($"{appeal.Value}:4", Assert.Single(await Told(order)).SourceId);
    }

    [Fact]
    public async Task Files_are_kept_once_and_found_again_as_what_they_are()
    {
        var order = await Order(await Product());
        var appeal = (await Open(order, message: Message("见附件", Picture, Pdf, Picture))).Value;
        var again = Message("再传一次", Picture);
        await Say(appeal, again);
        await Say(appeal, again);

        var detail = await Find(appeal);
        Assert.Equal([3, 1], detail.Messages.Select(m => m.Files.Count));
        var file = await With<AppealRecords, (string Name, string MediaType, byte[] Content)?>(r => r.FileAsync(appeal, 4, Seller, Cancel));
        Assert.Equal(($"{detail.Appeal.Number}-4.png", "image/png"), (file!.Value.Name, file.Value.MediaType));
        Assert.Equal(Picture, file.Value.Content);
        Assert.Null(await With<AppealRecords, (string, string, byte[])?>(r => r.FileAsync(appeal, 5, Seller, Cancel)));
        Assert.Null(await With<AppealRecords, (string, string, byte[])?>(r => r.FileAsync(appeal, 1, Parent, Cancel)));
        Assert.Equal(2, await With<Db, int>(db => db.Set<FileRow>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Somebody_of_the_office_takes_an_appeal_from_a_colleague_too()
    {
        var (_, appeal) = await Opened();

        foreach (var name in new[] { "user:a", "user:b", "user:b" })
        {
            await With<IServiceProvider, Result<Done>>(s =>
            {
                s.GetRequiredService<Actor>().Name = name;
                return s.GetRequiredService<TakeAppeal>().RunAsync(appeal, Cancel);
            });
        }

        Assert.Equal("user:b", (await Find(appeal)).Appeal.Owner);
        Assert.Equal(["appeal.opened", "appeal.taken", "appeal.taken"], await Audited());
        Assert.Empty(await With<AppealRecords, IReadOnlyList<AppealSummary>>(r => r.AllAsync(new(Owner: ""), 0, 10, Cancel)));
        Assert.Single(await With<AppealRecords, IReadOnlyList<AppealSummary>>(r => r.AllAsync(new(Owner: "user:b"), 0, 10, Cancel)));
    }

    [Fact]
    public async Task What_was_written_and_handed_in_cannot_be_changed()
    {
        var appeal = (await Open(await Order(await Product()), message: Message("见附件", Picture))).Value;
        await Ask(appeal);

        foreach (var sql in new[] { "update appeal_message set text = ''", "delete from appeal_message", "update appeal_file set bytes = 0" })
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper(sql));
        Assert.Equal([MessageKind.Opened, MessageKind.Asked], (await Find(appeal)).Messages.Select(m => m.Kind));
        Assert.Equal(AppealState.NeedsInfo, (await Find(appeal)).Appeal.State);
    }
}
