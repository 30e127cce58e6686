using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace HaoSuan.Upstreams.Wire;

/// <summary>Reads the file that describes a wire. Nothing is guessed: a word that is not known, or a field twice, is a fault, told with its place.</summary>
public static partial class DescriptionFile
{
    private static readonly string[] OfEveryCall = ["account", "timestamp", "nonce"];
    private static readonly string[] OfOrders = ["order_no", "product", "number", "callback_url"];
    private static readonly string[] Personal = ["name", "id_number", "phone", "province", "city", "district", "address"];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <param name="json">The file.</param>
    /// <param name="description">What it describes.</param>
    /// <param name="faults">Each with its place: "$.submit.path: …".</param>
    public static bool TryRead(byte[] json, [NotNullWhen(true)] out WireDescription? description, out IReadOnlyList<string> faults)
    {
        description = null;
        try
        {
            ReadOnlySpan<byte> bytes = json is [0xEF, 0xBB, 0xBF, ..] ? json.AsSpan(3) : json;
            if (JsonSerializer.Deserialize<WireDescription>(bytes, Options) is not { } read)
            {
                faults = ["$: the file is empty"];
                return false;
            }
            faults = [.. Faults(read)];
            if (faults.Count > 0) return false;
            description = read;
            return true;
        }
        catch (JsonException e)
        {
            faults = [$"{e.Path ?? "$"}, line {(e.LineNumber ?? 0) + 1}: {e.Message.ReplaceLineEndings(" ")}"];
            return false;
        }
    }

    private static IEnumerable<string> Faults(WireDescription wire) =>
    [
        .. Fault(Name().IsMatch(wire.Name), "$.name", "must be 2 to 40 lower-case letters, digits and hyphens"),
        .. Fault(wire.QueriesPerMinute is >= 1 and <= 6000, "$.queries_per_minute", "must be 1 to 6000"),
        .. Fault(wire.OrdersPerQuery is >= 1 and <= 1000, "$.orders_per_query", "must be 1 to 1000"),
        .. OfSignature(wire.Signature),
        .. Fields("$.common", wire.Common, OfEveryCall, [], wire),
        .. Call("$.submit", wire.Submit.Path, wire.Submit.Fields, [.. OfOrders, .. Personal], ["order_no", "product"], wire),
        .. Conditions("$.submit.taken", wire.Submit.Taken), .. Conditions("$.submit.refused", wire.Submit.Refused),
        .. Paths("$.submit", wire.Submit.UpstreamOrderNo, wire.Submit.Code, wire.Submit.Message),
        .. Call("$.query", wire.Query.Path, wire.Query.Fields, ["order_nos"], ["order_nos"], wire),
        .. Conditions("$.query.answered", wire.Query.Answered), .. wire.Query.Busy is { } busy ? Conditions("$.query.busy", busy) : [],
        .. Paths("$.query", wire.Query.Rows, wire.Query.Code, wire.Query.Message, wire.Query.Asked ?? ""),
        .. Fault(wire.Signature.Over == SignatureOver.Fields || (wire.Query.Asked is not null && Sends(wire, wire.Query.Fields, "nonce")),
            "$.query.asked", "a signed body must repeat the {nonce} that was sent: name the path"),
        .. Call("$.withdraw", wire.Withdraw.Path, wire.Withdraw.Fields, ["order_no"], ["order_no"], wire),
        .. Fault(Sends(wire, wire.Withdraw.Fields, "nonce"), "$.withdraw.fields", "must send the {nonce} that the answer repeats"),
        .. Conditions("$.withdraw.withdrawn", wire.Withdraw.Withdrawn), .. Conditions("$.withdraw.refused", wire.Withdraw.Refused),
        .. Paths("$.withdraw", wire.Withdraw.Answer, wire.Withdraw.OrderNo, wire.Withdraw.Asked, wire.Withdraw.Reason),
        .. Paths("$.report", [.. wire.Report.Paths]),
        .. Beside("$.report", wire, [.. wire.Report.Paths]),
        .. Beside("$.withdraw", wire, wire.Withdraw.OrderNo, wire.Withdraw.Asked, wire.Withdraw.Reason),
        .. Beside("$.withdraw.withdrawn", wire, [.. wire.Withdraw.Withdrawn.Keys]), .. Beside("$.withdraw.refused", wire, [.. wire.Withdraw.Refused.Keys]),
        .. Words("$.report.statuses", wire.Report.Statuses, ReportRule.StatusFacts),
        .. Fault(wire.Report.Statuses.Count > 0, "$.report.statuses", "is empty"),
        .. Words("$.report.settlements", wire.Report.Settlements, ReportRule.SettlementFacts),
        .. Fault((wire.Report.Settlement is null) == (wire.Report.Settlements.Count == 0),
            "$.report.settlements", "goes with $.report.settlement: both or none"),
    ];

    private static IEnumerable<string> OfSignature(SignatureRule rule) =>
    [
        .. Fault(rule.Over == SignatureOver.Body || (rule.Field is not null && rule.Header is null),
            "$.signature.field", "signed fields have their signature in a field"),
        .. Fault(rule.Over == SignatureOver.Fields || (rule.Header is not null && rule.Field is null),
            "$.signature.header", "a signed body has its signature in a header"),
        .. Fault(rule.Header is null || CanBeSent(rule.Header), "$.signature.header", "is no header that a body can be sent with, such as X-Sign"),
        .. Fault(rule.Digest == SignatureDigest.HmacSha256 || rule.After.Contains("{secret}", StringComparison.Ordinal),
            "$.signature.after", "an md5 needs the {secret}"),
        .. Fault(rule.Digest == SignatureDigest.Md5 || !rule.After.Contains('{', StringComparison.Ordinal),
            "$.signature.after", "the secret is the key of an hmac and stands nowhere else"),
    ];

    private static IEnumerable<string> Call(
        string place, string path, IReadOnlyDictionary<string, string> fields, string[] allowed, string[] needed, WireDescription wire) =>
    [
        .. Fault(Address().IsMatch(path), $"{place}.path", "must be a plain relative path: whatever concerns an order or a person goes into the body"),
        .. Fields($"{place}.fields", fields, [.. OfEveryCall, .. allowed], needed, wire),
        .. from name in fields.Keys where wire.Common.ContainsKey(name) select $"{place}.fields.{name}: is in $.common already",
    ];

    private static IEnumerable<string> Fields(
        string place, IReadOnlyDictionary<string, string> fields, string[] allowed, string[] needed, WireDescription wire) =>
    [
        .. from field in fields
           from Match found in Slot().Matches(field.Value)
           where !allowed.Contains(found.Groups[1].Value)
           select $"{place}.{field.Key}: there is no {found.Value} here; there are: {string.Join(", ", allowed)}",
        .. from field in fields where field.Key == wire.Signature.Field select $"{place}.{field.Key}: is the signature's field",
        .. from name in needed where !fields.Values.Any(v => v.Contains($"{{{name}}}", StringComparison.Ordinal)) select $"{place}: no field has {{{name}}}",
    ];

    private static IEnumerable<string> Conditions(string place, IReadOnlyDictionary<string, IReadOnlyList<string>> conditions) =>
    [
        .. Fault(conditions.Count > 0, place, "is empty"),
        .. Paths(place, [.. conditions.Keys]),
        .. from condition in conditions where condition.Value.Count == 0 select $"{place}.{condition.Key}: names no text",
    ];

    private static IEnumerable<string> Paths(string place, params string[] paths) =>
        from path in paths where path.Length > 0 && !FieldPath().IsMatch(path) select $"{place}: \"{path}\" is no path like data.order_id";

    // Signed fields are those beside the signature: what is nested anybody may have changed.
    private static IEnumerable<string> Beside(string place, WireDescription wire, params string[] paths) =>
        from path in paths
        where wire.Signature.Over == SignatureOver.Fields && path.Contains('.', StringComparison.Ordinal)
        select $"{place}: \"{path}\" is nested, and a signature over fields does not cover it";

    private static IEnumerable<string> Words(string place, IReadOnlyDictionary<string, string> words, IReadOnlyList<string> facts) =>
        from word in words where !facts.Contains(word.Value) select $"{place}.{word.Key}: \"{word.Value}\" is not one of {string.Join(", ", facts)}";

    private static bool Sends(WireDescription wire, IReadOnlyDictionary<string, string> fields, string slot) =>
        wire.Common.Values.Concat(fields.Values).Any(v => v == $"{{{slot}}}");

    private static bool CanBeSent(string header)
    {
        using ByteArrayContent body = new([]);
        return body.Headers.TryAddWithoutValidation(header, "x");
    }

    private static string[] Fault(bool holds, string place, string what) => holds ? [] : [$"{place}: {what}"];

    [GeneratedRegex("^[a-z0-9-]{2,40}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^[^.\s]+(?:\.[^.\s]+)*$")]
    private static partial Regex FieldPath();

    [GeneratedRegex(@"\{([^{}]*)\}")]
    internal static partial Regex Slot();
}
