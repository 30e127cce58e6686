using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Settlements;

internal sealed class ShadowRunRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ShadowRunId Id { get; init; }
    public required ProductId ProductId { get; init; }
    public required int Version { get; init; }
    public required string Scheme { get; init; }
    public required Month FirstMonth { get; init; }
    public required Month LastMonth { get; init; }
    public required Instant AsOf { get; init; }

    /// <summary>The supposed rates, as JSON.</summary>
    public required string Supposed { get; init; }

    public required Instant StartedAt { get; init; }
    public required string StartedBy { get; init; }
    public Instant? FinishedAt { get; set; }
    public required int Expected { get; init; }

    /// <summary>How many parts are done.</summary>
    public int Part { get; set; }

    /// <summary>Up to which order: by when it was placed, and its id.</summary>
    public Instant? LastAt { get; set; }

    public OrderId? LastOrder { get; set; }
    public int Orders { get; set; }
    public int Changed { get; set; }
    public int Refused { get; set; }

    /// <summary>The sums so far, as JSON.</summary>
    public required string Outcome { get; set; }

    /// <summary>When its single orders and bonuses were removed.</summary>
    public Instant? DetailsRemovedAt { get; set; }
}

internal sealed class ShadowOrderRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ShadowRunId RunId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required Instant OrderedAt { get; init; }
    public required Money LiveUpstream { get; init; }
    public required Money LiveCommission { get; init; }
    public required Money DraftUpstream { get; init; }
    public required Money DraftCommission { get; init; }

    /// <summary>By how much the amounts differ: the largest are shown first.</summary>
    public required Money Weight { get; init; }

    /// <summary>A bit for each <see cref="ShadowReason"/>.</summary>
    public required int Reasons { get; init; }

    /// <summary>JSON of the refusal, if a side refuses it.</summary>
    public required string? Refusal { get; init; }

    /// <summary>The findings, as JSON.</summary>
    public required string Findings { get; init; }

    public static int Bit(ShadowReason reason) => 1 << (int)reason;

    public static readonly BulkInsert<ShadowOrderRow> Insert = new BulkInsert<ShadowOrderRow>("shadow_order")
        .With("run_id", o => o.RunId.Value).With("order_id", o => o.OrderId.Value).With("order_no", o => o.OrderNo)
        .With("ordered_at", o => o.OrderedAt.Microseconds).With("live_upstream", o => o.LiveUpstream.Minor)
        .With("live_commission", o => o.LiveCommission.Minor).With("draft_upstream", o => o.DraftUpstream.Minor)
        .With("draft_commission", o => o.DraftCommission.Minor).With("weight", o => o.Weight.Minor).With("reasons", o => o.Reasons)
        .With("refusal", o => o.Refusal).With("findings", o => o.Findings);
}

/// <summary>By how many cards a version under way changes a distributor's month.</summary>
internal sealed class ShadowCardRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ShadowRunId RunId { get; init; }
    public required Month Month { get; init; }
    public required string Stage { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required int Own { get; init; }
    public required int Team { get; init; }

    /// <summary>A row carries what is added.</summary>
    public static readonly BulkInsert<ShadowCardRow> Insert = new BulkInsert<ShadowCardRow>(
        "shadow_card",
        """
        (tenant_id, run_id, month, stage, distributor_id) do update set own = shadow_card.own + excluded.own, team = shadow_card.team + excluded.team
        """)
        .With("run_id", c => c.RunId.Value).With("month", c => c.Month.Number).With("stage", c => c.Stage)
        .With("distributor_id", c => c.DistributorId.Value).With("own", c => c.Own).With("team", c => c.Team);
}

internal sealed class ShadowBonusRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ShadowRunId RunId { get; init; }
    public required string Bonus { get; init; }
    public required Month Month { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required int LiveCards { get; init; }
    public required int DraftCards { get; init; }
    public required Money Live { get; init; }
    public required Money Draft { get; init; }

    /// <summary>By how much they differ: the largest are shown first.</summary>
    public required Money Weight { get; init; }

    public static readonly BulkInsert<ShadowBonusRow> Insert = new BulkInsert<ShadowBonusRow>("shadow_bonus")
        .With("run_id", b => b.RunId.Value).With("bonus", b => b.Bonus).With("month", b => b.Month.Number)
        .With("distributor_id", b => b.DistributorId.Value).With("live_cards", b => b.LiveCards).With("draft_cards", b => b.DraftCards)
        .With("live", b => b.Live.Minor).With("draft", b => b.Draft.Minor).With("weight", b => b.Weight.Minor);
}

internal sealed class ShadowRunMapping : IEntityTypeConfiguration<ShadowRunRow>
{
    public void Configure(EntityTypeBuilder<ShadowRunRow> row) => row.ToTable("shadow_run").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class ShadowOrderMapping : IEntityTypeConfiguration<ShadowOrderRow>
{
    public void Configure(EntityTypeBuilder<ShadowOrderRow> row) =>
        row.ToTable("shadow_order").HasKey(r => new { r.TenantId, r.RunId, r.OrderId });
}

internal sealed class ShadowCardMapping : IEntityTypeConfiguration<ShadowCardRow>
{
    public void Configure(EntityTypeBuilder<ShadowCardRow> row) =>
        row.ToTable("shadow_card").HasKey(r => new { r.TenantId, r.RunId, r.Month, r.Stage, r.DistributorId });
}

internal sealed class ShadowBonusMapping : IEntityTypeConfiguration<ShadowBonusRow>
{
    public void Configure(EntityTypeBuilder<ShadowBonusRow> row) =>
        row.ToTable("shadow_bonus").HasKey(r => new { r.TenantId, r.RunId, r.Bonus, r.Month, r.DistributorId });
}
