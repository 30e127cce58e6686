using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaoSuan.Sandbox;

/// <summary>Reads requests: a missing value is empty or zero, and the rules of each wire then say what is wrong.</summary>
internal static class Reading
{
    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    public static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    extension(JsonElement element)
    {
        public JsonElement At(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

        public string Text(string name) => element.At(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? "" : "";

        public long Number(string name) =>
            element.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;
    }

    extension(HttpContext http)
    {
        /// <summary>The address at which this sandbox is reached, with a slash at the end.</summary>
        public Uri Origin() => new($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/");
    }
}
