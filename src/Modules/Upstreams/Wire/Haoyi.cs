using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Upstreams.Wire;

/// <summary>An account at an upstream of this shape. The secret is never logged and the record does not print it.</summary>
public sealed record HaoyiOptions
{
    public required Uri BaseAddress { get; init; }

    public required string AppKey { get; init; }

    public required string Secret { get; init; }

    public int QueriesPerMinute { get; init; } = 60;

    public override string ToString() => $"Haoyi account {AppKey} at {BaseAddress}";
}

/// <summary>Forms signed by md5 over the sorted values and a secret (号易). Callbacks and the rows of a query look the same.</summary>
public sealed class Haoyi(HttpClient http, HaoyiOptions options, TimeProvider time) : IUpstreamWire
{
    private readonly Exchange _exchange = new(http, time, options.QueriesPerMinute);

    public string Name => "haoyi";

    public int OrdersPerQuery => 10;

    public async Task<Submission> SubmitAsync(UpstreamOrder order, CancellationToken cancel)
    {
        var person = order.Applicant;
        var (answer, status) = await PostAsync("api/order/submit", cancel,
            ("ext_order_sn", order.OrderNo), ("product_sn", order.Product), ("name", person.Name), ("id_card", person.IdNumber),
            ("mobile", person.Phone), ("province", person.Province), ("city", person.City), ("district", person.District),
            ("address", person.Address), ("number", order.Number ?? ""), ("notify_url", order.CallbackUrl.AbsoluteUri));
        if (answer is not { } said) return new Submission.Unknown($"HTTP {status}");
        return (said.Int("code"), said.At("data").Text("order_sn")) switch
        {
            (200, { Length: > 0 } number) => new Submission.Taken(number),
            ( >= 400 and < 500 and var code, _) => new Submission.Refused($"{code}", said.Text("msg") ?? ""),
            (var code, _) => new Submission.Unknown($"code {code}"),
        };
    }

    public async Task<Withdrawal> WithdrawAsync(string orderNo, CancellationToken cancel)
    {
        var asked = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var (answer, status) = await PostAsync("api/order/withdraw", cancel, ("ext_order_sn", orderNo), ("asked", asked));
        if (answer is not { } said) return new Withdrawal.Unknown($"HTTP {status}");
        var row = Row(said.At("data"));
        if (!HaoyiForm.Holds(row, options.Secret) || row.GetValueOrDefault("ext_order_sn") != orderNo || row.GetValueOrDefault("asked") != asked)
        {
            return new Withdrawal.Unknown($"code {said.Text("code")}");
        }
        return row.GetValueOrDefault("withdraw_status") switch
        {
            "2" => new Withdrawal.Withdrawn(),
            "3" => new Withdrawal.Refused(row.GetValueOrDefault("withdraw_mark", "")),
            var other => new Withdrawal.Unknown($"withdraw_status {other}"),    // 1: 处理中
        };
    }

    public async Task<Result<UpstreamAnswer>> QueryAsync(IReadOnlyCollection<string> orderNos, CancellationToken cancel)
    {
        if (orderNos.Count > OrdersPerQuery) throw new ArgumentException($"At most {OrdersPerQuery} orders go into one query", nameof(orderNos));
        if (orderNos.Count == 0) return new UpstreamAnswer([], []);
        if (_exchange.TakeQuery() is { } wait) return wait;
        var (answer, status) = await PostAsync("api/order/query", cancel, ("ext_order_sns", string.Join(',', orderNos)));
        if (answer is not { } said) return Exchange.Unanswered(status);
        if (said.Int("code") == 429) return Exchange.Unanswered(429);
        if (said.Int("code") != 200) return new Refusal("upstreams.said_no", said.Text("code") ?? "", said.Text("msg") ?? "");
        List<UpstreamReport> reports = [];
        var missing = orderNos.ToHashSet(StringComparer.Ordinal);
        foreach (var row in said.At("data").Items().Select(Row))
        {
            if (!HaoyiForm.Holds(row, options.Secret)) return new Refusal("upstreams.signature_wrong");
            if (HaoyiForm.Read(row) is not { } snapshot || !missing.Remove(snapshot.OrderNo)) return new Refusal("upstreams.unreadable");
            reports.AddRange(snapshot.Reports(time.Now));
        }
        return new UpstreamAnswer(reports, [.. missing]);
    }

    public async Task<Result<IReadOnlyList<UpstreamReport>>> ReadCallbackAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await Reading.BodyAsync(request, cancel) is not { } body) return new Refusal("upstreams.callback_too_large");
        if (Reading.Form(body) is not { } form) return new Refusal("upstreams.unreadable");
        if (!HaoyiForm.Holds(form, options.Secret)) return new Refusal("upstreams.signature_wrong");
        if (HaoyiForm.Read(form) is not { } snapshot) return new Refusal("upstreams.unreadable");
        return (UpstreamReport[])[.. snapshot.Reports(time.Now)];
    }

    public IResult Taken() => Results.Text("success");

    public IResult NotTaken(Refusal why) => Results.Text("fail");

    private Task<(JsonElement? Answer, int Status)> PostAsync(
        string path, CancellationToken cancel, params (string Name, string Value)[] values)
    {
        var form = values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        form["app_key"] = options.AppKey;
        form["timestamp"] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        form["nonce"] = RandomNumberGenerator.GetHexString(16, lowercase: true);
        form["sign"] = HaoyiForm.Sign(form, options.Secret);
        return _exchange.PostAsync(new(options.BaseAddress, path), new FormUrlEncodedContent(form), cancel);
    }

    private static Dictionary<string, string> Row(JsonElement row) => row.ValueKind == JsonValueKind.Object
        ? row.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => row.Text(p.Key) ?? "", StringComparer.Ordinal)
        : [];
}
