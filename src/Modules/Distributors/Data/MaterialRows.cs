using HaoSuan.Catalog;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

internal sealed class MaterialRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required ProductId? ProductId { get; set; }
    public required string Title { get; set; }
    public required string Text { get; set; }

    /// <summary>One to a line.</summary>
    public required string Points { get; set; }

    public required ProposalState State { get; set; }
    public Instant? RetiredAt { get; set; }
    public string? RetiredBy { get; set; }
    public string? RetireReason { get; set; }

    public Material ToMaterial(IReadOnlyList<ProposalStep> steps) => new(Id, ProductId, Title, Text, MaterialRules.PointsOf(Points), State, steps)
    {
        Retired = RetiredAt is { } at ? new(at, RetiredBy ?? "", RetireReason ?? "") : null,
    };
}

internal sealed class MaterialStepRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid MaterialId { get; init; }
    public required int Number { get; init; }
    public required ProposalAction Action { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }
    public required string Reason { get; init; }
}

internal sealed class MaterialMapping : IEntityTypeConfiguration<MaterialRow>
{
    public void Configure(EntityTypeBuilder<MaterialRow> row) => row.ToTable("material").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class MaterialStepMapping : IEntityTypeConfiguration<MaterialStepRow>
{
    public void Configure(EntityTypeBuilder<MaterialStepRow> row)
    {
        row.ToTable("material_step").HasKey(r => new { r.TenantId, r.MaterialId, r.Number });
        row.HasOne<MaterialRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.MaterialId });
    }
}

internal static class MaterialTables
{
    extension(Db db)
    {
        internal DbSet<MaterialRow> Materials => db.Set<MaterialRow>();
        internal DbSet<MaterialStepRow> MaterialSteps => db.Set<MaterialStepRow>();
    }
}
