using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Settlements;

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<RunRow> Runs => db.Set<RunRow>();
        internal DbSet<PartRow> Parts => db.Set<PartRow>();
        internal DbSet<SettledOrderRow> SettledOrders => db.Set<SettledOrderRow>();
        internal DbSet<BonusLineRow> BonusLines => db.Set<BonusLineRow>();
        internal DbSet<BonusCardRow> BonusCards => db.Set<BonusCardRow>();
        internal DbSet<BonusCoverageRow> BonusCoverage => db.Set<BonusCoverageRow>();
        internal DbSet<BonusMonthRow> BonusMonths => db.Set<BonusMonthRow>();
        internal DbSet<LateRow> Late => db.Set<LateRow>();
        internal DbSet<VerificationRow> Verifications => db.Set<VerificationRow>();
        internal DbSet<ShadowRunRow> ShadowRuns => db.Set<ShadowRunRow>();
        internal DbSet<ShadowOrderRow> ShadowOrders => db.Set<ShadowOrderRow>();
        internal DbSet<ShadowCardRow> ShadowCards => db.Set<ShadowCardRow>();
        internal DbSet<ShadowBonusRow> ShadowBonuses => db.Set<ShadowBonusRow>();
    }
}

internal sealed class RunMapping : IEntityTypeConfiguration<RunRow>
{
    public void Configure(EntityTypeBuilder<RunRow> row) => row.ToTable("settlement_run").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class PartMapping : IEntityTypeConfiguration<PartRow>
{
    public void Configure(EntityTypeBuilder<PartRow> row) => row.ToTable("settlement_part").HasKey(r => new { r.TenantId, r.RunId, r.Id });
}

internal sealed class SettledOrderMapping : IEntityTypeConfiguration<SettledOrderRow>
{
    public void Configure(EntityTypeBuilder<SettledOrderRow> row) => row.ToTable("settled_order").HasKey(r => new { r.TenantId, r.OrderId });
}

internal sealed class BonusLineMapping : IEntityTypeConfiguration<BonusLineRow>
{
    public void Configure(EntityTypeBuilder<BonusLineRow> row) =>
        row.ToTable("bonus_line").HasKey(r => new { r.TenantId, r.Month, r.Bonus, r.DistributorId, r.State });
}

internal sealed class BonusCardMapping : IEntityTypeConfiguration<BonusCardRow>
{
    public void Configure(EntityTypeBuilder<BonusCardRow> row) =>
        row.ToTable("bonus_card").HasKey(r => new { r.TenantId, r.Month, r.Stage, r.ProductId, r.DistributorId });
}

internal sealed class BonusMonthMapping : IEntityTypeConfiguration<BonusMonthRow>
{
    public void Configure(EntityTypeBuilder<BonusMonthRow> row) => row.ToTable("bonus_month").HasKey(r => new { r.TenantId, r.Month });
}

internal sealed class LateMapping : IEntityTypeConfiguration<LateRow>
{
    public void Configure(EntityTypeBuilder<LateRow> row) =>
        row.ToTable("settlement_late").HasKey(r => new { r.TenantId, r.EntryId, r.Stage, r.Instance });
}

internal sealed class VerificationMapping : IEntityTypeConfiguration<VerificationRow>
{
    public void Configure(EntityTypeBuilder<VerificationRow> row) => row.ToTable("books_verification").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BonusCoverageMapping : IEntityTypeConfiguration<BonusCoverageRow>
{
    public void Configure(EntityTypeBuilder<BonusCoverageRow> row)
    {
        row.ToTable("bonus_coverage").HasKey(r => r.TenantId);
        row.Property(r => r.TenantId).ValueGeneratedNever();
    }
}
