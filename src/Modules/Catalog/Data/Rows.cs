using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Catalog;

internal sealed class UpstreamRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required UpstreamId Id { get; init; }
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required string Wire { get; init; }
    public required string Settings { get; set; }
    public required Instant CreatedAt { get; init; }

    public Upstream ToUpstream() => new(Id, Key, Name, Wire, Settings);
}

internal sealed class ProductRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ProductId Id { get; init; }
    public required string Code { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required ProductKind Kind { get; init; }
    public required Carrier Carrier { get; init; }
    public required string Name { get; set; }
    public required string Summary { get; set; }
    public Money Price { get; set; }
    public required bool PicksNumber { get; set; }
    public required bool OnSale { get; set; }
    public required Instant CreatedAt { get; init; }

    public Product ToProduct(string? rules) =>
        new(Id, Code, UpstreamId, Kind, Carrier, Name, Summary, Price, PicksNumber, RuleList.Read(rules), OnSale);
}

/// <summary>A version of a product's rules: the last one holds.</summary>
internal sealed class EligibilityRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ProductId ProductId { get; init; }
    public required int Version { get; init; }
    public required string Rules { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }
}

internal sealed class SchemeRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ProductId ProductId { get; init; }
    public required int Version { get; init; }
    public required Instant InForceFrom { get; init; }
    public required string Json { get; init; }
    public required Instant PublishedAt { get; init; }
}

/// <summary>A live bonus.</summary>
internal sealed class BonusRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Key { get; init; }
    public required Month FirstMonth { get; init; }
    public required Month? LastMonth { get; set; }
    public required string Json { get; init; }
    public required Instant PublishedAt { get; init; }
}

internal sealed class UpstreamMapping : IEntityTypeConfiguration<UpstreamRow>
{
    public void Configure(EntityTypeBuilder<UpstreamRow> row) => row.ToTable("upstream").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class ProductMapping : IEntityTypeConfiguration<ProductRow>
{
    public void Configure(EntityTypeBuilder<ProductRow> row) => row.ToTable("product").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class EligibilityMapping : IEntityTypeConfiguration<EligibilityRow>
{
    public void Configure(EntityTypeBuilder<EligibilityRow> row)
    {
        row.ToTable("eligibility").HasKey(r => new { r.TenantId, r.ProductId, r.Version });
        row.HasOne<ProductRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.ProductId });
    }
}

internal sealed class SchemeMapping : IEntityTypeConfiguration<SchemeRow>
{
    public void Configure(EntityTypeBuilder<SchemeRow> row) =>
        row.ToTable("scheme").HasKey(r => new { r.TenantId, r.ProductId, r.Version });
}

internal sealed class BonusMapping : IEntityTypeConfiguration<BonusRow>
{
    public void Configure(EntityTypeBuilder<BonusRow> row) => row.ToTable("bonus").HasKey(r => new { r.TenantId, r.Key });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<UpstreamRow> Upstreams => db.Set<UpstreamRow>();
        internal DbSet<ProductRow> Products => db.Set<ProductRow>();
        internal DbSet<EligibilityRow> Eligibilities => db.Set<EligibilityRow>();
        internal DbSet<SchemeRow> Schemes => db.Set<SchemeRow>();
        internal DbSet<SchemeDraftRow> SchemeDrafts => db.Set<SchemeDraftRow>();
        internal DbSet<SchemeStepRow> SchemeSteps => db.Set<SchemeStepRow>();
        internal DbSet<BonusVersionRow> BonusVersions => db.Set<BonusVersionRow>();
        internal DbSet<BonusStepRow> BonusSteps => db.Set<BonusStepRow>();
        internal DbSet<BonusRow> Bonuses => db.Set<BonusRow>();
    }
}
