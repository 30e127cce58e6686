using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Upstreams;

internal sealed class SubmissionRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required string UpstreamKey { get; init; }
    public string? UpstreamOrderNo { get; set; }
    public SubmissionState State { get; set; }
    public string? Message { get; set; }
    public required Instant SubmittedAt { get; set; }
    public int Polls { get; set; }

    /// <summary>When the upstream is asked next; null once nothing more is expected.</summary>
    public Instant? NextPollAt { get; set; }

    /// <summary>The withdrawal that the upstream has not answered yet, by the name that its asker gave it.</summary>
    public string? Withdrawal { get; set; }

    /// <summary>Ends the open withdrawal: the order is not there, or no longer. Returns what is to be told.</summary>
    public OrderWithdrawn Withdrawn()
    {
        var told = new OrderWithdrawn(OrderId, Withdrawal ?? throw new InvalidOperationException("No withdrawal is open."), $"upstream:{UpstreamKey}");
        (State, Withdrawal, NextPollAt) = (SubmissionState.Withdrawn, null, null);
        return told;
    }
}

internal sealed class UpstreamEventRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string EventId { get; init; }
    public required string Kind { get; init; }
    public required Instant At { get; init; }
    public required Instant ReceivedAt { get; init; }
    public required string HeardBy { get; init; }
}

/// <summary>Something that an upstream tells of an order that it never got from us.</summary>
internal sealed class StrayReportRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string UpstreamKey { get; init; }
    public required string OrderNo { get; init; }
    public required string EventId { get; init; }
    public required string UpstreamOrderNo { get; init; }
    public required string Kind { get; init; }
    public required Instant At { get; init; }
    public required Instant ReceivedAt { get; init; }
}

internal sealed class SubmissionMapping : IEntityTypeConfiguration<SubmissionRow>
{
    public void Configure(EntityTypeBuilder<SubmissionRow> row) => row.ToTable("upstream_submission").HasKey(r => new { r.TenantId, r.OrderId });
}

internal sealed class UpstreamEventMapping : IEntityTypeConfiguration<UpstreamEventRow>
{
    public void Configure(EntityTypeBuilder<UpstreamEventRow> row) =>
        row.ToTable("upstream_event").HasKey(r => new { r.TenantId, r.OrderId, r.EventId });
}

internal sealed class StrayReportMapping : IEntityTypeConfiguration<StrayReportRow>
{
    public void Configure(EntityTypeBuilder<StrayReportRow> row) =>
        row.ToTable("upstream_stray").HasKey(r => new { r.TenantId, r.UpstreamKey, r.OrderNo, r.EventId });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<SubmissionRow> Submissions => db.Set<SubmissionRow>();
        internal DbSet<UpstreamEventRow> UpstreamEvents => db.Set<UpstreamEventRow>();
        internal DbSet<StrayReportRow> StrayReports => db.Set<StrayReportRow>();
    }
}
