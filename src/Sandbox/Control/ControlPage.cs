using System.Globalization;
using System.Text;
using HaoSuan.Sandbox.Mail;
using HaoSuan.Sandbox.Pages;
using HaoSuan.Sandbox.Upstreams;

namespace HaoSuan.Sandbox.Control;

/// <summary>/sandbox: the other side's desk, for a person.</summary>
internal sealed class ControlPage(SandboxWorld world, ControlApi api)
{
    private static readonly (Step Step, string Word)[] Steps =
    [
        (Step.Accept, "受理"), (Step.WantDocuments, "要证件"), (Step.Reject, "审核不过"), (Step.Ship, "发货"), (Step.Activate, "激活"),
        (Step.TopUp, "充值"), (Step.CheckMonth, "月末考核"), (Step.Suspend, "停机"), (Step.Resume, "复机"), (Step.Cancel, "取消/销户"),
        (Step.RefuseWithdrawal, "不予撤单"),
        (Step.Settle, "结算"),
        (Step.RefuseSettlement, "无法结算"), (Step.RecallSettlement, "撤回结算"),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http) => Results.Redirect(http.Request.PathBase + "/sandbox"));
        routes.MapGet("/sandbox", (HttpContext http) => Show(http.Request.PathBase, null));
        routes.MapPost("/sandbox/orders/{wire}/{orderNo}", async (HttpContext http, string wire, string orderNo) =>
            Advance(http.Request.PathBase, wire, orderNo, await http.Request.ReadFormAsync()));
        routes.MapPost("/sandbox/transfers/{outBizNo}", async (HttpContext http, string outBizNo) =>
        {
            world.EndTransfer(outBizNo, (await http.Request.ReadFormAsync())["success"] == "1");
            return Results.Redirect(http.Request.PathBase + "/sandbox");
        });
        routes.MapGet("/sandbox/mail/{mail:int}/{file:int}", (int mail, int file) =>
            world.PostOffice.Received.ElementAtOrDefault(mail)?.Files.ElementAtOrDefault(file) is { } attachment
                ? Results.File(attachment.Content, attachment.MediaType, attachment.Name)
                : Results.NotFound());
        routes.MapPost("/sandbox/deliver", async (HttpContext http) =>
        {
            await world.Deliveries.DeliverAsync(all: true, cancel: http.RequestAborted);
            return Results.Redirect(http.Request.PathBase + "/sandbox");
        });
    }

    private IResult Advance(PathString root, string wire, string orderNo, IFormCollection form)
    {
        string? Text(string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
        if (api.Desk(wire) is not { } desk || !Enum.TryParse<Step>(Text("step"), out var step)) return Page.Missing("没有这个步骤");
        var details = new StepDetails(
            Iccid: Text("iccid"), Courier: Text("courier"), Amount: Text("amount"), Kind: Text("kind"),
            Month: int.TryParse(Text("month"), CultureInfo.InvariantCulture, out var month) ? month : null, InService: Text("out") is null);
        return desk.Advance(orderNo, step, details) is { } why ? Show(root, why) : Results.Redirect(root + "/sandbox");
    }

    private IResult Show(PathString root, string? message)
    {
        var body = new StringBuilder("<main class=\"wide\"><h1>沙箱控制台</h1>");
        if (message is not null) body.Append($"<div class=\"card\" role=\"alert\">{Page.Encode(message)}</div>");
        Orders(body, root, "haoyi", "上游 号易", world.Haoyi);
        Orders(body, root, "hao172", "上游 172号卡", world.Hao172);
        Orders(body, root, "yunfan", "上游 云帆（虚构）", world.Yunfan);
        Payments(body, root);
        Transfers(body, root);
        Messages(body);
        body.Append("<section class=\"card\"><h2>实名核验</h2><p class=\"soft\">姓名以“不符”结尾的答不一致，以“查无”结尾的答查无记录，其余答一致。</p></section>");
        Mails(body, root);
        Deliveries(body, root);
        return Page.Html("沙箱控制台", body.Append("</main>").ToString());
    }

    private static void Orders(StringBuilder body, PathString root, string wire, string title, UpstreamDesk desk)
    {
        Table(body, title, "订单号,产品,号码 / ICCID,状态,推进", "还没有订单。平台向这个上游提交后会出现在这里。", desk.Cards.Reverse().Select(card => $"""
            <td>{Page.Encode(card.OrderNo)}</td><td>{Page.Encode(card.Product)}</td>
            <td>{Page.Encode(card.Phone)}<br><span class="soft">{card.Iccid}</span></td>
            <td>{Word(card)}</td>
            <td><form class="row" method="post" action="{root}/sandbox/orders/{wire}/{Uri.EscapeDataString(card.OrderNo)}">
            <input name="amount" size="6" placeholder="金额" aria-label="充值金额">
            <input name="month" size="3" placeholder="第几月" aria-label="考核第几月">
            <label><input type="checkbox" name="out" value="1">不在网</label>
            <select name="kind" aria-label="停机类型"><option>欠停<option>单停<option>双停<option>局停</select>
            {string.Concat(Steps.Select(s => $"<button class=\"plain\" name=\"step\" value=\"{s.Step}\">{s.Word}</button>"))}</form></td>
            """));
    }

    private void Payments(StringBuilder body, PathString root)
    {
        var wechat = world.WeChatBooks.Trades.ToArray().Select(t =>
            Payment("微信支付", t.OutTradeNo, new(t.Total), t.State(world.Time.Now), $"{root}/pay/wechat/{t.PrepayId}"));
        var alipay = world.AlipayBooks.Trades.ToArray().Select(t =>
            Payment("支付宝", t.OutTradeNo, t.Total, t.Status(world.Time.Now), $"{root}/pay/alipay/{t.Token}"));
        Table(body, "支付", "渠道,商户单号,金额,状态,收银台", "还没有支付单。", wechat.Concat(alipay));
    }

    private static string Payment(string channel, string number, Money amount, string state, string page) => $"""
        <td>{channel}</td><td>{Page.Encode(number)}</td><td class="n">{amount}</td><td>{state}</td><td><a href="{page}">打开</a></td>
        """;

    private void Transfers(StringBuilder body, PathString root)
    {
        var alipay = world.Transfers.All.ToArray().Select(t => Transfer("支付宝", t.OutBizNo, t.Amount, t.Status, t.Status == "DEALING"));
        var wechat = world.WeChatTransfers.All.ToArray()
            .Select(t => Transfer("微信零钱", t.OutBillNo, new(t.Amount), t.State, t.State == "WAIT_USER_CONFIRM"));
        Table(body, "转账", "渠道,商户单号,金额,状态,", "还没有转账。", alipay.Concat(wechat));

        string Transfer(string channel, string number, Money amount, string state, bool open) => $"""
            <td>{channel}</td><td>{Page.Encode(number)}</td><td class="n">{amount}</td><td>{state}</td><td>{(!open ? "" : $"""
            <form class="row" method="post" action="{root}/sandbox/transfers/{Uri.EscapeDataString(number)}">
            <button class="plain" name="success" value="1">成功</button><button class="plain" name="success" value="0">失败</button></form>
            """)}</td>
            """;
    }

    private void Messages(StringBuilder body) =>
        Table(body, "短信", "手机,内容,时间", "还没有短信。消费者查订单时要的验证码会出现在这里。", world.Messages.Reverse().Select(m => $"""
            <td>{Page.Encode(m.Phone)}</td><td>{Page.Encode(m.Text)}</td><td>{HaoSuan.Ui.Moments.Text(m.At, Zone.Shanghai)}</td>
            """));

    private void Mails(StringBuilder body, PathString root) =>
        Table(body, "邮箱", "收件人,主题,附件,时间", $"还没有邮件。{PostOffice.Rules}", world.PostOffice.Received.Index().Reverse().Select(m => $"""
            <td>{Page.Encode(m.Item.To)}</td><td>{Page.Encode(m.Item.Subject)}<br><span class="soft">{Page.Encode(m.Item.Text)}</span></td>
            <td>{string.Join("<br>", m.Item.Files.Index().Select(f =>
                $"<a href=\"{root}/sandbox/mail/{m.Index}/{f.Index}\">{Page.Encode(f.Item.Name)}</a>"))}</td>
            <td>{HaoSuan.Ui.Moments.Text(m.Item.At, Zone.Shanghai)}</td>
            """));

    private void Deliveries(StringBuilder body, PathString root)
    {
        Table(body, "通知与回调", "编号,线路,内容,状态,回答", "还没有通知。", world.Deliveries.Lines().Reverse().Take(100).Select(d => $"""
            <td class="n">{d.Number}</td><td>{d.Wire}</td><td>{Page.Encode(d.What)}</td><td>{d.State}</td>
            <td>{Page.Encode(string.Join(" · ", d.Answers))}</td>
            """));
        body.Append($"<form method=\"post\" action=\"{root}/sandbox/deliver\"><button>立即送出所有等待的通知</button></form>");
    }

    private static void Table(StringBuilder body, string title, string heads, string empty, IEnumerable<string> rows)
    {
        var lines = rows.ToArray();
        body.Append($"<section class=\"card\"><h2>{title}</h2>");
        if (lines.Length == 0) body.Append($"<p class=\"soft\">{empty}</p>");
        else body.Append("<div class=\"scroll\"><table><thead><tr>").Append(string.Concat(heads.Split(',').Select(h => $"<th>{h}</th>")))
            .Append("</tr></thead><tbody>").Append(string.Concat(lines.Select(l => $"<tr>{l}</tr>"))).Append("</tbody></table></div>");
        body.Append("</section>");
    }

    private static string Word(SandboxCard card) => (card.Status switch
    {
        CardStatus.Submitted => "已提交",
        CardStatus.Accepted => "已受理",
        CardStatus.DocumentsWanted => "待证件",
        CardStatus.Rejected => "审核不过",
        CardStatus.Shipped => "已发货",
        CardStatus.Activated => card.Stops is [.., { Until: null, Kind: var kind }] ? kind : "已激活",
        CardStatus.Cancelled => "已取消",
    }) + (card.Settlement switch
    {
        SettlementStatus.None => "",
        SettlementStatus.Settled => " · 已结算",
        SettlementStatus.Unsettled => " · 无法结算",
        SettlementStatus.Recalled => " · 已撤回结算",
    });
}
