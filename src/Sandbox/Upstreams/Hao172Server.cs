using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>An upstream that speaks JSON with a field encrypted under a shared key (172号卡).</summary>
internal sealed class Hao172Server
{
    private static readonly TimeSpan[] Schedule = [TimeSpan.FromHours(2), TimeSpan.FromHours(4)];
    private static readonly string[] Personal = ["CustomerName", "IdCardNo", "ContactPhone", "Province", "City", "Address"];

    private readonly SandboxKeys _keys;
    private readonly TimeProvider _time;
    private readonly Faults _faults;
    private readonly Deliveries _deliveries;
    private readonly QueryAllowance _allowance;

    public Hao172Server(SandboxKeys keys, TimeProvider time, Faults faults, Deliveries deliveries)
    {
        (_keys, _time, _faults, _deliveries, _allowance) = (keys, time, faults, deliveries, new(time));
        Desk = new("HK172", time, Tell);
    }

    public UpstreamDesk Desk { get; }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/hao172/api/order/submit", (HttpContext http) => ServeAsync(http, (content, _) => Submit(content)));
        routes.MapPost("/hao172/api/order/query", (HttpContext http) => ServeAsync(http, (content, _) => Query(content)));
        routes.MapPost("/hao172/api/order/withdraw", (HttpContext http) => ServeAsync(http, Withdraw));
    }

    private async Task ServeAsync(HttpContext http, Func<JsonElement, Fault?, object> act)
    {
        var request = Reading.Parse(await Reading.BodyAsync(http.Request));
        var fault = _faults.Take(Wire.Hao172, On.Call);
        var content = Decrypt(request.Text("Data")) is { } clear ? Reading.Parse(clear) : default;
        var known = request.Text("UserId") == _keys.Hao172UserId && content.ValueKind == JsonValueKind.Object;
        var answer = fault is Fault.Fail or Fault.Busy ? null : known ? act(content, fault) : No("用户或密钥错误");
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault is Fault.Fail or Fault.FailAfter) http.Response.StatusCode = 500;
        else if (fault == Fault.Busy) http.Response.StatusCode = 429;
        else if (fault is Fault.Tamper or Fault.Forge) await http.Response.WriteAsJsonAsync(Sealed(new { }), Reading.Plain);
        else await http.Response.WriteAsJsonAsync(answer, Reading.Plain);
    }

    private object Submit(JsonElement content)
    {
        if (Personal.FirstOrDefault(name => content.Text(name).Length == 0) is { } missing) return No($"缺少 {missing}");
        if (content.Text("OrderNo").Length == 0 || content.Text("ProductId").Length == 0) return No("缺少订单号或产品");
        var same = string.Join('\n', Personal.Append("ProductId").Append("ThirdPhone").Select(name => content.Text(name)));
        var (number, product) = (content.Text("OrderNo"), content.Text("ProductId"));
        return Desk.Take(number, product, content.Text("ThirdPhone"), content.Text("NotifyUrl"), same) is { } card
            ? Sealed(new { OrderNo172 = card.UpstreamNo })
            : No("订单号已被使用");
    }

    private object Query(JsonElement content)
    {
        if (!_allowance.Take()) return No("每分钟最多查询 60 次");
        var list = content.At("OrderNos");
        string[] numbers = list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(n => $"{n}")] : [];
        if (numbers.Length is 0 or > QueryAllowance.Orders) return No("每次最多查询 10 个订单");
        return Sealed(new
        {
            Asked = content.Text("Asked"),
            Orders = numbers.Select(Desk.Find).OfType<SandboxCard>().Select(c => Describe(c)).ToArray(),
        });
    }

    private object Withdraw(JsonElement content, Fault? fault)
    {
        var number = content.Text("OrderNo");
        if (Desk.Withdraw(number, fault == Fault.DecideLater) is not { } answer) return No("订单不存在");
        var word = answer.Status switch
        {
            WithdrawalStatus.Withdrawn => "已撤单",
            WithdrawalStatus.Refused => "已拒绝",
            WithdrawalStatus.None or WithdrawalStatus.Pending => "处理中",
        };
        return Sealed(new { OrderNo = number, Asked = content.Text("Asked"), WithdrawStatus = word, WithdrawRemark = answer.Remark });
    }

    private void Tell(SandboxCard card)
    {
        if (card.NotifyUrl.Length == 0) return;
        var content = JsonSerializer.Serialize(Describe(card), Reading.Plain);
        _deliveries.Add(new(Wire.Hao172, $"{card.Status} {card.OrderNo}", Build, IsTaken, Schedule), _time.Now);

        HttpRequestMessage Build(Fault? fault)
        {
            var data = fault == Fault.Tamper ? content.Replace(Word(card), "已结算", StringComparison.Ordinal) : content;
            var body = new { RequidId = RandomNumberGenerator.GetHexString(32, lowercase: true), Data = data };
            var json = JsonContent.Create(body, options: Reading.Plain);
            var request = new HttpRequestMessage(HttpMethod.Post, card.NotifyUrl) { Content = json };
            var named = fault is Fault.Forge or Fault.WrongSerial ? "another order" : card.OrderNo;
            request.Headers.TryAddWithoutValidation("sign", Encrypt(Encoding.UTF8.GetBytes(named)));
            return request;
        }
    }

    private static bool IsTaken(int status, string body) =>
        status == 200 && body.Replace(" ", "").Contains("\"code\":0", StringComparison.Ordinal);

    private static object Describe(SandboxCard card)
    {
        string Local(Instant? at) => at is { } known ? Alipay.AlipayPlatform.Local(known) : "";
        return new
        {
            card.OrderNo,
            OrderNo172 = card.UpstreamNo,
            OrderStatus = Word(card),
            StatusTime = Local(card.Settlement == SettlementStatus.None ? card.StatusAt : card.SettlementAt),
            CardStatus = card.ActivatedAt is null ? "未激活" : "已激活",
            ActiveTime = Local(card.ActivatedAt),
            ShipTime = Local(card.ShippedAt),
            ThirdPhone = card.Phone,
            ExpressName = card.Courier,
            ExpressCode = card.TrackingNo,
            card.Iccid,
            IsFirstCharge = card.TopUps.Count > 0 ? 1 : 0,
            FirstCharge = card.TopUps is [var first, ..] ? first.Amount.ToString() : "",
            card.Remark,
            Recharges = Histories.TopUps(card),
            Stops = Histories.Stops(card),
            ServiceMonths = Histories.Months(card),
        };
    }

    private static string Word(SandboxCard card) => card.Settlement switch
    {
        SettlementStatus.Settled => "已结算",
        SettlementStatus.Unsettled or SettlementStatus.Recalled => "无法结算",
        SettlementStatus.None => card.Status switch
        {
            CardStatus.Submitted => "正在进单",
            CardStatus.Accepted or CardStatus.DocumentsWanted => "已提运营商",
            CardStatus.Shipped => "已发货",
            CardStatus.Activated => "已完成",
            CardStatus.Rejected => "审核不通过",
            CardStatus.Cancelled => "已取消",
        },
    };

    private object Sealed(object content) =>
        new { code = 0, message = "成功", Data = Encrypt(JsonSerializer.SerializeToUtf8Bytes(content, Reading.Plain)) };

    private static object No(string message) => new { code = -1, message };

    private static readonly byte[] Vector = "MengLong172HaoKa"u8.ToArray();

    private string Encrypt(byte[] clear)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(_keys.Hao172Secret);
        return Convert.ToBase64String(aes.EncryptCbc(clear, Vector));
    }

    private byte[]? Decrypt(string base64)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(_keys.Hao172Secret);
        try
        {
            return aes.DecryptCbc(Convert.FromBase64String(base64), Vector);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
