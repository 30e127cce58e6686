using HaoSuan.Settling.Tax;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payouts;

internal sealed class PayoutAccountRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required PayoutMethod Method { get; init; }
    public required SecretId HolderId { get; init; }
    public required SecretId AccountId { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class TaxProfileRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Month ValidFrom { get; init; }

    /// <summary>Null: a company that invoices us; nothing is withheld.</summary>
    public required TaxMethod? Method { get; init; }
}

internal sealed class PayoutRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required PayoutId Id { get; init; }
    public required string Number { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Guid AccountId { get; init; }
    public required PayoutMethod Method { get; init; }
    public required Money Amount { get; init; }
    public Money Tax { get; set; }
    public Money Fee { get; set; }
    public TaxMethod? TaxMethod { get; set; }
    public Month? TaxMonth { get; set; }
    public string? TaxExplanation { get; set; }
    public PayoutStatus Status { get; set; }

    /// <summary>Kept beside the status for the unique index: at most one open payout for each distributor.</summary>
    public bool IsOpen { get; set; }

    public required string RequestKey { get; init; }
    public required Instant RequestedAt { get; init; }
    public Instant? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public Instant? EndedAt { get; set; }
    public string? ChannelNo { get; set; }
    public string? Reason { get; set; }
    public Instant? NextQueryAt { get; set; }

    public Money Net => Amount - Tax - Fee;
}

internal sealed class PayoutAccountMapping : IEntityTypeConfiguration<PayoutAccountRow>
{
    public void Configure(EntityTypeBuilder<PayoutAccountRow> row) => row.ToTable("payout_account").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class TaxProfileMapping : IEntityTypeConfiguration<TaxProfileRow>
{
    public void Configure(EntityTypeBuilder<TaxProfileRow> row) =>
        row.ToTable("tax_profile").HasKey(r => new { r.TenantId, r.DistributorId, r.ValidFrom });
}

internal sealed class PayoutMapping : IEntityTypeConfiguration<PayoutRow>
{
    public void Configure(EntityTypeBuilder<PayoutRow> row) => row.ToTable("payout").HasKey(r => new { r.TenantId, r.Id });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<PayoutAccountRow> PayoutAccounts => db.Set<PayoutAccountRow>();
        internal DbSet<TaxProfileRow> TaxProfiles => db.Set<TaxProfileRow>();
        internal DbSet<PayoutRow> Payouts => db.Set<PayoutRow>();
    }
}
