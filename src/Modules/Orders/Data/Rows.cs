using System.Text.Json;
using HaoSuan.Catalog;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Orders;

internal sealed class OrderRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId Id { get; init; }
    public required string OrderNo { get; init; }

    /// <summary>What the consumer's status page is found by. Random: it gives nothing away.</summary>
    public required string Token { get; init; }

    public required ProductId ProductId { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required Carrier Carrier { get; init; }
    public required int SchemeVersion { get; init; }
    public required DistributorId Seller { get; init; }
    public required string Chain { get; init; }
    public required Instant OrderedAt { get; init; }
    public required Money Price { get; init; }
    public Money Paid { get; set; }
    public required SecretId NameId { get; init; }
    public required SecretId IdNumberId { get; init; }
    public required SecretId PhoneId { get; init; }
    public required SecretId AddressId { get; init; }
    public required byte[] IdHash { get; init; }

    /// <summary>Null in orders of before: only their ID numbers are found again.</summary>
    public byte[]? PhoneHash { get; init; }

    public byte[]? AddressHash { get; init; }
    public required string Province { get; init; }

    /// <summary>The purchase of cards for devices that it is part of.</summary>
    public Guid? PurchaseId { get; init; }

    /// <summary>The number that the consumer picked; <see cref="Number"/> is what the facts say.</summary>
    public required string? Picked { get; init; }

    /// <summary>What the picked number costs and binds to, as the consumer has accepted it, in JSON; null where that is nothing.</summary>
    public string? NumberTerms { get; init; }

    public string? Number { get; set; }
    public string? Iccid { get; set; }

    /// <summary>Two sources tell the number or the card differently.</summary>
    public bool Differs { get; set; }

    public OrderState State { get; set; }
    public NetworkState Network { get; set; }

    /// <summary>Null until it is paid or needs no payment: before that nobody earns by it.</summary>
    public Instant? ConfirmedAt { get; set; }

    public int FactCount { get; set; }
}

/// <summary>An order that somebody visits from then on.</summary>
internal sealed class DueRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DueFor DueFor { get; init; }
    public required OrderId OrderId { get; init; }
    public required Instant DueAt { get; init; }
}

internal sealed class SeatRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
}

/// <summary>Cards for devices that were bought at once, and what the operator thinks of their use.</summary>
internal sealed class PurchaseRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string? Company { get; init; }
    public required string? CreditCode { get; init; }
    public required string Use { get; init; }
    public required int Quantity { get; init; }
    public required Instant At { get; init; }
    public UseRisk? Risk { get; set; }
    public string? Limits { get; set; }
    public Instant? AssessedAt { get; set; }
    public string? AssessedBy { get; set; }
}

/// <summary>Somebody with whom the operator makes no contract. The value itself is kept nowhere.</summary>
internal sealed class BlacklistRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required ApplicantKey Key { get; init; }
    public required byte[] Hash { get; init; }
    public required string Masked { get; init; }
    public required string Reason { get; init; }
    public required string Evidence { get; init; }
    public required Instant AddedAt { get; init; }
    public required string AddedBy { get; init; }
    public Instant? LiftedAt { get; set; }
    public string? LiftedBy { get; set; }
    public string? LiftReason { get; set; }
}

internal sealed class FactRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required FactId Id { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Kind { get; init; }
    public required Instant At { get; init; }
    public required Instant RecordedAt { get; init; }
    public required Money Amount { get; init; }
    public required string Attributes { get; init; }
    public required FactId? OfFact { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }

    public Dictionary<string, string> ReadAttributes() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Attributes, Json.Options) ?? [];
}

internal sealed class OrderMapping : IEntityTypeConfiguration<OrderRow>
{
    public void Configure(EntityTypeBuilder<OrderRow> row) => row.ToTable("sales_order").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class DueMapping : IEntityTypeConfiguration<DueRow>
{
    public void Configure(EntityTypeBuilder<DueRow> row) => row.ToTable("order_due").HasKey(r => new { r.TenantId, r.DueFor, r.OrderId });
}

internal sealed class SeatMapping : IEntityTypeConfiguration<SeatRow>
{
    public void Configure(EntityTypeBuilder<SeatRow> row)
    {
        row.ToTable("order_seat").HasKey(r => new { r.TenantId, r.DistributorId, r.OrderId });
        row.HasOne<OrderRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.OrderId });
    }
}

internal sealed class PurchaseMapping : IEntityTypeConfiguration<PurchaseRow>
{
    public void Configure(EntityTypeBuilder<PurchaseRow> row)
    {
        row.ToTable("purchase").HasKey(r => new { r.TenantId, r.Id });
        row.Property(r => r.Use).HasColumnName("stated_use");
    }
}

internal sealed class BlacklistMapping : IEntityTypeConfiguration<BlacklistRow>
{
    public void Configure(EntityTypeBuilder<BlacklistRow> row) => row.ToTable("consumer_blacklist").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class FactMapping : IEntityTypeConfiguration<FactRow>
{
    public void Configure(EntityTypeBuilder<FactRow> row)
    {
        row.ToTable("fact").HasKey(r => new { r.TenantId, r.Id });
        row.HasOne<OrderRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.OrderId });
    }
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<OrderRow> Orders => db.Set<OrderRow>();
        internal DbSet<DueRow> Due => db.Set<DueRow>();
        internal DbSet<SeatRow> Seats => db.Set<SeatRow>();
        internal DbSet<AfterSaleRow> AfterSales => db.Set<AfterSaleRow>();
        internal DbSet<TrackCodeRow> TrackCodes => db.Set<TrackCodeRow>();
        internal DbSet<PurchaseRow> Purchases => db.Set<PurchaseRow>();
        internal DbSet<BlacklistRow> Blacklist => db.Set<BlacklistRow>();
        internal DbSet<FactRow> Facts => db.Set<FactRow>();
    }
}
