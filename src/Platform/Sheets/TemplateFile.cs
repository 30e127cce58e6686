using System.Text.Json;
using System.Text.Json.Serialization;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Platform.Sheets;

/// <summary>A template as a JSON file. Its form: docs/reconciliation.md, Templates.</summary>
public static class TemplateFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static Result<SheetTemplate> Read(byte[] json)
    {
        try
        {
            ReadOnlySpan<byte> bytes = json is [0xEF, 0xBB, 0xBF, ..] ? json.AsSpan(3) : json;
            var template = JsonSerializer.Deserialize<SheetTemplate>(bytes, Options);
            return template is null ? new Refusal("sheets.template_empty") : Checked(template);
        }
        catch (JsonException e)
        {
            return new Refusal("sheets.template_invalid", e.Path ?? "$", (e.LineNumber ?? 0) + 1, e.Message.ReplaceLineEndings(" "));
        }
    }

    public static string Write(SheetTemplate template) => JsonSerializer.Serialize(template, Options);

    private static Result<SheetTemplate> Checked(SheetTemplate template)
    {
        List<Refusal> refusals = [];
        var columns = template.Columns;
        if (columns.Count > 0 && !columns.ContainsKey(Field.Amount)) refusals.Add(new("sheets.template_without_amount"));
        if (columns.Count > 0 && !columns.Keys.Any(field => field is Field.Order or Field.Iccid or Field.Phone))
            refusals.Add(new("sheets.template_without_key"));
        if (template.HeaderRow is { } row and (< 0 or > Layout.HeaderWithin))
            refusals.Add(new("sheets.template_header_row", row, Layout.HeaderWithin));
        foreach (var word in template.Values.GetValueOrDefault(Field.Status)?.Values ?? [])
        {
            if (!SheetTemplate.Standings.Contains(word))
                refusals.Add(new("sheets.template_status", word, string.Join(", ", SheetTemplate.Standings)));
        }
        return refusals.Count > 0 ? refusals : template;
    }
}
