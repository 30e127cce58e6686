using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Settlements;

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<RunRow> Runs => db.Set<RunRow>();
        internal DbSet<LineRow> Lines => db.Set<LineRow>();
        internal DbSet<BookedRow> Booked => db.Set<BookedRow>();
        internal DbSet<SettledOrderRow> SettledOrders => db.Set<SettledOrderRow>();
        internal DbSet<SettledSeatRow> Seats => db.Set<SettledSeatRow>();
        internal DbSet<SettledStageRow> Stages => db.Set<SettledStageRow>();
        internal DbSet<VerificationRow> Verifications => db.Set<VerificationRow>();
        internal DbSet<BonusMonthRow> BonusMonths => db.Set<BonusMonthRow>();

        internal async Task<ILookup<OrderId, BookedRow>> BookedOfAsync(List<OrderId> orders, CancellationToken cancel) =>
            (await db.Booked.AsNoTracking().Where(b => EF.Parameter(orders).Contains(b.OrderId)).ToListAsync(cancel)).ToLookup(b => b.OrderId);

        internal async Task<ILookup<OrderId, SettledStageRow>> StagesOfAsync(List<OrderId> orders, CancellationToken cancel) =>
            (await db.Stages.AsNoTracking().Where(s => EF.Parameter(orders).Contains(s.OrderId)).ToListAsync(cancel)).ToLookup(s => s.OrderId);
    }
}

internal sealed class RunMapping : IEntityTypeConfiguration<RunRow>
{
    public void Configure(EntityTypeBuilder<RunRow> row) => row.ToTable("settlement_run").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class LineMapping : IEntityTypeConfiguration<LineRow>
{
    public void Configure(EntityTypeBuilder<LineRow> row) =>
        row.ToTable("settlement_line").HasKey(r => new { r.TenantId, r.EntryNumber, r.Position });
}

internal sealed class BookedMapping : IEntityTypeConfiguration<BookedRow>
{
    public void Configure(EntityTypeBuilder<BookedRow> row) =>
        row.ToTable("booked_line").HasKey(r => new { r.TenantId, r.OrderId, r.Stage, r.Instance, r.DistributorId, r.Role, r.State });
}

internal sealed class OrderMapping : IEntityTypeConfiguration<SettledOrderRow>
{
    public void Configure(EntityTypeBuilder<SettledOrderRow> row) =>
        row.ToTable("settled_order").HasKey(r => new { r.TenantId, r.OrderId });
}

internal sealed class SeatMapping : IEntityTypeConfiguration<SettledSeatRow>
{
    public void Configure(EntityTypeBuilder<SettledSeatRow> row) =>
        row.ToTable("settled_seat").HasKey(r => new { r.TenantId, r.OrderId, r.Position });
}

internal sealed class StageMapping : IEntityTypeConfiguration<SettledStageRow>
{
    public void Configure(EntityTypeBuilder<SettledStageRow> row) =>
        row.ToTable("settled_stage").HasKey(r => new { r.TenantId, r.OrderId, r.Stage, r.Instance });
}

internal sealed class BonusMonthMapping : IEntityTypeConfiguration<BonusMonthRow>
{
    public void Configure(EntityTypeBuilder<BonusMonthRow> row) => row.ToTable("bonus_month").HasKey(r => new { r.TenantId, r.Month });
}

internal sealed class VerificationMapping : IEntityTypeConfiguration<VerificationRow>
{
    public void Configure(EntityTypeBuilder<VerificationRow> row) =>
        row.ToTable("books_verification").HasKey(r => new { r.TenantId, r.Id });
}
