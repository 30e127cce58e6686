using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace HaoSuan.Platform;

/// <summary>The one way in which HaoSuan writes JSON: snake case, Chinese as it is, money as a decimal string, ids as text.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new MoneyJson(), new InstantJson(), new IdJson() },
    };

    private sealed class MoneyJson : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Currency.Cny.TryParse(reader.GetString(), out var amount) ? amount : throw new JsonException("Not an amount such as \"80.00\".");

        public override void Write(Utf8JsonWriter writer, Money amount, JsonSerializerOptions options) => writer.WriteStringValue(amount.ToString());
    }

    private sealed class InstantJson : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Instant.From(reader.GetDateTimeOffset());

        public override void Write(Utf8JsonWriter writer, Instant instant, JsonSerializerOptions options) => writer.WriteStringValue(instant.ToString());
    }

    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

        private sealed class Of<TId> : JsonConverter<TId> where TId : struct, IId<TId>
        {
            public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => TId.From(reader.GetGuid());

            public override void Write(Utf8JsonWriter writer, TId id, JsonSerializerOptions options) => writer.WriteStringValue(id.Value);
        }
    }
}
