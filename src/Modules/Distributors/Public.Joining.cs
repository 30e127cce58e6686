using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>A published contract (合同), or published promotion rules (推广规范). A text is never changed: what is agreed anew is another version.</summary>
/// <param name="Sha256">Of the text in UTF-8, in hex: what whoever accepts it is shown to have accepted.</param>
/// <param name="PublishedBy">As the audit log names him.</param>
public sealed record TextVersion(int Version, string Text, string Sha256, Instant PublishedAt, string PublishedBy);

/// <summary>How a joining invitation (入驻邀请) stands.</summary>
public enum JoiningState
{
    /// <summary>待填写: sent out; nobody has applied by it yet.</summary>
    Invited,

    /// <summary>待审核: somebody has applied; operations has to decide.</summary>
    Applied,

    /// <summary>已通过: a distributor with its sign-in.</summary>
    Approved,

    /// <summary>未通过, with a reason.</summary>
    Refused,

    /// <summary>已撤回, by the operator, before anybody applied.</summary>
    Revoked,
}

/// <summary>A rate that an invitation offers.</summary>
public sealed record OfferedRate(ProductId Product, string Stage, Rate Rate);

/// <summary>An offered rate in words.</summary>
public sealed record OfferLine(string Product, string Stage, string Rate);

/// <summary>An invitation to join, with whoever has applied by it. Personal data is masked.</summary>
/// <param name="Parent">Null: of the first level.</param>
/// <param name="Share">The share of the parent's rates (of what the upstream pays) from which the offered rates were computed.</param>
/// <param name="Name">What it is going to be called, as consumers see it.</param>
/// <param name="CheckedBy">What is known of name and ID number.</param>
/// <param name="CheckAt">When a service said so; before that, when it is asked next.</param>
public sealed record Joining(
    string Code, DistributorId? Parent, Bps Share, IReadOnlyList<OfferedRate> Rates, JoiningState State, Instant InvitedAt, string InvitedBy,
    Instant ExpiresAt, string? Name, string? Person, string? IdNumber, string? Phone, NameCheck? CheckedBy, Instant? CheckAt, int? ContractVersion,
    string? ContractSha256, Instant? AppliedAt, string? SignIn, Instant? DecidedAt, string? DecidedBy, string? Reason, DistributorId? Distributor)
{
    public bool IsOpenAt(Instant at) => State == JoiningState.Invited && at < ExpiresAt;
}

/// <summary>What somebody who joins fills in. The ID number, the phone and the password are never shown again.</summary>
public sealed record JoinForm
{
    public string? Name { get; init; }
    public string? Person { get; init; }
    public string? IdNumber { get; init; }
    public string? Phone { get; init; }
    public string? SignIn { get; init; }
    public string? Password { get; init; }

    /// <summary>The version that stood on the page.</summary>
    public string? Contract { get; init; }

    /// <summary>"true" where it was accepted.</summary>
    public string? Accept { get; init; }

    public override string ToString() => "JoinForm";
}

/// <summary>Somebody who may not join (黑名单), by ID number or phone.</summary>
/// <param name="Masked">The value, masked.</param>
/// <param name="Evidence">Where it can be looked up: the number of a case, of a document.</param>
public sealed record Blacklisted(
    Guid Id, SecretKind Kind, string Masked, string Reason, string Evidence, Instant ListedAt, string ListedBy, Instant? LiftedAt, string? LiftReason);

/// <summary>Somebody has applied to join: operations decides.</summary>
public sealed record JoiningApplied(string Code, string Name) : IEvent;

/// <summary>An application was decided.</summary>
/// <param name="Parent">The distributor who has invited; null: the operator.</param>
public sealed record JoiningDecided(DistributorId? Parent, string Name, bool Approved, string Code = "") : IEvent;
