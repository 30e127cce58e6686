using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payments;

internal sealed class GatewayCallRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required Instant Slot { get; init; }
    public required string What { get; init; }
    public required int Calls { get; init; }
    public required int Failed { get; init; }
    public required int Within100 { get; init; }
    public required int Within300 { get; init; }
    public required int Within1000 { get; init; }
    public required int Within3000 { get; init; }
}

internal sealed class GatewayErrorRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required Instant Slot { get; init; }
    public required string Code { get; init; }
    public required int Count { get; init; }
}

internal sealed class GatewayNoticeRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public Instant? TakenAt { get; init; }
    public Instant? RefusedAt { get; init; }
    public string? RefusedCode { get; init; }
}

internal sealed class GatewayAlarmRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required Instant Since { get; init; }
    public required int Calls { get; init; }
    public required int Failed { get; init; }
    public Instant? RecoveredAt { get; set; }
}

internal sealed class OddNoticeRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Channel { get; init; }
    public required string NoticeId { get; init; }
    public required string Number { get; init; }
    public required string Code { get; init; }
    public required Instant At { get; init; }
    public string? SeenBy { get; set; }
    public Instant? SeenAt { get; set; }
}

internal sealed class GatewayCallMapping : IEntityTypeConfiguration<GatewayCallRow>
{
    public void Configure(EntityTypeBuilder<GatewayCallRow> row)
    {
        row.ToTable("gateway_call").HasKey(r => new { r.TenantId, r.Channel, r.Slot, r.What });
        row.Property(r => r.Within100).HasColumnName("within_100");
        row.Property(r => r.Within300).HasColumnName("within_300");
        row.Property(r => r.Within1000).HasColumnName("within_1000");
        row.Property(r => r.Within3000).HasColumnName("within_3000");
    }
}

internal sealed class GatewayErrorMapping : IEntityTypeConfiguration<GatewayErrorRow>
{
    public void Configure(EntityTypeBuilder<GatewayErrorRow> row) =>
        row.ToTable("gateway_error").HasKey(r => new { r.TenantId, r.Channel, r.Slot, r.Code });
}

internal sealed class GatewayNoticeMapping : IEntityTypeConfiguration<GatewayNoticeRow>
{
    public void Configure(EntityTypeBuilder<GatewayNoticeRow> row) => row.ToTable("gateway_notice").HasKey(r => new { r.TenantId, r.Channel });
}

internal sealed class GatewayAlarmMapping : IEntityTypeConfiguration<GatewayAlarmRow>
{
    public void Configure(EntityTypeBuilder<GatewayAlarmRow> row) => row.ToTable("gateway_alarm").HasKey(r => new { r.TenantId, r.Channel, r.Since });
}

internal sealed class OddNoticeMapping : IEntityTypeConfiguration<OddNoticeRow>
{
    public void Configure(EntityTypeBuilder<OddNoticeRow> row) => row.ToTable("odd_notice").HasKey(r => new { r.TenantId, r.Id });
}
