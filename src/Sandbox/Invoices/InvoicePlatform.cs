using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace HaoSuan.Sandbox.Invoices;

/// <summary>An invoice that was handed over.</summary>
/// <param name="RedOf">Of a red one: the number of the blue one.</param>
public sealed record SandboxInvoice(Guid RequestId, string Number, string Buyer, string Gross, string? RedOf, Instant At);

/// <summary>A platform that issues digital invoices: takes what is signed, issues it a moment later, and has one for each request.</summary>
public sealed class InvoicePlatform(SandboxKeys keys, TimeProvider time, Faults faults)
{
    private const int Patience = 300;

    private static readonly string[] Formats = ["pdf", "xml"];

    private readonly ConcurrentDictionary<Guid, SandboxInvoice> _invoices = new();
    private readonly Lock _gate = new();

    /// <summary>What was handed over, in the sequence of numbers.</summary>
    public IReadOnlyList<SandboxInvoice> Invoices => [.. _invoices.Values.OrderBy(i => i.Number, StringComparer.Ordinal)];

    /// <summary>Whether what is asked for is issued: otherwise it goes on processing.</summary>
    public bool Issues { get; set; } = true;

    internal void Map(IEndpointRouteBuilder routes)
    {
        var platform = routes.MapGroup("/invoicing/v1");
        platform.MapPost("/invoices", async (HttpContext http) =>
        {
            var body = await Reading.BodyAsync(http.Request);
            return await AnswerAsync(http, body, () => Take(Reading.Parse(body)));
        });
        platform.MapGet("/invoices/{id:guid}", (HttpContext http, Guid id) => AnswerAsync(http, [], () =>
            _invoices.TryGetValue(id, out var invoice) ? Show(invoice) : Results.NotFound()));
        platform.MapGet("/documents/{id:guid}.{format}", (HttpContext http, Guid id, string format) => IsSigned(http.Request, [])
            && _invoices.TryGetValue(id, out var invoice) ? Results.Bytes(format == "xml" ? Xml(invoice) : Pdf(invoice)) : Results.NotFound());
    }

    private async Task<IResult> AnswerAsync(HttpContext http, byte[] body, Func<IResult> work)
    {
        if (!IsSigned(http.Request, body)) return Results.StatusCode(401);
        var fault = faults.Take(Wire.Invoices, On.Call);
        if (fault == Fault.Fail) return Results.StatusCode(500);
        if (fault == Fault.Busy) return Results.StatusCode(429);
        var answer = work();
        if (fault == Fault.FailAfter) return Results.StatusCode(500);
        if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        return answer;
    }

    private bool IsSigned(HttpRequest request, byte[] body)
    {
        var seconds = request.Headers["X-Timestamp"].ToString();
        if (request.Headers["X-App-Id"] != keys.InvoiceAppId || !long.TryParse(seconds, CultureInfo.InvariantCulture, out var at)
            || Math.Abs(at - time.GetUtcNow().ToUnixTimeSeconds()) > Patience) return false;
        var text = $"{request.Method}\n{request.Path}\n{seconds}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(keys.InvoiceSecret), Encoding.UTF8.GetBytes(text)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers["X-Signature"].ToString()));
    }

    private IResult Take(JsonElement asked)
    {
        if (asked.ValueKind != JsonValueKind.Object || !asked.GetProperty("request_id").TryGetGuid(out var id)) return Fault422("request_id");
        var buyer = asked.GetProperty("buyer").GetProperty("name").GetString() ?? "";
        if (buyer.Contains("不存在", StringComparison.Ordinal)) return Fault422("购买方名称与税号不符");
        var redOf = asked.TryGetProperty("red", out var red) ? red.GetProperty("of").GetString() : null;
        lock (_gate)
        {
            if (redOf is not null && _invoices.Values.All(i => i.Number != redOf)) return Fault422("没有这张蓝字发票");
            if (!_invoices.ContainsKey(id))
            {
                var gross = Fen(asked, "net") + Fen(asked, "tax");
                var number = "26442" + (_invoices.Count + 1).ToString("D15", CultureInfo.InvariantCulture);
                _invoices[id] = new(id, number, buyer, $"{new Money(gross)}", redOf, time.Now);
            }
        }
        return Results.Json(new { status = "processing" }, Reading.Plain, statusCode: 202);
    }

    private IResult Show(SandboxInvoice invoice) => !Issues
        ? Results.Json(new { status = "processing" }, Reading.Plain)
        : Results.Json(new
        {
            status = "issued",
            number = invoice.Number,
            issued_at = invoice.At.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture),
            documents = Formats.Select(f => new { format = f, path = $"v1/documents/{invoice.RequestId}.{f}" }),
        }, Reading.Plain);

    private static long Fen(JsonElement asked, string name) => Currency.Cny.TryParse(asked.GetProperty(name).GetString(), out var amount) ? amount.Minor : 0;

    private static IResult Fault422(string message) => Results.Json(new { message }, Reading.Plain, statusCode: 422);

    private static byte[] Xml(SandboxInvoice invoice) => Encoding.UTF8.GetBytes($"{new XElement("EInvoice",
        new XElement("EInvoiceData", new XElement("BasicInformation", new XElement("TotalTax-includedAmount", invoice.Gross))),
        new XElement("TaxSupervisionInfo", new XElement("InvoiceNumber", invoice.Number)))}");

    private static byte[] Pdf(SandboxInvoice invoice) => Encoding.ASCII.GetBytes($"%PDF-1.4\n% sandbox invoice {invoice.Number}\n%%EOF\n");
}
