using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>A distributor (分销商) as it stands in the tree at an instant.</summary>
/// <param name="ParentId">Null for one of the first level.</param>
/// <param name="Code">Its short name for people and sheets, unique for the tenant.</param>
public sealed record Distributor(DistributorId Id, DistributorId? ParentId, string Code, string Name, bool Active, Instant JoinedAt)
{
    /// <summary>冻结: no new orders by its invitations, and no payouts.</summary>
    public bool Frozen { get; init; }
}

/// <summary>A distributor with its place in the tree.</summary>
/// <param name="Level">1 for one of the first level.</param>
/// <param name="Below">How many stand below it, all levels together.</param>
/// <param name="Deepest">The level of the deepest below it, or its own.</param>
public sealed record Branch(Distributor Distributor, int Level, int Below, int Deepest)
{
    /// <summary>Its name, as a list that shows the tree has it.</summary>
    public string Indented => Level == 1 ? Distributor.Name : $"{new string('\u3000', Level - 2)}└ {Distributor.Name}";
}

/// <summary>A move (转移上级) as it was decided: from that instant on another one is the parent.</summary>
/// <param name="ParentId">Null: of the first level.</param>
/// <param name="By">As the audit log names him.</param>
public sealed record Moved(DistributorId? ParentId, Instant From, string Reason, Instant At, string By);

/// <summary>What is asked of <see cref="MoveDistributor"/>. It holds from <paramref name="From"/> on, or from now.</summary>
public sealed record NewParent(DistributorId DistributorId, DistributorId? ParentId, string Reason, Instant? From = null);

/// <summary>A freeze (冻结), in force from <paramref name="From"/> until it ends or is lifted.</summary>
/// <param name="By">As the audit log names him.</param>
public sealed record FreezeRecord(
    Instant From, Instant? Until, string Reason, Instant At, string By, Instant? LiftedAt, string? LiftedBy, string? LiftReason)
{
    public bool HoldsAt(Instant at) => From <= at && !HasEndedAt(at);

    public bool HasEndedAt(Instant at) => LiftedAt <= at || Until <= at;
}

/// <summary>What is asked of <see cref="Freeze"/>: from now or a later instant on, until it is lifted or ends by itself.</summary>
public sealed record NewFreeze(DistributorId DistributorId, string Reason, Instant? From = null, Instant? Until = null);

/// <summary>A distributor gets another parent, or none.</summary>
public sealed record DistributorMoved(DistributorId Id, DistributorId? Parent, string ParentName, DateOnly From) : IEvent;

/// <summary>A parent gets another child, by a move.</summary>
public sealed record DistributorJoinsTeam(DistributorId Parent, string Name, DateOnly From) : IEvent;

/// <summary>A freeze was decided.</summary>
public sealed record DistributorFrozen(DistributorId Id, string Reason, DateOnly From) : IEvent;

/// <summary>A freeze has been lifted before its end.</summary>
public sealed record DistributorReleased(DistributorId Id) : IEvent;

/// <summary>A distributor's place in an order's chain, with its rate for each stage of the scheme in force, by the stage's key.</summary>
public sealed record ChainMember(DistributorId Id, IReadOnlyDictionary<string, Rate> Rates);

/// <summary>What a product pays to whom, for an order that is placed now: the scheme's version in force, and the chain with its rates.</summary>
public sealed record SalesTerms(PublishedScheme Scheme, IReadOnlyList<ChainMember> Chain);

/// <summary>An invitation (推广链接): the address of a distributor's shop. The code begins with the tenant's slug.</summary>
public sealed record Invitation(string Code, DistributorId DistributorId, string DistributorName)
{
    /// <summary>Nothing can be ordered here for the time being.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>A rate (费率) as it was set: it holds from <paramref name="From"/> until the next one.</summary>
public sealed record RateSet(DistributorId DistributorId, ProductId ProductId, string Stage, Rate Rate, Instant From, Instant SetAt);

/// <summary>What is asked of <see cref="AddDistributor"/>.</summary>
public sealed record NewDistributor(string Code, string Name, DistributorId? ParentId = null);

/// <summary>What is asked of <see cref="SetRate"/>. It holds from <paramref name="From"/> on, or from now.</summary>
public sealed record NewRate(DistributorId DistributorId, ProductId ProductId, string Stage, Rate Rate, Instant? From = null);

/// <summary>A line of a rate card: a distributor's rate for a stage of a product, beside its parent's.</summary>
/// <param name="Own">In force now; null where none is set.</param>
/// <param name="Next">The rate that follows, and from when.</param>
/// <param name="Parent">The parent's rate, or for the first level what the upstream pays.</param>
public sealed record RateLine(Product Product, Stage Stage, Rate? Own, RateSet? Next, Rate? Parent);
