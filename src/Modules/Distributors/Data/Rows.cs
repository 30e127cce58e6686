using HaoSuan.Settling;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

internal sealed class DistributorRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId Id { get; init; }
    public required DistributorId? ParentId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required bool Active { get; set; }
    public required Instant JoinedAt { get; init; }

    public Distributor ToDistributor() => new(Id, ParentId, Code, Name, Active, JoinedAt);
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
    public void Configure(EntityTypeBuilder<DistributorRow> row) => row.ToTable("distributor").HasKey(r => new { r.TenantId, r.Id });
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
        internal DbSet<RateRow> Rates => db.Set<RateRow>();
        internal DbSet<InvitationRow> Invitations => db.Set<InvitationRow>();
    }
}
