using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>A distributor (分销商), in a tree of at most two levels.</summary>
/// <param name="ParentId">Null for one of the first level.</param>
/// <param name="Code">Its short name for people and sheets, unique for the tenant.</param>
public sealed record Distributor(DistributorId Id, DistributorId? ParentId, string Code, string Name, bool Active, Instant JoinedAt);

/// <summary>A distributor's place in an order's chain, with its rate for each stage of the scheme in force, by the stage's key.</summary>
public sealed record ChainMember(DistributorId Id, IReadOnlyDictionary<string, Rate> Rates);

/// <summary>An invitation (推广链接): the address of a distributor's shop. The code begins with the tenant's slug.</summary>
public sealed record Invitation(string Code, DistributorId DistributorId, string DistributorName);

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
