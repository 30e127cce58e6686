using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

/// <summary>A version of a text that distributors accept.</summary>
internal abstract class TextRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public int Version { get; set; }
    public string Text { get; set; } = "";
    public string Sha256 { get; set; } = "";
    public Instant PublishedAt { get; set; }
    public string PublishedBy { get; set; } = "";

    public TextVersion ToVersion() => new(Version, Text, Sha256, PublishedAt, PublishedBy);
}

/// <summary>That a distributor has accepted a version of it.</summary>
internal abstract class TextAcceptanceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public DistributorId DistributorId { get; set; }
    public int Version { get; set; }
    public string Sha256 { get; set; } = "";
    public Instant AcceptedAt { get; set; }
    public string AcceptedBy { get; set; } = "";
}

internal sealed class ContractRow : TextRow;

internal sealed class AcceptanceRow : TextAcceptanceRow;

internal sealed class PromotionRulesRow : TextRow;

internal sealed class PromotionAcceptanceRow : TextAcceptanceRow;

internal sealed class ContractMapping : IEntityTypeConfiguration<ContractRow>
{
    public void Configure(EntityTypeBuilder<ContractRow> row) => row.ToTable("distributor_contract").HasKey(r => new { r.TenantId, r.Version });
}

internal sealed class AcceptanceMapping : IEntityTypeConfiguration<AcceptanceRow>
{
    public void Configure(EntityTypeBuilder<AcceptanceRow> row) =>
        row.ToTable("distributor_acceptance").HasKey(r => new { r.TenantId, r.DistributorId, r.Version });
}

internal sealed class PromotionRulesMapping : IEntityTypeConfiguration<PromotionRulesRow>
{
    public void Configure(EntityTypeBuilder<PromotionRulesRow> row) => row.ToTable("promotion_rules").HasKey(r => new { r.TenantId, r.Version });
}

internal sealed class PromotionAcceptanceMapping : IEntityTypeConfiguration<PromotionAcceptanceRow>
{
    public void Configure(EntityTypeBuilder<PromotionAcceptanceRow> row) =>
        row.ToTable("promotion_acceptance").HasKey(r => new { r.TenantId, r.DistributorId, r.Version });
}
