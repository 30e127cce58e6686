using System.Globalization;
using System.Text;
using System.Text.Json;
using HaoSuan.Sandbox.Pages;
using Microsoft.Extensions.Primitives;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>The inner object of an answer, before code and signature.</summary>
internal sealed record Answer(Dictionary<string, string> Fields, string? SubCode)
{
    public static Answer Ok(Dictionary<string, string> fields) => new(fields, null);

    public static Answer No(string subCode) => new([], subCode);
}

/// <summary>Alipay's one gateway: calls answered in JSON, and page payments opened by a browser.</summary>
internal sealed class AlipayServer(
    AlipayPlatform platform, AlipayBooks books, AlipayTransferBooks transfers, AlipayNotices notices, AlipayBills bills, Faults faults)
{
    private readonly Lock _gate = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/gateway.do", CallAsync);
        routes.MapGet("/gateway.do", Open);
        routes.MapGet("/alipay/bill", (HttpContext http) => bills.Send(http.Request.Query["token"].ToString()));
    }

    /// <summary>The consumer presses the button.</summary>
    public bool Pay(AlipayTrade trade)
    {
        lock (_gate)
        {
            if (!books.Pay(trade)) return false;
            notices.Tell(trade, null);
            return true;
        }
    }

    private IResult Open(HttpContext http)
    {
        var request = Parameters(http.Request.Query);
        if (request.GetValueOrDefault("method") is not ("alipay.trade.page.pay" or "alipay.trade.wap.pay")) return Page.Missing("没有这个接口");
        if (platform.Refuse(request) is { } why) return Page.Missing($"调试错误，请回到请求来源地，重新发起请求。错误代码 {why}");
        lock (_gate)
        {
            var (trade, no) = books.Prepare(request, Content(request));
            if (trade is null) return Page.Missing($"无法支付：{no}");
            trade.Open();
            return Results.Redirect($"{http.Request.PathBase}/pay/alipay/{trade.Token}");
        }
    }

    private async Task CallAsync(HttpContext http)
    {
        var request = Parameters(http.Request.Query.Concat(await http.Request.ReadFormAsync()));
        var method = request.GetValueOrDefault("method", "");
        var fault = faults.Take(Wire.Alipay, On.Call);
        if (platform.Refuse(request) is { } why)
        {
            var invalid = $$"""{"code":"40002","msg":"Invalid Arguments","sub_code":"{{why}}","sub_msg":"{{why}}"}""";
            await WriteAsync(http, method, invalid, null, signed: false);
            return;
        }
        var inner = fault switch
        {
            Fault.Fail => """{"code":"20000","msg":"Service Currently Unavailable","sub_code":"isp.unknow-error","sub_msg":"系统繁忙"}""",
            Fault.Busy => """{"code":"40005","msg":"Call Limited","sub_code":"isv.app-call-limited","sub_msg":"应用调用频率超限"}""",
            _ => Inner(Act(http, method, request)),
        };
        if (fault == Fault.FailAfter) inner = Inner(Answer.No("ACQ.SYSTEM_ERROR"));
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await WriteAsync(http, method, inner, fault, signed: true);
    }

    private Answer Act(HttpContext http, string method, SortedDictionary<string, string> request)
    {
        var content = Content(request);
        lock (_gate)
        {
            return method switch
            {
                "alipay.trade.precreate" => Precreate(http, request, content),
                "alipay.trade.query" => Query(content),
                "alipay.trade.close" => books.Close(content.Text("out_trade_no")) is ({ } trade, _) ? Ok(trade) : Answer.No(Why(content)),
                "alipay.trade.refund" => Refund(content),
                "alipay.trade.fastpay.refund.query" => QueryRefund(content),
                "alipay.fund.trans.uni.transfer" => transfers.Transfer(content),
                "alipay.fund.trans.common.query" => transfers.Query(content),
                "alipay.open.app.alipaycert.download" => platform.Download(content.Text("alipay_cert_sn")) is { } pem
                    ? Answer.Ok(new() { ["alipay_cert_content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)) })
                    : Answer.No("isv.cert-not-exist"),
                "alipay.data.dataservice.bill.downloadurl.query" => bills.Offer(content, http.Origin()),
                _ => Answer.No("isv.invalid-method"),
            };
        }
    }

    private string Why(JsonElement content) =>
        books.Find(content.Text("out_trade_no")) is { Opened: true } ? "ACQ.TRADE_STATUS_ERROR" : "ACQ.TRADE_NOT_EXIST";

    private Answer Precreate(HttpContext http, SortedDictionary<string, string> request, JsonElement content)
    {
        var (trade, no) = books.Prepare(request, content);
        return trade is null ? Answer.No(no) : Answer.Ok(new()
        {
            ["out_trade_no"] = trade.OutTradeNo,
            ["qr_code"] = new Uri(http.Origin(), $"pay/alipay/{trade.Token}").AbsoluteUri,
        });
    }

    private Answer Query(JsonElement content)
    {
        if (books.Find(content.Text("out_trade_no")) is not { Opened: true } trade) return Answer.No("ACQ.TRADE_NOT_EXIST");
        var answer = Ok(trade);
        answer.Fields["trade_status"] = trade.Status(platform.Time.Now);
        answer.Fields["total_amount"] = trade.Total.ToString();
        answer.Fields["buyer_logon_id"] = "159****5620";
        if (trade.PaidAt is { } at) answer.Fields["send_pay_date"] = AlipayPlatform.Local(at);
        return answer;
    }

    private Answer Refund(JsonElement content)
    {
        var (trade, moved, no) = books.Refund(content);
        if (trade is null) return Answer.No(no);
        if (moved) notices.Tell(trade, content.Text("out_request_no"));
        var answer = Ok(trade);
        answer.Fields["fund_change"] = moved ? "Y" : "N";
        answer.Fields["refund_fee"] = trade.Returned.ToString();
        return answer;
    }

    private Answer QueryRefund(JsonElement content)
    {
        if (books.Find(content.Text("out_trade_no")) is not { Opened: true } trade) return Answer.No("ACQ.TRADE_NOT_EXIST");
        var number = content.Text("out_request_no");
        if (!trade.Refunds.TryGetValue(number, out var refund)) return Answer.Ok([]);
        var answer = Ok(trade);
        answer.Fields["out_request_no"] = number;
        answer.Fields["total_amount"] = trade.Total.ToString();
        answer.Fields["refund_amount"] = refund.Amount.ToString();
        answer.Fields["refund_status"] = "REFUND_SUCCESS";
        answer.Fields["gmt_refund_pay"] = AlipayPlatform.Local(refund.At);
        return answer;
    }

    private static Answer Ok(AlipayTrade trade) => Answer.Ok(new() { ["out_trade_no"] = trade.OutTradeNo, ["trade_no"] = trade.TradeNo });

    private static string Inner(Answer answer) => JsonSerializer.Serialize(answer.SubCode is { } no
        ? new Dictionary<string, string> { ["code"] = "40004", ["msg"] = "Business Failed", ["sub_code"] = no, ["sub_msg"] = no }
        : new Dictionary<string, string>(answer.Fields) { ["code"] = "10000", ["msg"] = "Success" }, Reading.Plain);

    private async Task WriteAsync(HttpContext http, string method, string inner, Fault? fault, bool signed)
    {
        var signature = signed ? platform.Sign(inner, fault) : "";
        if (fault == Fault.Tamper) inner = inner.Replace("\"1", "\"2", StringComparison.Ordinal);
        var name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace('.', '_')}_response");
        http.Response.ContentType = "text/html;charset=utf-8";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(
            $$"""{"{{name}}":{{inner}},{{(platform.Certificate is { } number ? $"\"alipay_cert_sn\":\"{number}\"," : "")}}"sign":"{{signature}}"}"""));
    }

    private static JsonElement Content(SortedDictionary<string, string> request) =>
        Reading.Parse(Encoding.UTF8.GetBytes(request.GetValueOrDefault("biz_content", "")));

    private static SortedDictionary<string, string> Parameters(IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given) parameters[name] = value.ToString();
        return parameters;
    }
}
