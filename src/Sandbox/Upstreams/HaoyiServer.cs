using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>An upstream that speaks forms signed by md5 (号易).</summary>
internal sealed class HaoyiServer
{
    private static readonly TimeSpan[] Schedule = [TimeSpan.FromHours(2), TimeSpan.FromHours(4)];
    private static readonly string[] Personal = ["name", "id_card", "mobile", "province", "city", "address"];

    private readonly SandboxKeys _keys;
    private readonly TimeProvider _time;
    private readonly Faults _faults;
    private readonly Deliveries _deliveries;
    private readonly QueryAllowance _allowance;

    public HaoyiServer(SandboxKeys keys, TimeProvider time, Faults faults, Deliveries deliveries)
    {
        (_keys, _time, _faults, _deliveries, _allowance) = (keys, time, faults, deliveries, new(time));
        Desk = new("HY", time, Tell);
    }

    public UpstreamDesk Desk { get; }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/haoyi/api/order/submit", (HttpContext http) => ServeAsync(http, (form, _) => Submit(form)));
        routes.MapPost("/haoyi/api/order/query", (HttpContext http) => ServeAsync(http, (form, _) => Query(form)));
        routes.MapPost("/haoyi/api/order/withdraw", (HttpContext http) => ServeAsync(http, Withdraw));
    }

    private async Task ServeAsync(HttpContext http, Func<Dictionary<string, string>, Fault?, object> act)
    {
        var form = (await http.Request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        var fault = _faults.Take(Wire.Haoyi, On.Call);
        var answer = fault is Fault.Fail or Fault.Busy ? null : Refuse(form) is { } why ? No(401, why) : act(form, fault);
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault is Fault.Fail or Fault.FailAfter) http.Response.StatusCode = 500;
        else if (fault == Fault.Busy) await http.Response.WriteAsJsonAsync(No(429, "请求过于频繁"), Reading.Plain);
        else await http.Response.WriteAsync(Spoil(JsonSerializer.Serialize(answer, Reading.Plain), fault));
    }

    private static string Spoil(string answer, Fault? fault) =>
        fault is not (Fault.Tamper or Fault.Forge) ? answer : answer
            .Replace("\"up_status\":\"", "\"up_status\":\"1", StringComparison.Ordinal)
            .Replace("\"withdraw_status\":\"3\"", "\"withdraw_status\":\"2\"", StringComparison.Ordinal);

    private string? Refuse(Dictionary<string, string> form) =>
        form.GetValueOrDefault("app_key") != _keys.HaoyiAppKey ? "app_key 不存在"
        : !long.TryParse(form.GetValueOrDefault("timestamp"), CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - _time.GetUtcNow().ToUnixTimeSeconds()) > 300 ? "timestamp 已过期"
        : form.GetValueOrDefault("sign") != Sign(form, _keys.HaoyiSecret) ? "签名错误"
        : null;

    private object Submit(Dictionary<string, string> form)
    {
        string Text(string name) => form.GetValueOrDefault(name, "");
        if (Personal.FirstOrDefault(name => Text(name).Length == 0) is { } missing) return No(422, $"缺少 {missing}");
        if (Text("ext_order_sn").Length == 0 || Text("product_sn").Length == 0) return No(422, "缺少订单号或产品");
        var content = string.Join('\n', Personal.Append("product_sn").Append("number").Select(Text));
        return Desk.Take(Text("ext_order_sn"), Text("product_sn"), Text("number"), Text("notify_url"), content) is { } card
            ? new { code = 200, msg = "ok", data = new { order_sn = card.UpstreamNo } }
            : No(409, "订单号已被使用");
    }

    private object Query(Dictionary<string, string> form)
    {
        var numbers = form.GetValueOrDefault("ext_order_sns", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (!_allowance.Take()) return No(429, "每分钟最多查询 60 次");
        if (numbers.Length is 0 or > QueryAllowance.Orders) return No(422, "每次最多查询 10 个订单");
        var rows = numbers.Select(Desk.Find).OfType<SandboxCard>().Select(c => Signed(c, null)).ToArray();
        return new { code = 200, msg = "ok", data = rows };
    }

    private object Withdraw(Dictionary<string, string> form, Fault? fault)
    {
        var number = form.GetValueOrDefault("ext_order_sn", "");
        if (Desk.Withdraw(number, fault == Fault.DecideLater) is not { } answer) return No(404, "订单不存在");
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ext_order_sn"] = number,
            ["asked"] = form.GetValueOrDefault("asked", ""),
            ["withdraw_status"] = $"{(int)answer.Status}",
            ["withdraw_mark"] = answer.Remark,
        };
        data["sign"] = Sign(data, _keys.HaoyiSecret);
        return new { code = 200, msg = "ok", data };
    }

    private void Tell(SandboxCard card)
    {
        if (card.NotifyUrl.Length == 0) return;
        var (genuine, forged) = (Signed(card, null), Signed(card, Fault.Forge));
        _deliveries.Add(new(Wire.Haoyi, $"{card.Status} {card.OrderNo}", Build, IsTaken, Schedule), _time.Now);

        HttpRequestMessage Build(Fault? fault)
        {
            var form = new Dictionary<string, string>(fault is Fault.Forge or Fault.WrongSerial ? forged : genuine);
            if (fault == Fault.Tamper) form["up_status"] = form["up_status"] == "8" ? "10" : "8";
            return new(HttpMethod.Post, card.NotifyUrl) { Content = new FormUrlEncodedContent(form) };
        }
    }

    private static bool IsTaken(int status, string body) => status == 200 && body.Trim() == "success";

    private Dictionary<string, string> Signed(SandboxCard card, Fault? fault)
    {
        var form = Describe(card);
        form["sign"] = Sign(form, fault == Fault.Forge ? "a stranger's secret" : _keys.HaoyiSecret);
        return form;
    }

    private static Dictionary<string, string> Describe(SandboxCard card)
    {
        string Local(Instant? at) => at is { } known ? Alipay.AlipayPlatform.Local(known) : "";
        return new(StringComparer.Ordinal)
        {
            ["order_sn"] = card.UpstreamNo,
            ["ext_order_sn"] = card.OrderNo,
            ["up_status"] = Number(card.Status),
            ["status_at"] = Local(card.StatusAt),
            ["number"] = card.Phone,
            ["mark"] = card.Remark,
            ["express_name"] = card.Courier,
            ["express_sn"] = card.TrackingNo,
            ["iccid"] = card.Iccid,
            ["shipped_at"] = Local(card.ShippedAt),
            ["activated_at"] = Local(card.ActivatedAt),
            ["first_recharge"] = card.TopUps is [var first, ..] ? first.Amount.ToString() : "0",
            ["settlement_method"] = "2",
            ["settlement"] = card.Settlement switch
            {
                SettlementStatus.None => "1",
                SettlementStatus.Settled => "2",
                SettlementStatus.Unsettled => "4",
                SettlementStatus.Recalled => "5",
            },
            ["settlement_at"] = Local(card.SettlementAt),
            ["recharges"] = Histories.Write(Histories.TopUps(card)),
            ["stops"] = Histories.Write(Histories.Stops(card)),
            ["service_months"] = Histories.Write(Histories.Months(card)),
        };
    }

    private static string Number(CardStatus status) => status switch
    {
        CardStatus.Submitted => "0",
        CardStatus.Accepted => "1",
        CardStatus.Shipped => "3",
        CardStatus.DocumentsWanted => "5",
        CardStatus.Rejected => "6",
        CardStatus.Activated => "8",
        CardStatus.Cancelled => "10",
    };

    [SuppressMessage("Security", "CA5351", Justification = "The upstream's protocol")]
    private static string Sign(Dictionary<string, string> form, string secret)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in form.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (name != "sign" && value is not ("" or "0")) text.Append(name).Append('=').Append(value);
        }
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text + secret)));
    }

    private static object No(int code, string msg) => new { code, msg };
}
