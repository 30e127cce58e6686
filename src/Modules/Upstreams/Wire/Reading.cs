using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Upstreams.Wire;

/// <summary>Reads what an upstream sent, where a missing or misshapen value is a null and never an exception.</summary>
internal static class Reading
{
    private const int Limit = 256 * 1024;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a callback; null where there is more than any has.</summary>
    public static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var part = new byte[8 * 1024];
        for (int read; (read = await request.Body.ReadAsync(part, cancel)) > 0;)
        {
            if (body.Length + read > Limit) return null;
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>A form's values by name; null where a name stands there twice: then it is not clear which was signed.</summary>
    public static Dictionary<string, string>? Form(byte[] body)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!form.TryAdd(WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts.Length > 1 ? parts[1] : ""))) return null;
        }
        return form;
    }

    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            var root = JsonElement.ParseValue(ref reader);
            return reader.Read() ? default : root;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    public static JsonElement Parse(string? text) => Parse(Encoding.UTF8.GetBytes(text ?? ""));

    /// <summary>"2026-03-05 09:00:00", which is China's time.</summary>
    public static Instant? Local(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Instant.From(new DateTimeOffset(local, China))
            : null;

    /// <summary>Above zero, in yuan.</summary>
    public static Money? Yuan(string? text) => Currency.Cny.TryParse(text, out var amount) && amount > Money.Zero ? amount : null;

    /// <summary>欠停 and its like, as schemes name them.</summary>
    public static string? StopKind(string? word) => word switch
    {
        "欠停" => "arrears",
        "单停" => "single",
        "双停" => "double",
        "局停" => "office",
        _ => null,
    };

    extension(JsonElement element)
    {
        public JsonElement At(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

        public IEnumerable<JsonElement> Items() => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

        /// <summary>A text, or a number as it is written.</summary>
        public string? Text(string name) => element.At(name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

        public int? Int(string name) =>
            int.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
