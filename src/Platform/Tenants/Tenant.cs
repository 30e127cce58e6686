using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Platform;

/// <summary>An operator (运营商户) on this installation: its books have one currency, its days begin in one time zone.</summary>
public sealed class Tenant
{
    public required TenantId Id { get; init; }

    /// <summary>What addresses and sign-in names carry, like "demo".</summary>
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required string Currency { get; init; }

    public required string Zone { get; init; }

    public required Instant CreatedAt { get; init; }
}

internal sealed class TenantMapping : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.ToTable("tenant").HasKey(t => t.Id);
        tenant.Property(t => t.Id).ValueGeneratedNever();
    }
}
