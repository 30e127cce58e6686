using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaoSuan.Settling;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Upstreams.Wire;

/// <summary>An account at an upstream of this shape. The secret is never logged and the record does not print it.</summary>
public sealed record Hao172Options
{
    public required Uri BaseAddress { get; init; }

    public required string UserId { get; init; }

    /// <summary>The shared key: 32 bytes, a shorter one is filled up with zeros as OpenSSL does.</summary>
    public required string Secret { get; init; }

    /// <summary>Fixed by the platform.</summary>
    public string Vector { get; init; } = "MengLong172HaoKa";

    public int QueriesPerMinute { get; init; } = 60;

    public override string ToString() => $"172 account {UserId} at {BaseAddress}";
}

/// <summary>
/// JSON with one field encrypted under a shared key (172号卡). A callback encrypts only its order number: that proves who
/// called and about which order, and nothing of what it says. So a callback is a reason to query, and the query's answer,
/// which is encrypted as a whole, is what counts.
/// </summary>
public sealed class Hao172(HttpClient http, Hao172Options options, TimeProvider time) : IUpstreamWire
{
    private readonly Exchange _exchange = new(http, time, options.QueriesPerMinute);
    private readonly Hao172Cipher _cipher = new(options.Secret, options.Vector);

    public string Name => "hao172";

    public int OrdersPerQuery => 10;

    public async Task<Submission> SubmitAsync(UpstreamOrder order, CancellationToken cancel)
    {
        var person = order.Applicant;
        var (answer, status) = await PostAsync("api/order/submit", new
        {
            OrderNo = order.OrderNo,
            ProductId = order.Product,
            CustomerName = person.Name,
            IdCardNo = person.IdNumber,
            ContactPhone = person.Phone,
            person.Province,
            person.City,
            person.District,
            person.Address,
            ThirdPhone = order.Number ?? "",
            NotifyUrl = order.CallbackUrl.AbsoluteUri,
        }, cancel);
        if (answer is not { } said) return new Submission.Unknown($"HTTP {status}");
        if (said.Text("code") == "-1") return new Submission.Refused("-1", said.Text("message") ?? "");
        return Open(said).Text("OrderNo172") is { Length: > 0 } number
            ? new Submission.Taken(number)
            : new Submission.Unknown($"code {said.Text("code")}");
    }

    public async Task<Withdrawal> WithdrawAsync(string orderNo, CancellationToken cancel)
    {
        var asked = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var (answer, status) = await PostAsync("api/order/withdraw", new { OrderNo = orderNo, Asked = asked }, cancel);
        if (answer is not { } said) return new Withdrawal.Unknown($"HTTP {status}");
        var content = Open(said);
        if (content.Text("OrderNo") != orderNo || content.Text("Asked") != asked) return new Withdrawal.Unknown($"code {said.Text("code")}");
        return content.Text("WithdrawStatus") switch
        {
            "已撤单" => new Withdrawal.Withdrawn(),
            "已拒绝" => new Withdrawal.Refused(content.Text("WithdrawRemark") ?? ""),
            var other => new Withdrawal.Unknown($"WithdrawStatus {other}"),    // 处理中
        };
    }

    public async Task<Result<UpstreamAnswer>> QueryAsync(IReadOnlyCollection<string> orderNos, CancellationToken cancel)
    {
        if (orderNos.Count > OrdersPerQuery) throw new ArgumentException($"At most {OrdersPerQuery} orders go into one query", nameof(orderNos));
        if (orderNos.Count == 0) return new UpstreamAnswer([], []);
        if (_exchange.TakeQuery() is { } wait) return wait;
        var asked = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var (answer, status) = await PostAsync("api/order/query", new { OrderNos = orderNos, Asked = asked }, cancel);
        if (answer is not { } said) return Exchange.Unanswered(status);
        if (said.Text("code") != "0") return new Refusal("upstreams.said_no", said.Text("code") ?? "", said.Text("message") ?? "");
        var content = Open(said);
        if (content.Text("Asked") != asked) return new Refusal("upstreams.signature_wrong");    // an answer to another question
        List<UpstreamReport> reports = [];
        var missing = orderNos.ToHashSet(StringComparer.Ordinal);
        foreach (var row in content.At("Orders").Items())
        {
            if (Hao172Rows.Read(row) is not { } snapshot || !missing.Remove(snapshot.OrderNo)) return new Refusal("upstreams.unreadable");
            reports.AddRange(snapshot.Reports(time.Now));
        }
        return new UpstreamAnswer(reports, [.. missing]);
    }

    public async Task<Result<IReadOnlyList<UpstreamReport>>> ReadCallbackAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await Reading.BodyAsync(request, cancel) is not { } body) return new Refusal("upstreams.callback_too_large");
        var callback = Reading.Parse(body);
        var orderNo = Reading.Parse(callback.Text("Data")).Text("OrderNo");
        if (orderNo is not { Length: > 0 }) return new Refusal("upstreams.unreadable");
        var sign = request.Headers["sign"] is [{ Length: > 0 } header] ? header : callback.Text("sign");
        if (sign is null || _cipher.Decrypt(sign) is not { } named || Encoding.UTF8.GetString(named) != orderNo)
        {
            return new Refusal("upstreams.signature_wrong");
        }
        var queried = await QueryAsync([orderNo], cancel);
        if (!queried.TryGet(out var answer, out var refusals)) return refusals[0];
        return answer.NotFound.Count == 0 ? (UpstreamReport[])[.. answer.Reports] : new Refusal("upstreams.order_unknown", orderNo);
    }

    public IResult Taken() => Results.Json(new { code = 0, message = "上传成功" });

    public IResult NotTaken(Refusal why) => Results.Json(new { code = -1, message = why.Code });

    private Task<(JsonElement? Answer, int Status)> PostAsync(string path, object content, CancellationToken cancel)
    {
        var data = _cipher.Encrypt(JsonSerializer.SerializeToUtf8Bytes(content, Reading.Plain));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new { options.UserId, Data = data });
        var body = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json", "utf-8") } };
        return _exchange.PostAsync(new(options.BaseAddress, path), body, cancel);
    }

    private JsonElement Open(JsonElement answer) =>
        answer.Text("Data") is { } data && _cipher.Decrypt(data) is { } clear ? Reading.Parse(clear) : default;
}

/// <summary>AES-256-CBC under a shared key and a fixed vector, in base64.</summary>
internal sealed class Hao172Cipher(string secret, string vector)
{
    private readonly byte[] _key = Fill(secret, 32);
    private readonly byte[] _vector = Fill(vector, 16);

    public string Encrypt(byte[] clear)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(clear, _vector));
    }

    /// <summary>Null where it was not encrypted under this key.</summary>
    public byte[]? Decrypt(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || Convert.ToBase64String(bytes, 0, length) != base64) return null;
        using var aes = Aes.Create();
        aes.Key = _key;
        try
        {
            return aes.DecryptCbc(bytes.AsSpan(0, length), _vector);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] Fill(string text, int length)
    {
        var filled = new byte[length];
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(filled);
        return filled;
    }
}

internal static class Hao172Rows
{
    public static Snapshot? Read(JsonElement row)
    {
        if (row.Text("OrderNo") is not { Length: > 0 } orderNo || row.Text("OrderNo172") is not { Length: > 0 } upstreamNo) return null;
        var word = row.Text("OrderStatus") ?? "";
        var (status, settlement, known) = Facts(word);
        var activated = row.Text("CardStatus") == "已激活";
        var at = Reading.Local(row.Text("StatusTime"));
        var topUps = Histories.TopUps(row.At("Recharges"));
        var first = row.Int("IsFirstCharge") == 1 ? Reading.Yuan(row.Text("FirstCharge")) : null;
        if (topUps.Count == 0 && first is { } paid) topUps = [new(1, paid, null)];
        return new(orderNo, upstreamNo)
        {
            // 已完成 is only shipping; what the card itself does stands in a field of its own.
            Status = activated && status == "shipped" ? FactKind.Activated : status,
            StrangeStatus = known ? null : word,
            StatusAt = at,
            ShippedAt = Reading.Local(row.Text("ShipTime")),
            ActivatedAt = activated ? Reading.Local(row.Text("ActiveTime")) : null,
            Settlement = settlement,
            SettlementAt = settlement is null ? null : at,
            Phone = row.Text("ThirdPhone"),
            Iccid = row.Text("Iccid"),
            Courier = row.Text("ExpressName"),
            TrackingNo = row.Text("ExpressCode"),
            Remark = row.Text("Remark"),
            TopUps = topUps,
            Stops = Histories.Stops(row.At("Stops")),
            Months = Histories.Months(row.At("ServiceMonths")),
        };
    }

    private static (string? Status, string? Settlement, bool Known) Facts(string word) => word switch
    {
        "正在进单" => ("submitted", null, true),
        "已提运营商" => ("accepted", null, true),
        "已发货" or "已完成" => ("shipped", null, true),
        "审核不通过" or "审核失败" => ("rejected", null, true),
        "已撤单" or "已取消" => (FactKind.Cancelled, null, true),
        "已结算" => (null, FactKind.UpstreamConfirmed, true),
        "无法结算" => (null, "upstream_rejected", true),
        _ => (null, null, false),
    };
}
