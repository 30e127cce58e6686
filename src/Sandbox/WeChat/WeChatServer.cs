using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>WeChat Pay API v3 as the platform answers it: signed requests in, signed answers out.</summary>
internal sealed class WeChatServer(WeChatPlatform platform, WeChatBooks books, WeChatNotices notices, WeChatBills bills, WeChatTransferBooks transfers,
    Faults faults)
{
    private readonly Lock _gate = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v3/pay/transactions/{way:regex(^(native|h5|jsapi)$)}", (HttpContext http, string way) =>
            ServeAsync(http, body => books.Create(way, body, http.Origin())));
        routes.MapGet("/v3/pay/transactions/out-trade-no/{no}", (HttpContext http, string no) =>
            ServeAsync(http, _ => books.Query(no, http.Request.Query["mchid"].ToString())));
        routes.MapPost("/v3/pay/transactions/out-trade-no/{no}/close", (HttpContext http, string no) =>
            ServeAsync(http, _ => books.Close(no)));
        routes.MapPost("/v3/refund/domestic/refunds", (HttpContext http) => ServeAsync(http, Refund));
        routes.MapGet("/v3/refund/domestic/refunds/{no}", (HttpContext http, string no) => ServeAsync(http, _ => books.QueryRefund(no)));
        routes.MapPost("/v3/fund-app/mch-transfer/transfer-bills", (HttpContext http) =>
            ServeAsync(http, body => transfers.Transfer(body, http.Request.Headers["Wechatpay-Serial"].ToString())));
        routes.MapGet("/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{no}", (HttpContext http, string no) =>
            ServeAsync(http, _ => transfers.Query(no)));
        routes.MapGet("/v3/certificates", (HttpContext http) => ServeAsync(http, _ => Answer.Ok(platform.Certificates())));
        routes.MapGet("/v3/bill/tradebill", (HttpContext http) => ServeAsync(http, _ => bills.Offer("trade", http)));
        routes.MapGet("/v3/bill/fundflowbill", (HttpContext http) => ServeAsync(http, _ => bills.Offer("funds", http)));
        routes.MapGet("/v3/billdownload/file", (HttpContext http) => bills.Send(http, platform));
    }

    private Answer Refund(JsonElement body)
    {
        var (answer, trade, made) = books.Refund(body);
        if (trade is not null && made is not null) notices.Refunded(trade, made);
        return answer;
    }

    private async Task ServeAsync(HttpContext http, Func<JsonElement, Answer> act)
    {
        var body = await Reading.BodyAsync(http.Request);
        var fault = faults.Take(Wire.WeChat, On.Call);
        if (platform.Refuse(http.Request, Target(http), body) is { } why)
        {
            http.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            await http.Response.WriteAsJsonAsync(new { code = "SIGN_ERROR", message = why });
            return;
        }
        var answer = fault switch
        {
            Fault.Fail => Answer.No(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用"),
            Fault.Busy => Answer.No(429, "FREQUENCY_LIMITED", "频率超限"),
            _ => Act(act, Reading.Parse(body)),
        };
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault == Fault.FailAfter) answer = Answer.No(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用");
        await SendAsync(http, answer, fault);
    }

    private Answer Act(Func<JsonElement, Answer> act, JsonElement body)
    {
        lock (_gate) return act(body);
    }

    private async Task SendAsync(HttpContext http, Answer answer, Fault? fault)
    {
        var body = answer.Content is null ? [] : JsonSerializer.SerializeToUtf8Bytes(answer.Content, Reading.Plain);
        foreach (var (name, value) in platform.Sign(body, fault)) http.Response.Headers[name] = value;
        if (fault == Fault.Tamper && body.Length > 2) body[^2] ^= 1;
        http.Response.StatusCode = answer.Status;
        if (body.Length == 0) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers["Request-ID"] = http.TraceIdentifier;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }

    internal static string Target(HttpContext http) =>
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is { Length: > 0 } raw
            ? raw
            : string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{http.Request.Path}{http.Request.QueryString}");

    /// <summary>The consumer presses the button.</summary>
    public bool Pay(WeChatTrade trade)
    {
        lock (_gate)
        {
            if (!books.Pay(trade)) return false;
            notices.Paid(trade);
            return true;
        }
    }
}
