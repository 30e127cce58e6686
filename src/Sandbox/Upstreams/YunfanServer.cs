using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>A made-up upstream (云帆) that speaks JSON whose bodies are signed by HMAC; the platform knows it by <c>yunfan.json</c> alone.</summary>
internal sealed class YunfanServer
{
    private const string Header = "X-Yunfan-Sign";

    private static readonly TimeSpan[] Schedule = [TimeSpan.FromHours(2), TimeSpan.FromHours(4)];
    private static readonly string[] Personal = ["buyer", "buyer_card", "buyer_mobile", "region", "detail"];

    private readonly SandboxKeys _keys;
    private readonly TimeProvider _time;
    private readonly Faults _faults;
    private readonly Deliveries _deliveries;
    private readonly QueryAllowance _allowance;

    public YunfanServer(SandboxKeys keys, TimeProvider time, Faults faults, Deliveries deliveries)
    {
        (_keys, _time, _faults, _deliveries, _allowance) = (keys, time, faults, deliveries, new(time));
        Desk = new("YF", time, Tell);
    }

    public UpstreamDesk Desk { get; }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/yunfan/open/order/create", (HttpContext http) => ServeAsync(http, (asked, _) => Submit(asked)));
        routes.MapPost("/yunfan/open/order/list", (HttpContext http) => ServeAsync(http, (asked, _) => Query(asked)));
        routes.MapPost("/yunfan/open/order/cancel", (HttpContext http) => ServeAsync(http, Withdraw));
    }

    private async Task ServeAsync(HttpContext http, Func<JsonElement, Fault?, object> act)
    {
        var body = await Reading.BodyAsync(http.Request);
        var asked = Reading.Parse(body);
        var fault = _faults.Take(Wire.Yunfan, On.Call);
        var known = Refuse(asked, body, http.Request.Headers[Header].ToString());
        var answer = fault is Fault.Fail or Fault.Busy ? No(asked, 4290, "请求过于频繁") : known is null ? act(asked, fault) : No(asked, 1001, known);
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault is Fault.Fail or Fault.FailAfter) http.Response.StatusCode = 500;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, Reading.Plain);
        http.Response.Headers[Header] = Sign(bytes, fault == Fault.Forge ? "a stranger's secret" : _keys.YunfanSecret);
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(fault == Fault.Tamper ? [.. bytes, (byte)' '] : bytes);
    }

    private string? Refuse(JsonElement asked, byte[] body, string sign) =>
        asked.Text("app_id") != _keys.YunfanAppId ? "app_id 不存在"
        : !long.TryParse(asked.Text("timestamp"), CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - _time.GetUtcNow().ToUnixTimeSeconds()) > 300 ? "timestamp 已过期"
        : sign != Sign(body, _keys.YunfanSecret) ? "签名错误"
        : null;

    private object Submit(JsonElement asked)
    {
        if (Personal.FirstOrDefault(name => asked.Text(name).Trim('/').Length == 0) is { } missing) return No(asked, 1002, $"缺少 {missing}");
        if (asked.Text("out_order_id").Length == 0 || asked.Text("goods_id").Length == 0) return No(asked, 1002, "缺少订单号或产品");
        var content = string.Join('\n', Personal.Append("goods_id").Append("phone").Select(name => asked.Text(name)));
        return Desk.Take(asked.Text("out_order_id"), asked.Text("goods_id"), asked.Text("phone"), asked.Text("notify_url"), content) is { } card
            ? Yes(asked, new { order_id = card.UpstreamNo })
            : No(asked, 1003, "订单号已被使用");
    }

    private object Query(JsonElement asked)
    {
        var numbers = asked.Text("out_order_ids").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (!_allowance.Take()) return No(asked, 4290, "每分钟最多查询 60 次");
        if (numbers.Length is 0 or > QueryAllowance.Orders) return No(asked, 1002, "每次最多查询 10 个订单");
        return Yes(asked, new { list = numbers.Select(Desk.Find).OfType<SandboxCard>().Select(Describe).ToArray() });
    }

    private object Withdraw(JsonElement asked, Fault? fault)
    {
        var number = asked.Text("out_order_id");
        return Desk.Withdraw(number, fault == Fault.DecideLater) is { } answer
            ? Yes(asked, new { out_order_id = number, cancel_status = (int)answer.Status, cancel_reason = answer.Remark })
            : No(asked, 1004, "订单不存在");
    }

    private void Tell(SandboxCard card)
    {
        if (card.NotifyUrl.Length == 0) return;
        var body = JsonSerializer.SerializeToUtf8Bytes(Describe(card), Reading.Plain);
        _deliveries.Add(new(Wire.Yunfan, $"{card.Status} {card.OrderNo}", Build, IsTaken, Schedule), _time.Now);

        HttpRequestMessage Build(Fault? fault)
        {
            var sign = Sign(body, fault is Fault.Forge or Fault.WrongSerial ? "a stranger's secret" : _keys.YunfanSecret);
            var content = new ByteArrayContent(fault == Fault.Tamper ? [.. body, (byte)' '] : body) { Headers = { ContentType = new("application/json") } };
            content.Headers.Add(Header, sign);
            return new(HttpMethod.Post, card.NotifyUrl) { Content = content };
        }
    }

    private static bool IsTaken(int status, string body) => status == 200 && body.Trim() == """{"code":0}""";

    private static object Describe(SandboxCard card)
    {
        string Local(Instant? at) => at is { } known ? Alipay.AlipayPlatform.Local(known) : "";
        return new
        {
            out_order_id = card.OrderNo,
            order_id = card.UpstreamNo,
            status = Number(card.Status),
            status_time = Local(card.StatusAt),
            ship_time = Local(card.ShippedAt),
            active_time = Local(card.ActivatedAt),
            phone = card.Phone,
            iccid = card.Iccid,
            express_name = card.Courier,
            express_no = card.TrackingNo,
            remark = card.Remark,
            first_charge = card.TopUps is [var first, ..] ? first.Amount.ToString() : "",
            settle_status = card.Settlement switch
            {
                SettlementStatus.None => 1,
                SettlementStatus.Settled => 2,
                SettlementStatus.Unsettled => 4,
                SettlementStatus.Recalled => 5,
            },
            settle_time = Local(card.SettlementAt),
            charges = Histories.TopUps(card),
            stops = Histories.Stops(card),
            months = Histories.Months(card),
        };
    }

    private static int Number(CardStatus status) => status switch
    {
        CardStatus.Submitted => 1,
        CardStatus.Accepted => 2,
        CardStatus.Rejected => 3,
        CardStatus.Shipped => 4,
        CardStatus.Activated => 5,
        CardStatus.DocumentsWanted => 7,
        CardStatus.Cancelled => 15,
    };

    private static string Sign(byte[] body, string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static object Yes(JsonElement asked, object result) => new { code = 0, msg = "ok", nonce = asked.Text("nonce"), result };

    private static object No(JsonElement asked, int code, string msg) => new { code, msg, nonce = asked.Text("nonce") };
}
