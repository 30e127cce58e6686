using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Notifications;

internal sealed class MailRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required MailId Id { get; init; }
    public required string Kind { get; init; }
    public required SecretId ToId { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>In JSON.</summary>
    public required string Attachments { get; init; }
    public MailState State { get; init; }
    public int Attempts { get; init; }
    public string? Fault { get; init; }
    public required Instant QueuedAt { get; init; }
    public Instant? EndedAt { get; init; }

    public static string Write(IReadOnlyList<MailAttachment> attachments) => JsonSerializer.Serialize(attachments, Json.Options);

    public IReadOnlyList<MailAttachment> ReadAttachments() => JsonSerializer.Deserialize<List<MailAttachment>>(Attachments, Json.Options)!;

    public MailView ToView() => new(Id, State, Attempts, Fault, QueuedAt, EndedAt);
}

internal sealed class MailMapping : IEntityTypeConfiguration<MailRow>
{
    public void Configure(EntityTypeBuilder<MailRow> row) => row.ToTable("mail").HasKey(r => new { r.TenantId, r.Id });
}

internal static class MailTables
{
    extension(Db db)
    {
        internal DbSet<MailRow> Mails => db.Set<MailRow>();
    }
}
