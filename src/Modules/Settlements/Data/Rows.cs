using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

internal sealed class RunRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required RunId Id { get; init; }
    public required Instant AsOf { get; init; }
    public required Instant StartedAt { get; init; }
    public Instant? FinishedAt { get; init; }
}

/// <summary>What one committed transaction of a run has done.</summary>
internal sealed class PartRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required RunId RunId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The ledger's batch with its entries; null where it posted none.</summary>
    public required long? BatchId { get; init; }

    public required int Orders { get; init; }
    public required int Refused { get; init; }
    public required int Entries { get; init; }
    public required Money Sales { get; init; }
    public required Money Upstream { get; init; }
    public required Money Commission { get; init; }
}

internal sealed class SettledOrderRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required ProductId ProductId { get; init; }
    public required int SchemeVersion { get; init; }
    public required UpstreamId UpstreamId { get; init; }
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

    /// <summary>Its lines and stages: <see cref="BookedBytes"/>.</summary>
    public required byte[] Booked { get; init; }
}

internal sealed class BonusLineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Month Month { get; init; }
    public required string Bonus { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required State State { get; init; }
    public required Money Amount { get; init; }
    public required Instant EarnedAt { get; init; }
    public required Instant? ReleasesAt { get; init; }

    public Line ToLine() => new(
        new("", Bonus, Month.ToString(), OrderToSettle.Name(DistributorId), Role.Bonus, State), Amount, EarnedAt, ReleasesAt);

    public static BonusLineRow Of(Month month, Line line) => new()
    {
        Month = month,
        Bonus = line.Key.Stage,
        DistributorId = DistributorId.From(Guid.Parse(line.Key.Distributor)),
        State = line.Key.State,
        Amount = line.Amount,
        EarnedAt = line.EarnedAt,
        ReleasesAt = line.ReleasesAt,
    };
}

internal sealed class BonusCardRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Month Month { get; init; }
    public required string Stage { get; init; }
    public required ProductId ProductId { get; init; }
    public required DistributorId DistributorId { get; init; }

    /// <summary>Sold by the distributor.</summary>
    public required int Own { get; init; }

    /// <summary>With the distributor anywhere in the chain.</summary>
    public required int Team { get; init; }
}

internal sealed class BonusCoverageRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Bonuses { get; init; }
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

/// <summary>What an entry has booked for something that was earned in a month already closed then.</summary>
internal sealed class LateRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long EntryId { get; init; }

    /// <summary>The stage and instance of the line, as its label has them.</summary>
    public required string Stage { get; init; }
    public required string Instance { get; init; }

    /// <summary>The closed month.</summary>
    public required Month Month { get; init; }

    public required Money Upstream { get; init; }
    public required Money Commission { get; init; }
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
