using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Upstreams.Wire;

/// <summary>An account at an upstream whose protocol a file describes. The secret is never logged and the record does not print it.</summary>
public sealed record DescribedOptions
{
    /// <summary>Ending in a slash. Personal data goes there as it is: only over TLS, or within the machine.</summary>
    public required Uri BaseAddress { get; init; }

    public required string Account { get; init; }

    public required string Secret { get; init; }

    public required WireDescription Description { get; init; }

    public bool IsSafe => BaseAddress.Scheme == Uri.UriSchemeHttps || BaseAddress.IsLoopback;

    public override string ToString() => $"{Description.Name} account {Account} at {BaseAddress}";
}

/// <summary>A wire that does what a <see cref="WireDescription"/> says, and knows no platform itself.</summary>
public sealed class Described : IUpstreamWire
{
    private readonly WireDescription _wire;
    private readonly DescribedOptions _options;
    private readonly TimeProvider _time;
    private readonly Exchange _exchange;
    private readonly WireSigning _signing;

    /// <exception cref="ArgumentException">The address is neither HTTPS nor of this machine.</exception>
    public Described(HttpClient http, DescribedOptions options, TimeProvider time)
    {
        if (!options.IsSafe) throw new ArgumentException("Personal data goes over HTTPS only.", nameof(options));
        (_wire, _options, _time) = (options.Description, options, time);
        _exchange = new(http, time, _wire.QueriesPerMinute);
        string[] names = [.. _wire.Report.Paths, _wire.Withdraw.OrderNo, _wire.Withdraw.Asked, _wire.Withdraw.Reason, .. _wire.Withdraw.Withdrawn.Keys];
        _signing = new(_wire.Signature, options.Secret, names);
    }

    public string Name => _wire.Name;

    public int OrdersPerQuery => _wire.OrdersPerQuery;

    /// <summary>What was answered, and whether the platform has signed the body where it signs bodies.</summary>
    private sealed record Answer(JsonElement? Said, int Status, bool IsSigned, string Nonce);

    public async Task<Submission> SubmitAsync(UpstreamOrder order, CancellationToken cancel)
    {
        var (call, person) = (_wire.Submit, order.Applicant);
        var answer = await CallAsync(call.Path, call.Fields, cancel,
            ("order_no", order.OrderNo), ("product", order.Product), ("number", order.Number ?? ""), ("callback_url", order.CallbackUrl.AbsoluteUri),
            ("name", person.Name), ("id_number", person.IdNumber), ("phone", person.Phone), ("province", person.Province), ("city", person.City),
            ("district", person.District), ("address", person.Address));
        if (answer.Said is not { } said) return new Submission.Unknown($"HTTP {answer.Status}");
        if (!answer.IsSigned) return new Submission.Unknown("signature");
        if (said.Satisfies(call.Taken) && said.TextAt(call.UpstreamOrderNo) is { } number) return new Submission.Taken(number);
        var code = said.TextAt(call.Code) ?? "";
        return said.Satisfies(call.Refused) ? new Submission.Refused(code, said.TextAt(call.Message) ?? "") : new Submission.Unknown($"code {code}");
    }

    public async Task<Withdrawal> WithdrawAsync(string orderNo, CancellationToken cancel)
    {
        var call = _wire.Withdraw;
        var answer = await CallAsync(call.Path, call.Fields, cancel, ("order_no", orderNo));
        if (answer.Said is not { } said) return new Withdrawal.Unknown($"HTTP {answer.Status}");
        if (!answer.IsSigned || Signed(said.Find(call.Answer)) is not { } row) return new Withdrawal.Unknown("signature");
        if (row.TextAt(call.OrderNo) != orderNo || row.TextAt(call.Asked) != answer.Nonce) return new Withdrawal.Unknown("another answer");
        return row.Satisfies(call.Withdrawn) ? new Withdrawal.Withdrawn()
            : row.Satisfies(call.Refused) ? new Withdrawal.Refused(row.TextAt(call.Reason) ?? "")
            : new Withdrawal.Unknown("not decided");
    }

    public async Task<Result<UpstreamAnswer>> QueryAsync(IReadOnlyCollection<string> orderNos, CancellationToken cancel)
    {
        if (orderNos.Count > OrdersPerQuery) throw new ArgumentException($"At most {OrdersPerQuery} orders go into one query", nameof(orderNos));
        if (orderNos.Count == 0) return new UpstreamAnswer([], []);
        if (_exchange.TakeQuery() is { } wait) return wait;
        var call = _wire.Query;
        var answer = await CallAsync(call.Path, call.Fields, cancel, ("order_nos", string.Join(',', orderNos)));
        if (answer.Said is not { } said) return Exchange.Unanswered(answer.Status);
        if (call.Busy is { } busy && said.Satisfies(busy)) return Exchange.Unanswered(StatusCodes.Status429TooManyRequests);
        if (!answer.IsSigned || (call.Asked is { } asked && said.TextAt(asked) != answer.Nonce)) return new Refusal("upstreams.signature_wrong");
        if (!said.Satisfies(call.Answered)) return new Refusal("upstreams.said_no", said.TextAt(call.Code) ?? "", said.TextAt(call.Message) ?? "");
        List<UpstreamReport> reports = [];
        var missing = orderNos.ToHashSet(StringComparer.Ordinal);
        foreach (var row in said.Find(call.Rows).Items())
        {
            if (Signed(row) is not { } signed) return new Refusal("upstreams.signature_wrong");
            if (DescribedRows.Read(signed, _wire.Report, _wire.Times) is not { } snapshot || !missing.Remove(snapshot.OrderNo))
                return new Refusal("upstreams.unreadable");
            reports.AddRange(snapshot.Reports(_time.Now));
        }
        return new UpstreamAnswer(reports, [.. missing]);
    }

    public async Task<Result<IReadOnlyList<UpstreamReport>>> ReadCallbackAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await Reading.BodyAsync(request, cancel) is not { } body) return new Refusal("upstreams.callback_too_large");
        var content = _wire.Body == BodyKind.Json ? Reading.Parse(body)
            : Reading.Form(body) is { } form ? JsonSerializer.SerializeToElement(form)
            : default;
        if (content.ValueKind != JsonValueKind.Object) return new Refusal("upstreams.unreadable");
        if (_wire.Signature.Header is { } header && !_signing.HoldsFor(body, request.Headers[header] is [{ Length: > 0 } sign] ? sign : null))
            return new Refusal("upstreams.signature_wrong");
        if (Signed(content) is not { } signed) return new Refusal("upstreams.signature_wrong");
        if (DescribedRows.Read(signed, _wire.Report, _wire.Times) is not { } snapshot) return new Refusal("upstreams.unreadable");
        return (UpstreamReport[])[.. snapshot.Reports(_time.Now)];
    }

    public IResult Taken() => Results.Text(_wire.Callback.Taken);

    public IResult NotTaken(Refusal why) => Results.Text(_wire.Callback.NotTaken);

    private async Task<Answer> CallAsync(
        string path, IReadOnlyDictionary<string, string> fields, CancellationToken cancel, params (string Name, string Value)[] known)
    {
        var nonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var values = known.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        (values["account"], values["nonce"]) = (_options.Account, nonce);
        values["timestamp"] = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var filled = _wire.Common.Concat(fields).ToDictionary(f => f.Key, f => Fill(f.Value, values), StringComparer.Ordinal);
        if (_wire.Signature.Field is { } field) filled[field] = _signing.OfFields(filled);
        var body = await BodyAsync(filled, cancel);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = _wire.Body == BodyKind.Json ? new("application/json", "utf-8") : new("application/x-www-form-urlencoded");
        if (_wire.Signature.Header is { } header) content.Headers.Add(header, _signing.OfBody(body));
        var (answer, headers, status) = await _exchange.CallAsync(new(_options.BaseAddress, path), content, cancel);
        if (answer is null) return new(null, status, false, nonce);
        var isSigned = _wire.Signature.Header is not { } signedBy || _signing.HoldsFor(answer, headers(signedBy));
        return new(Exchange.Said(answer), status, isSigned, nonce);
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> filled, CancellationToken cancel)
    {
        if (_wire.Body == BodyKind.Json) return JsonSerializer.SerializeToUtf8Bytes(filled, Reading.Plain);
        using var form = new FormUrlEncodedContent(filled);
        return await form.ReadAsByteArrayAsync(cancel);
    }

    private static string Fill(string template, Dictionary<string, string> values) =>
        DescriptionFile.Slot().Replace(template, found => values[found.Groups[1].Value]);

    /// <summary>What of a row is signed: all of it where the body was; else its fields, if their signature holds, and nothing that is nested.</summary>
    private JsonElement? Signed(JsonElement row)
    {
        if (_wire.Signature.Field is not { } field) return row;
        var fields = row.Fields();
        return _signing.HoldsFor(fields, fields.GetValueOrDefault(field)) ? JsonSerializer.SerializeToElement(fields) : null;
    }
}
