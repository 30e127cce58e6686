using HaoSuan.Settling.Outlook;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Outlook;

internal sealed class WarningRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required DeadlineKind Kind { get; init; }

    /// <summary>The stage's key; empty for a clawback.</summary>
    public required string Stage { get; init; }

    /// <summary>Which of the stage's conditions, or of the scheme's clawback rules.</summary>
    public required int Position { get; init; }

    public required DistributorId DistributorId { get; init; }
    public required string OrderNo { get; init; }
    public required ProductId ProductId { get; init; }
    public required string StageName { get; init; }
    public required Instant Deadline { get; set; }

    /// <summary>Zero where it depends on facts to come.</summary>
    public required Money Amount { get; set; }

    public required Instant FirstSeen { get; init; }
    public Instant? ResolvedAt { get; set; }
    public WarningOutcome? Outcome { get; set; }

    public WarningKey Key => new(Kind, Stage, Position);
}

internal sealed class ExpectedRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Stage { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required DateOnly Day { get; init; }
    public required Certainty Certainty { get; init; }
    public required string OrderNo { get; init; }
    public required string StageName { get; init; }
    public required Money Amount { get; set; }
}

internal sealed class WatchedRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Instant At { get; set; }
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<WarningRow> Warnings => db.Set<WarningRow>();
        internal DbSet<ExpectedRow> Expected => db.Set<ExpectedRow>();
        internal DbSet<WatchedRow> Watched => db.Set<WatchedRow>();
    }
}

internal sealed class WarningMapping : IEntityTypeConfiguration<WarningRow>
{
    public void Configure(EntityTypeBuilder<WarningRow> row)
    {
        row.ToTable("warning").HasKey(r => new { r.TenantId, r.OrderId, r.Kind, r.Stage, r.Position, r.DistributorId });
        row.Ignore(r => r.Key);
    }
}

internal sealed class ExpectedMapping : IEntityTypeConfiguration<ExpectedRow>
{
    public void Configure(EntityTypeBuilder<ExpectedRow> row) =>
        row.ToTable("expected_release").HasKey(r => new { r.TenantId, r.OrderId, r.Stage, r.DistributorId, r.Day, r.Certainty });
}

internal sealed class WatchedMapping : IEntityTypeConfiguration<WatchedRow>
{
    public void Configure(EntityTypeBuilder<WatchedRow> row) => row.ToTable("orders_watched").HasKey(r => r.TenantId);
}
