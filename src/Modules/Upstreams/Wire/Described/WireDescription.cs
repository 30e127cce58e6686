using HaoSuan.Settling;

namespace HaoSuan.Upstreams.Wire;

/// <summary>
/// A platform's protocol as a file describes it: docs/upstreams.md. Values are templates with {placeholders}; what is read is named by a path,
/// "data.order_id"; what must hold is a path and the texts that are right there.
/// </summary>
public sealed record WireDescription
{
    /// <summary>As it stands in addresses and sources: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required BodyKind Body { get; init; }

    public required SignatureRule Signature { get; init; }

    public int QueriesPerMinute { get; init; } = 60;

    public int OrdersPerQuery { get; init; } = 10;

    public TimeKind Times { get; init; }

    /// <summary>Fields of every call.</summary>
    public IReadOnlyDictionary<string, string> Common { get; init; } = new Dictionary<string, string>();

    public required SubmitCall Submit { get; init; }

    public required QueryCall Query { get; init; }

    public required WithdrawCall Withdraw { get; init; }

    public required ReportRule Report { get; init; }

    public required CallbackRule Callback { get; init; }
}

public enum BodyKind
{
    Form,
    Json,
}

public enum TimeKind
{
    /// <summary>"2026-03-05 09:00:00" in China's time.</summary>
    Local,
    UnixSeconds,
    UnixMilliseconds,
}

public enum SignatureDigest
{
    Md5,
    HmacSha256,
}

public enum SignatureOver
{
    /// <summary>Names and values of the fields, sorted by name; in answers, too: each row of a query and the answer to a withdrawal has its own.</summary>
    Fields,

    /// <summary>The body as it was sent; in answers, too.</summary>
    Body,
}

public enum SignatureText
{
    Hex,
    HexUpper,
    Base64,
}

/// <summary>How both sides sign.</summary>
public sealed record SignatureRule
{
    public required SignatureDigest Digest { get; init; }

    public required SignatureOver Over { get; init; }

    /// <summary>Where the signature of fields stands.</summary>
    public string? Field { get; init; }

    /// <summary>Where the signature of a body stands.</summary>
    public string? Header { get; init; }

    /// <summary>Between "name=value" and the next.</summary>
    public string Separator { get; init; } = "";

    /// <summary>What is signed after the fields or the body; of an md5 it has the {secret}.</summary>
    public string After { get; init; } = "";

    /// <summary>Values that are not signed, such as the empty one.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    public SignatureText Text { get; init; }
}

public sealed record SubmitCall
{
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Taken { get; init; }

    /// <summary>Where the platform's own number of the order stands.</summary>
    public required string UpstreamOrderNo { get; init; }

    /// <summary>The platform has taken nothing and never will. What is neither this nor taken is unknown, and asked for.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Refused { get; init; }

    public required string Code { get; init; }
    public required string Message { get; init; }
}

public sealed record QueryCall
{
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Answered { get; init; }

    /// <summary>The minute's queries are used up.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Busy { get; init; }

    public required string Rows { get; init; }

    /// <summary>Where the answer repeats the {nonce} of the question: without it an old answer could be played again.</summary>
    public string? Asked { get; init; }

    public required string Code { get; init; }
    public required string Message { get; init; }
}

/// <summary>All but the path is read within <see cref="Answer"/>.</summary>
public sealed record WithdrawCall
{
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public string Answer { get; init; } = "";
    public required string OrderNo { get; init; }
    public required string Asked { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Withdrawn { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Refused { get; init; }
    public required string Reason { get; init; }
}

/// <summary>Where a callback and the rows of a query have what, and what the platform's words mean.</summary>
public sealed record ReportRule
{
    /// <summary>A word that tells nothing new.</summary>
    public const string Nothing = "nothing";

    public static readonly IReadOnlyList<string> StatusFacts =
    [
        "submitted", "accepted", "documents_wanted", "rejected", "shipped", "delivered", "refused", "returned", "lost", FactKind.Activated,
        FactKind.Cancelled, Nothing,
    ];

    public static readonly IReadOnlyList<string> SettlementFacts = [FactKind.UpstreamConfirmed, "upstream_rejected", "upstream_recalled", Nothing];

    public required string OrderNo { get; init; }
    public required string UpstreamOrderNo { get; init; }
    public required string Status { get; init; }
    public string? StatusAt { get; init; }
    public string? ShippedAt { get; init; }
    public string? ActivatedAt { get; init; }
    public string? Phone { get; init; }
    public string? Iccid { get; init; }
    public string? Courier { get; init; }
    public string? TrackingNo { get; init; }
    public string? Remark { get; init; }

    /// <summary>The amount of the first top-up in yuan, where there are no <see cref="TopUps"/>.</summary>
    public string? FirstTopUp { get; init; }

    public string? Settlement { get; init; }
    public string? SettlementAt { get; init; }

    /// <summary>Lists of fixed shapes: docs/upstreams.md.</summary>
    public string? TopUps { get; init; }

    public string? Stops { get; init; }
    public string? Months { get; init; }

    /// <summary>The platform's words for the status, and ours. Another word is an exception for the office.</summary>
    public required IReadOnlyDictionary<string, string> Statuses { get; init; }

    public IReadOnlyDictionary<string, string> Settlements { get; init; } = new Dictionary<string, string>();

    internal IEnumerable<string> Paths => new[]
    {
        OrderNo, UpstreamOrderNo, Status, StatusAt, ShippedAt, ActivatedAt, Phone, Iccid, Courier, TrackingNo, Remark, FirstTopUp, Settlement, SettlementAt,
        TopUps, Stops, Months,
    }.OfType<string>();
}

/// <summary>What the platform gets to read: the first ends its repeats.</summary>
public sealed record CallbackRule
{
    public required string Taken { get; init; }
    public required string NotTaken { get; init; }
}
