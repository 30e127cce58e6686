using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Invoices;

/// <summary>An account at a platform that issues digital invoices (数电票).</summary>
public sealed record IssuingPlatformOptions
{
    public required Uri BaseAddress { get; init; }
    public required string AppId { get; init; }
    public required string Secret { get; init; }

    /// <summary>Keys are not written anywhere by mistake.</summary>
    public override string ToString() => "Issuing platform";
}

/// <summary>
/// Issues through a platform over HTTP: docs/invoices.md has the protocol. It is asked first how an invoice stands under our id, and only one that it
/// does not know is handed over, so an answer that was lost never leads to a second invoice. What a platform cannot say now is pending.
/// </summary>
public sealed class IssuingPlatform(HttpClient http, IssuingPlatformOptions options, TimeProvider time) : IInvoiceIssuer
{
    private const string Invoices = "v1/invoices";

    public string Name => "platform";

    public async Task<IssueAnswer> IssueAsync(InvoiceToIssue invoice, CancellationToken cancel)
    {
        try
        {
            using var known = await SendAsync(HttpMethod.Get, $"{Invoices}/{invoice.Id.Value}", null, cancel);
            if (known.StatusCode != HttpStatusCode.NotFound) return await ReadAsync(known, cancel);
            using var handed = await SendAsync(HttpMethod.Post, Invoices, BodyOf(invoice), cancel);
            return await ReadAsync(handed, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or FormatException
            || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return new IssueAnswer.Pending();
        }
    }

    /// <summary>
    /// The signature over a call, as the platform computes it too: HMAC-SHA256 over method, path, seconds and the body's SHA-256, a line each.
    /// </summary>
    public static string Signature(string secret, string method, string path, string seconds, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{method}\n{path}\n{seconds}\n{Convert.ToHexStringLower(SHA256.HashData(body))}")));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.BaseAddress, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("X-App-Id", options.AppId);
        request.Headers.Add("X-Timestamp", seconds);
        request.Headers.Add("X-Signature", Signature(options.Secret, method.Method, request.RequestUri!.AbsolutePath, seconds, body ?? []));
        return await http.SendAsync(request, cancel);
    }

    private async Task<IssueAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new IssueAnswer.Pending(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}"));
        var isFault = response.StatusCode == HttpStatusCode.UnprocessableEntity;
        if (!response.IsSuccessStatusCode && !isFault) return new IssueAnswer.Pending();
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
        var answer = document.RootElement;
        if (isFault) return new IssueAnswer.Refused(TextOf(answer, "message"));
        return TextOf(answer, "status") switch
        {
            "failed" => new IssueAnswer.Refused(TextOf(answer, "message")),
            "issued" => await IssuedAsync(answer, cancel),
            _ => new IssueAnswer.Pending(),
        };
    }

    private async Task<IssueAnswer> IssuedAsync(JsonElement answer, CancellationToken cancel)
    {
        List<InvoiceFile> files = [];
        foreach (var document in answer.GetProperty("documents").EnumerateArray())
        {
            // Another format than we know how to hand on is left out.
            if (SendInvoice.MediaTypeOf(TextOf(document, "format")) is null) continue;
            using var file = await SendAsync(HttpMethod.Get, TextOf(document, "path").TrimStart('/'), null, cancel);
            if (!file.IsSuccessStatusCode) return new IssueAnswer.Pending();
            files.Add(new(TextOf(document, "format"), await file.Content.ReadAsByteArrayAsync(cancel)));
        }
        return new IssueAnswer.Issued(TextOf(answer, "number"), Instant.From(answer.GetProperty("issued_at").GetDateTimeOffset()), files);
    }

    private static string TextOf(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static byte[] BodyOf(InvoiceToIssue invoice) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        RequestId = invoice.Id.Value,
        Kind = invoice.Kind == InvoiceKind.Special ? "special" : "ordinary",
        Seller = new { invoice.Seller.Name, invoice.Seller.TaxNumber, invoice.Drawer },
        Buyer = new { invoice.Buyer.Name, invoice.Buyer.TaxNumber },
        Lines = invoice.Lines.Select(l => new { l.Name, l.ClassCode, Net = $"{l.Net}", Rate = $"{l.Rate}", Tax = $"{l.Tax}" }),
        Net = $"{Taxing.Sum(invoice.Lines.Select(l => l.Net))}",
        Tax = $"{Taxing.Sum(invoice.Lines.Select(l => l.Tax))}",
        invoice.Remark,
        Red = invoice.RedOf is null ? null : new { Of = invoice.RedOf, invoice.ConfirmationNo },
    }, Json.Options);
}
