using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Orders;

/// <summary>How an after-sale stands; how it came there, the order's facts say.</summary>
internal sealed class AfterSaleRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required int Number { get; init; }
    public required AfterSaleKind Kind { get; init; }
    public required AfterSaleReason Reason { get; init; }
    public AfterSaleState State { get; set; }
    public required bool ByConsumer { get; init; }
    public required string Evidence { get; init; }

    /// <summary>What the consumer is told.</summary>
    public string? Answer { get; set; }

    public string? Owner { get; set; }
    public required Instant AskedAt { get; init; }
    public Instant DueAt { get; set; }
    public Instant? ClosedAt { get; set; }
    public required string? OldIccid { get; set; }
    public string? NewIccid { get; set; }

    /// <summary>Courier and tracking number of what the consumer sends back.</summary>
    public string? ParcelBack { get; set; }

    public Money Deduction { get; set; }
    public Money Refunded { get; set; }

    public AfterSale ToAfterSale() => new(
        OrderId, Number, Kind, Reason, State, ByConsumer, Evidence, Answer, Owner, AskedAt, DueAt, ClosedAt, OldIccid, NewIccid, Deduction,
        Kind == AfterSaleKind.Return && State == AfterSaleState.Done ? Refunded : null, ParcelBack);
}

internal sealed class AfterSaleMapping : IEntityTypeConfiguration<AfterSaleRow>
{
    public void Configure(EntityTypeBuilder<AfterSaleRow> row)
    {
        row.ToTable("after_sale").HasKey(r => new { r.TenantId, r.OrderId, r.Number });
        row.HasOne<OrderRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.OrderId });
    }
}
