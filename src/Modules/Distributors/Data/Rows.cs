using HaoSuan.Settling;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

internal sealed class DistributorRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId Id { get; init; }

    /// <summary>Under whom it joined; <see cref="MoveRow"/> tells where it went since.</summary>
    public required DistributorId? JoinedUnder { get; init; }

    public required string Code { get; init; }
    public required string Name { get; set; }
    public required bool Active { get; set; }
    public required Instant JoinedAt { get; init; }
}

internal sealed class MoveRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }

    /// <summary>1, 2, 3 … for a distributor: of two moves from the same instant the later one holds.</summary>
    public required int Number { get; init; }

    public required DistributorId? ParentId { get; init; }
    public required Instant FromAt { get; init; }
    public required string Reason { get; init; }
    public required Instant MovedAt { get; init; }
    public required string MovedBy { get; init; }
}

internal sealed class FreezeRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required int Number { get; init; }
    public required Instant FromAt { get; init; }
    public required Instant? UntilAt { get; init; }
    public required string Reason { get; init; }
    public required Instant FrozenAt { get; init; }
    public required string FrozenBy { get; init; }
    public Instant? LiftedAt { get; set; }
    public string? LiftedBy { get; set; }
    public string? LiftReason { get; set; }

    public FreezeRecord ToFreeze() => new(FromAt, UntilAt, Reason, FrozenAt, FrozenBy, LiftedAt, LiftedBy, LiftReason);
}

internal sealed class RateRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required ProductId ProductId { get; init; }
    public required string Stage { get; init; }

    /// <summary>1, 2, 3 … for a distributor, product and stage: of two rates from the same instant the later one holds.</summary>
    public required int Number { get; init; }

    public required Instant FromAt { get; init; }
    public required long? Amount { get; init; }
    public required int? Bps { get; init; }
    public required Instant SetAt { get; init; }

    public Rate Rate => Bps is { } bps ? Rate.Share(new(bps)) : Rate.Amount(new(Amount ?? 0));
}

internal sealed class InvitationRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Code { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class DistributorMapping : IEntityTypeConfiguration<DistributorRow>
{
    public void Configure(EntityTypeBuilder<DistributorRow> row)
    {
        row.ToTable("distributor").HasKey(r => new { r.TenantId, r.Id });
        row.Property(r => r.JoinedUnder).HasColumnName("parent_id");
    }
}

internal sealed class MoveMapping : IEntityTypeConfiguration<MoveRow>
{
    public void Configure(EntityTypeBuilder<MoveRow> row) =>
        row.ToTable("distributor_move").HasKey(r => new { r.TenantId, r.DistributorId, r.Number });
}

internal sealed class FreezeMapping : IEntityTypeConfiguration<FreezeRow>
{
    public void Configure(EntityTypeBuilder<FreezeRow> row) =>
        row.ToTable("distributor_freeze").HasKey(r => new { r.TenantId, r.DistributorId, r.Number });
}

internal sealed class RateMapping : IEntityTypeConfiguration<RateRow>
{
    public void Configure(EntityTypeBuilder<RateRow> row)
    {
        row.ToTable("rate").HasKey(r => new { r.TenantId, r.DistributorId, r.ProductId, r.Stage, r.Number });
        row.Ignore(r => r.Rate);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<InvitationRow>
{
    public void Configure(EntityTypeBuilder<InvitationRow> row) => row.ToTable("invitation").HasKey(r => new { r.TenantId, r.Code });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<DistributorRow> Distributors => db.Set<DistributorRow>();
        internal DbSet<MoveRow> Moves => db.Set<MoveRow>();
        internal DbSet<FreezeRow> Freezes => db.Set<FreezeRow>();
        internal DbSet<RateRow> Rates => db.Set<RateRow>();
        internal DbSet<InvitationRow> Invitations => db.Set<InvitationRow>();
    }
}
