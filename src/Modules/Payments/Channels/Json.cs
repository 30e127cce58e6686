using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaoSuan.Payments.Channels;

/// <summary>Reads what a channel sent, where a missing or misshapen value is a null and never an exception.</summary>
internal static class Json
{
    /// <summary>For writing: Chinese stays readable, nulls stay away.</summary>
    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement root)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            root = JsonElement.ParseValue(ref reader);
            return root.ValueKind == JsonValueKind.Object && !reader.Read();
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }

    public static bool TryParse(string text, out JsonElement root) => TryParse(Encoding.UTF8.GetBytes(text), out root);

    extension(JsonElement element)
    {
        public JsonElement At(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

        public JsonElement? Object(string name) =>
            element.At(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

        public string? Text(string name) =>
            element.At(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

        public long? Number(string name) =>
            element.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

        public bool Text(string name, [NotNullWhen(true)] out string? text) => (text = element.Text(name)) is { Length: > 0 };

        /// <summary>An instant with its offset, as RFC 3339 writes it.</summary>
        public Instant? Moment(string name) =>
            DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                ? Instant.From(moment)
                : null;
    }
}
