using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>Writes the settlements of a case as JSON.</summary>
public static class CaseWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, Case settled, IEnumerable<Settlement> settlements)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var settlement in settlements) Write(json, settlement, settled);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Settlement settlement, Case settled)
    {
        json.WriteStartObject();
        json.WriteString("as_of", settled.Zone.Format(settlement.AsOf));
        json.WriteStartArray("lines");
        foreach (var line in settlement.Lines) Write(json, line, settled);
        json.WriteEndArray();
        json.WriteStartArray("entries");
        foreach (var (key, amount) in settlement.Entries)
        {
            json.WriteStartObject();
            Write(json, key, settled.Currency.Format(amount));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteBalances(json, settlement, settled.Currency);
        json.WriteStartObject("platform");
        json.WriteString("upstream", settled.Currency.Format(settlement.Upstream));
        json.WriteString("commission", settled.Currency.Format(settlement.Commission));
        json.WriteString("margin", settled.Currency.Format(settlement.Margin));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Line line, Case settled)
    {
        json.WriteStartObject();
        Write(json, line.Key, settled.Currency.Format(line.Amount));
        json.WriteString("earned_at", settled.Zone.Format(line.EarnedAt));
        json.WriteString("releases_at", line.ReleasesAt is { } releases ? settled.Zone.Format(releases) : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LineKey key, string amount)
    {
        json.WriteString("order", key.Order);
        json.WriteString("stage", key.Stage);
        json.WriteString("instance", key.Instance);
        json.WriteString("distributor", key.Distributor);
        json.WriteString("role", key.Role.Name());
        json.WriteString("state", key.State.Name());
        json.WriteString("amount", amount);
    }

    private static void WriteBalances(Utf8JsonWriter json, Settlement settlement, Currency currency)
    {
        json.WriteStartArray("balances");
        foreach (var balance in settlement.Balances)
        {
            json.WriteStartObject();
            json.WriteString("distributor", balance.Distributor);
            json.WriteString("pending", currency.Format(balance.Pending));
            json.WriteString("available", currency.Format(balance.Available));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
