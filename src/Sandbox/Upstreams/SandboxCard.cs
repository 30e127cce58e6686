using System.Security.Cryptography;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>Where an order for a card stands at the upstream.</summary>
public enum CardStatus
{
    Submitted,
    Accepted,
    DocumentsWanted,
    Rejected,
    Shipped,
    Activated,
    Cancelled,
}

public enum SettlementStatus
{
    None,
    Settled,
    Unsettled,
    Recalled,
}

/// <summary>What the upstream says to whoever wants an order back.</summary>
public enum WithdrawalStatus
{
    None,

    /// <summary>Its staff has yet to decide.</summary>
    Pending,
    Withdrawn,
    Refused,
}

/// <summary>An order at an upstream, with everything that the upstream knows of it.</summary>
internal sealed class SandboxCard
{
    public required string OrderNo { get; init; }
    public required string UpstreamNo { get; init; }
    public required string Product { get; init; }
    public required string NotifyUrl { get; init; }
    public required string Phone { get; init; }
    public required string Content { get; init; }
    public CardStatus Status { get; set; }
    public required Instant StatusAt { get; set; }
    public Instant? ShippedAt { get; set; }
    public Instant? ActivatedAt { get; set; }
    public SettlementStatus Settlement { get; set; }
    public Instant? SettlementAt { get; set; }
    public WithdrawalStatus Withdrawal { get; set; }

    /// <summary>Why a withdrawal is refused.</summary>
    public string WithdrawalRemark { get; set; } = "";
    public string Iccid { get; set; } = "";
    public string Courier { get; set; } = "";
    public string TrackingNo { get; set; } = "";
    public string Remark { get; set; } = "";
    public List<(Money Amount, Instant At)> TopUps { get; } = [];
    public List<(string Kind, Instant From, Instant? Until)> Stops { get; } = [];
    public SortedDictionary<int, (bool InService, Instant At)> Months { get; } = [];

    public static string NewIccid() => "898600" + RandomNumberGenerator.GetString("0123456789", 14);

    public static string NewPhone() => "192" + RandomNumberGenerator.GetString("0123456789", 8);
}
