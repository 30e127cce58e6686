using System.Text;
using HaoSuan.Appeals;
using HaoSuan.Orders;
using HaoSuan.Reconciliation;
using HaoSuan.Settlements;
using HaoSuan.Settling.Reconciling;
using HaoSuan.Ui;
using HaoSuan.Upstreams;
using ReconVerdict = HaoSuan.Reconciliation.Verdict;
using Verdict = HaoSuan.Appeals.Verdict;

namespace HaoSuan.Tests.Engine;

public sealed class Origins_on_sqlite(SqliteDatabases engine) : OriginCases(engine);

public sealed class Origins_on_postgres(PostgresDatabases engine) : OriginCases(engine);

/// <summary>Where each fact comes from, told by whoever recorded it: the office reads everything, a distributor only what kind of source it is.</summary>
public abstract class OriginCases(Databases engine) : SettlementsTest(engine)
{
    private const string OrderNo = "HS26030100000001";

    private const string AwaitsUpstream = """
        {"stages":[{"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],
            "release":{"mode":"at_once","await":"upstream_confirmed"}}],"clawback":[]}
        """;

    /// <summary>The origins of an order's facts, by their kinds.</summary>
    private async Task<Dictionary<string, Origin>> Told(OrderId order, Face face = Face.Office)
    {
        var origins = await With<Origins, IReadOnlyDictionary<FactId, Origin>>(o => o.OfAsync(order, face, Cancel));
        var kinds = await With<Db, Dictionary<FactId, string>>(db => db.Set<FactRow>().ToDictionaryAsync(f => f.Id, f => f.Kind, Cancel));
        return origins.ToDictionary(o => kinds[o.Key], o => o.Value);
    }

    private async Task<OrderWhy> Why(OrderId order, DistributorId? viewer) => (await With<Why, OrderWhy?>(w => w.OfAsync(order, viewer, Cancel)))!;

    [Fact]
    public async Task What_an_upstream_tells_says_which_one_and_whether_it_called_was_asked_or_answered()
    {
        var order = await Order(await Product());
        await With<Db>(db => db.InTransaction(() =>
        {
            db.Add(new SubmissionRow { OrderId = order, OrderNo = OrderNo, UpstreamKey = "up", SubmittedAt = Time.Now });
            return Task.CompletedTask;
        }, Cancel));
        await Hear(HeardBy.Callback, "shipped");
        await Hear(HeardBy.Query, "activated");
        await Drain();
        await With<HaoSuan.Orders.Facts, bool>(f => f.RecordAsync(new(order, "submitted", Time.Now, "upstream:up", "submitted"), Cancel));

        var told = await Told(order);

        Assert.Equal(("上游回调", "上游"), (told["shipped"].Kind, told["shipped"].Detail));
        Assert.Equal(("上游查询", "上游"), (told["activated"].Kind, told["activated"].Detail));
        Assert.Equal(("上游答复", "上游"), (told["submitted"].Kind, told["submitted"].Detail));
        Assert.Equal(new Origin("上游回调"), (await Told(order, Face.Agent))["shipped"]);
    }

    private Task Hear(HeardBy by, string kind) => With<TakeReports, int>(t =>
        t.RunAsync("up", [new(OrderNo, "U1", kind, Time.Now, true, $"U1/{kind}")], by, Cancel));

    [Fact]
    public async Task A_confirmation_names_the_row_and_the_file_and_the_distributor_sees_that_it_is_a_sheet()
    {
        var order = await Order(await Product(scheme: AwaitsUpstream));
        await Record(order, "activated");
        await Run();
        var file = Encoding.UTF8.GetBytes($"渠道订单号,佣金\nHS26030100000009,1.00\n{OrderNo},120.00\n");
        var sheet = (await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(new(Upstream, new(2026, 3), "三月.csv", file), Cancel))).Value.Id;
        _ = (await With<OpenSheet, Result<Done>>(o => o.RunAsync(sheet, Cancel))).Value;
        _ = (await With<DecideDifferences, Result<int>>(d => d.RunAsync(sheet, Difference.Matched, new(ReconVerdict.Confirm, "金额一致"), Cancel))).Value;

        var confirmation = Assert.Single((await Why(order, null)).Stages[0].Earnings).Confirmation!.Origin;

        Assert.Equal(
            new Origin("上游对账单", "《三月.csv》第 3 行（账期 2026-03），system 确认：金额一致", $"/office/reconciliation/{sheet.Value}?class=Matched", Policies.Finance),
            confirmation);
        Assert.Equal(new Origin("上游对账单"), Assert.Single((await Why(order, Seller)).Stages[0].Earnings).Confirmation!.Origin);
    }

    [Fact]
    public async Task What_an_appeal_has_told_names_it_with_reason_and_evidence()
    {
        var order = await Order(await Product());
        var appeal = (await With<OpenAppeal, Result<AppealId>>(o => o.RunAsync(new(Seller, order, "激活", new("客户已激活", [], "k1")), Cancel))).Value;
        var change = new FactChange.Add("activated", Time.Now, Money.Zero, new Dictionary<string, string>());
        var reason = new NewMessage("上游补推了激活", ["%PDF-1.7"u8.ToArray()], "k2");
        _ = (await With<DecideAppeal, Result<Done>>(d => d.RunAsync(appeal, Verdict.Upheld, change, reason, Cancel))).Value;
        var number = (await With<AppealRecords, AppealDetail?>(r => r.FindAsync(appeal, cancel: Cancel)))!.Appeal.Number;

        Assert.Equal(
            new Origin("申诉处理", $"{number}，system：上游补推了激活（凭证 1 个）", $"/office/appeals/{appeal.Value}"), (await Told(order))["activated"]);
        Assert.Equal(new Origin("申诉处理"), (await Told(order, Face.Agent))["activated"]);
    }

    [Fact]
    public async Task What_staff_does_says_why_and_a_source_without_words_is_named_to_the_office_alone()
    {
        var order = await Order(await Product());
        await Record(order, "submitted");
        _ = (await With<CancelOrder, Result<OrderState>>(c => c.RunAsync(order, "客户要求取消", Cancel))).Value;

        var (office, agent) = (await Told(order), await Told(order, Face.Agent));

        Assert.Equal((new Origin("后台操作", "原因：客户要求取消"), new Origin("其他来源", "test")), (office["withdrawal_asked"], office["submitted"]));
        Assert.Equal((new Origin("后台操作"), new Origin("其他来源")), (agent["withdrawal_asked"], agent["submitted"]));
    }
}
