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

internal sealed class ShadowRunMapping : IEntityTypeConfiguration<ShadowRunRow>
{
    public void Configure(EntityTypeBuilder<ShadowRunRow> row) => row.ToTable("shadow_run").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class ShadowOrderMapping : IEntityTypeConfiguration<ShadowOrderRow>
{
    public void Configure(EntityTypeBuilder<ShadowOrderRow> row) =>
        row.ToTable("shadow_order").HasKey(r => new { r.TenantId, r.RunId, r.OrderId });
}
