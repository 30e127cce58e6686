using System.Text.Json;
using HaoSuan.Sandbox.Alipay;
using HaoSuan.Sandbox.Upstreams;

namespace HaoSuan.Sandbox.Control;

/// <summary>/sandbox/control: what a test or the demo in another process drives the sandbox with, in JSON.</summary>
internal sealed class ControlApi(SandboxWorld world)
{
    private static readonly JsonSerializerOptions Web = new(Reading.Plain)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/sandbox/control");
        control.MapGet("/state", () => Results.Json(State(), Web));
        Post<FaultRequest>(control, "/faults", SetFault);
        control.MapDelete("/faults", () =>
        {
            world.Faults.Clear();
            return Results.NoContent();
        });
        control.MapPost("/deliver", async (HttpContext http) => await ReadAsync<DeliverRequest>(http) is { } asked
            ? Results.Json(new { sent = await world.Deliveries.DeliverAsync(asked.All, asked.NewestFirst, http.RequestAborted) }, Web)
            : Unreadable());
        Post<PayRequest>(control, "/pay", r => Done(world.Pay(r.OutTradeNo), "没有这个待支付的订单"));
        Post<RefundsRequest>(control, "/refunds", SetRefunds);
        Post<TransfersRequest>(control, "/transfers", SetTransfers);
        control.MapPost("/certificates/rotate", () =>
        {
            world.RotateCertificate();
            return Results.NoContent();
        });
        control.MapPost("/orders/{wire}/{orderNo}/{step}", (HttpContext http, string wire, string orderNo, string step) =>
            WithAsync<StepDetails>(http, details => Advance(wire, orderNo, step, details)));
    }

    internal UpstreamDesk? Desk(string wire) => wire switch
    {
        "haoyi" => world.Haoyi,
        "hao172" => world.Hao172,
        "yunfan" => world.Yunfan,
        _ => null,
    };

    private IResult Advance(string wire, string orderNo, string step, StepDetails details)
    {
        if (Desk(wire) is not { } desk) return No($"没有上游 {wire}：haoyi、hao172 或 yunfan");
        if (!Enum.TryParse<Step>(step, ignoreCase: true, out var taken))
        {
            return No($"没有步骤 {step}：{string.Join('、', Enum.GetNames<Step>())}");
        }
        return desk.Advance(orderNo, taken, details) is { } why ? No(why) : Results.NoContent();
    }

    private IResult SetFault(FaultRequest asked)
    {
        if (asked.DelaySeconds is { } seconds) world.Faults.Delay = TimeSpan.FromSeconds(seconds);
        world.Faults.Set(asked.Wire, asked.On, asked.Fault, Math.Clamp(asked.Times, 1, 1000));
        return Results.NoContent();
    }

    private IResult SetRefunds(RefundsRequest asked)
    {
        if (asked.Ending is not ("SUCCESS" or "ABNORMAL" or "CLOSED")) return No("ending 须为 SUCCESS、ABNORMAL 或 CLOSED");
        world.WeChatRefundsEnd = asked.Ending;
        return Results.NoContent();
    }

    private IResult SetTransfers(TransfersRequest asked)
    {
        if (asked.Ending is { } ending) world.TransfersEnd = ending;
        return asked.OutBizNo is not { } number ? Results.NoContent() : Done(world.EndTransfer(number, asked.Success), "没有这个处理中的转账");
    }

    private object State() => new
    {
        wechat = world.WeChatBooks.Trades.ToArray().Select(t => new { t.OutTradeNo, t.Total, state = t.State(world.Time.Now) }),
        alipay = world.AlipayBooks.Trades.ToArray()
            .Select(t => new { t.OutTradeNo, total = t.Total.Minor, state = t.Status(world.Time.Now) }),
        transfers = world.Transfers.All.ToArray().Select(t => new { t.OutBizNo, amount = t.Amount.Minor, t.Status })
            .Concat(world.WeChatTransfers.All.ToArray().Select(t => new { OutBizNo = t.OutBillNo, amount = t.Amount, Status = t.State })),
        haoyi = world.Haoyi.Cards.Select(Card),
        hao172 = world.Hao172.Cards.Select(Card),
        yunfan = world.Yunfan.Cards.Select(Card),
        deliveries = world.Deliveries.Lines()
            .Select(d => new { d.Number, d.Wire, d.What, d.State, due = d.Due.ToDateTimeOffset(), d.Answers }),
    };

    private static object Card(SandboxCard card) =>
        new { card.OrderNo, card.UpstreamNo, card.Product, card.Status, card.Settlement, card.Phone, card.Iccid };

    // Cast, because a lambda of a context alone would be taken for one that writes its answer itself.
    private static void Post<T>(RouteGroupBuilder routes, string path, Func<T, IResult> act) where T : class =>
        routes.MapPost(path, (Delegate)((HttpContext http) => WithAsync(http, act)));

    private static async Task<IResult> WithAsync<T>(HttpContext http, Func<T, IResult> act) where T : class =>
        await ReadAsync<T>(http) is { } asked ? act(asked) : Unreadable();

    /// <summary>An empty body stands for {}.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext http) where T : class
    {
        var body = await Reading.BodyAsync(http.Request);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Length == 0 ? "{}"u8 : body, Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Done(bool done, string otherwise) => done ? Results.NoContent() : No(otherwise);

    private static IResult No(string why) => Results.Json(new { message = why }, Web, statusCode: StatusCodes.Status409Conflict);

    private static IResult Unreadable() =>
        Results.Json(new { message = "请求体不是所需的 JSON" }, Web, statusCode: StatusCodes.Status400BadRequest);

    private sealed record FaultRequest
    {
        public required Wire Wire { get; init; }
        public required On On { get; init; }
        public required Fault Fault { get; init; }
        public int Times { get; init; } = 1;
        public int? DelaySeconds { get; init; }
    }

    private sealed record DeliverRequest(bool All = false, bool NewestFirst = false);

    private sealed record PayRequest
    {
        public required string OutTradeNo { get; init; }
    }

    private sealed record RefundsRequest
    {
        public required string Ending { get; init; }
    }

    private sealed record TransfersRequest(TransferEnding? Ending = null, string? OutBizNo = null, bool Success = true);
}
