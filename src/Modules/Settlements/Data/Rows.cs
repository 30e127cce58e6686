using HaoSuan.Settling;

namespace HaoSuan.Settlements;

internal sealed class RunRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required RunId Id { get; init; }
    public required Instant AsOf { get; init; }
    public required Instant StartedAt { get; init; }
    public Instant? FinishedAt { get; init; }
    public int Orders { get; init; }
    public int Refused { get; init; }
    public int Entries { get; init; }
    public Money Sales { get; init; }
    public Money Upstream { get; init; }
    public Money Commission { get; init; }
}

internal sealed class LineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long EntryNumber { get; init; }
    public required int Position { get; init; }
    public required RunId RunId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Stage { get; init; }
    public required string Instance { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Role Role { get; init; }
    public required State State { get; init; }
    public required Money Amount { get; init; }
    public required Instant EarnedAt { get; init; }
    public required Instant? ReleasesAt { get; init; }
    public required Instant AsOf { get; init; }
}

internal sealed class BookedRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Stage { get; init; }
    public required string Instance { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Role Role { get; init; }
    public required State State { get; init; }
    public required Money Amount { get; init; }
    public required Instant EarnedAt { get; init; }
    public required Instant? ReleasesAt { get; init; }
}

internal sealed class SettledOrderRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required ProductId ProductId { get; init; }
    public required int SchemeVersion { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required DistributorId SellerId { get; init; }
    public required Money Paid { get; init; }
    public required int SettleCount { get; init; }
    public required int FactCount { get; init; }
    public required Instant AsOf { get; init; }
    public required SettlementState State { get; init; }
    public required Money Pending { get; init; }
    public required Money Available { get; init; }
    public required Money Upstream { get; init; }

    /// <summary>Why the order could not be settled (JSON of the refusal), if so.</summary>
    public required string? Refusal { get; init; }
}

internal sealed class SettledSeatRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required bool IsSeller { get; init; }
}

internal sealed class SettledStageRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Stage { get; init; }
    public required string Instance { get; init; }
    public required Instant EarnedAt { get; init; }
    public required Instant? ReleasesAt { get; init; }
    public required Month Month { get; init; }
    public required Money Upstream { get; init; }
    public required Money Top { get; init; }

    /// <summary>Whether it counts for bonuses: the first instance of its stage, and worth something.</summary>
    public required bool Counts { get; init; }
}

internal sealed class BonusMonthRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Month Month { get; init; }
    public required Instant? NextDueAt { get; init; }

    /// <summary>When its bonuses were last settled.</summary>
    public required Instant AsOf { get; init; }

    public required int SettleCount { get; init; }
}

internal sealed class VerificationRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required Instant At { get; init; }
    public required long Entries { get; init; }
    public required long Orders { get; init; }
    public required long Waiting { get; init; }
    public required string Seal { get; init; }

    /// <summary>The texts of what was found, as JSON.</summary>
    public required string Findings { get; init; }
}
