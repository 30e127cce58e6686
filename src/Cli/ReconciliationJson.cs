using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Cli;

/// <summary>A reconciliation as JSON: summary and differences. Its form: docs/reconciliation.md, Output.</summary>
public static class ReconciliationJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // The last three stand there only where there is something to tell.
    private static readonly (Difference Difference, string Name, bool Always)[] Classes =
    [
        (Difference.AmountDiffers, "amount_differs", true),
        (Difference.MissingInSheet, "missing_in_sheet", true),
        (Difference.StatusDiffers, "status_differs", true),
        (Difference.UnexpectedInSheet, "unexpected_in_sheet", true),
        (Difference.DuplicateInSheet, "duplicate_in_sheet", true),
        (Difference.OtherPeriod, "other_period", false),
        (Difference.Clawback, "clawback", false),
        (Difference.Ambiguous, "ambiguous", false),
    ];

    public static string Of(Reconciliation reconciliation)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("summary");
            WriteSummary(json, reconciliation);
            json.WriteEndObject();
            json.WriteStartObject("differences");
            WriteDifferences(json, reconciliation);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteSummary(Utf8JsonWriter json, Reconciliation reconciliation)
    {
        json.WriteNumber("orders", reconciliation.Lines.Count);
        json.WriteNumber("sheet_rows", reconciliation.Rows.Count);
        json.WriteString("expected_total", reconciliation.ExpectedTotal.ToString());
        json.WriteString("sheet_total", reconciliation.SheetTotal.ToString());
        json.WriteStartObject("matched");
        json.WriteNumber("count", reconciliation[Difference.Matched].Count);
        json.WriteString("amount", reconciliation.MatchedAmount.ToString());
        json.WriteEndObject();
        foreach (var (difference, name, always) in Classes)
        {
            var sum = reconciliation[difference];
            if (!always && sum.Count == 0) continue;
            json.WriteStartObject(name);
            json.WriteNumber("count", sum.Count);
            json.WriteString("effect", sum.Effect.ToString());
            json.WriteEndObject();
        }
    }

    private static void WriteDifferences(Utf8JsonWriter json, Reconciliation reconciliation)
    {
        foreach (var (difference, name, always) in Classes)
        {
            if (!always && reconciliation[difference].Count == 0) continue;
            json.WriteStartArray(name);
            foreach (var finding in reconciliation.Of(difference)) WriteFinding(json, reconciliation, finding);
            json.WriteEndArray();
        }
    }

    private static void WriteFinding(Utf8JsonWriter json, Reconciliation reconciliation, Finding finding)
    {
        Entry? line = finding.Line >= 0 ? reconciliation.Lines[finding.Line] : null;
        Entry? row = finding.Row >= 0 ? reconciliation.Rows[finding.Row] : null;
        json.WriteStartObject();
        json.WriteString(line is null ? "reference" : "order", reconciliation.NameOf(finding));
        if (finding.Difference == Difference.OtherPeriod) json.WriteString("period", row?.Period?.ToString());
        if (finding.Difference is Difference.AmountDiffers or Difference.MissingInSheet or Difference.StatusDiffers)
            json.WriteString("expected", line?.Amount.ToString());
        if (row is { } paid) json.WriteString("sheet", paid.Amount.ToString());
        if (finding.Difference == Difference.AmountDiffers) json.WriteString("difference", finding.Effect.ToString());
        if (finding.Difference == Difference.StatusDiffers) json.WriteString("sheet_status", row?.Status);
        json.WriteEndObject();
    }
}
