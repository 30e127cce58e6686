using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Notifications;

internal sealed class NotificationRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required UserId UserId { get; init; }

    /// <summary>That of the delivery: ordered by when the event was published.</summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>The values that stand in the text, as JSON.</summary>
    public required string Insertions { get; init; }

    public required string Href { get; init; }
    public required Instant ToldAt { get; init; }
    public Instant? ReadAt { get; init; }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<NotificationRow>
{
    public void Configure(EntityTypeBuilder<NotificationRow> row) =>
        row.ToTable("notification").HasKey(r => new { r.TenantId, r.UserId, r.Id });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<NotificationRow> Notifications => db.Set<NotificationRow>();
    }
}
