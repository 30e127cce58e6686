using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Platform;

/// <summary>Who is acting: a signed-in user, a job, a channel's callback. Set by whoever begins the scope.</summary>
public sealed class Actor
{
    /// <summary>Like <c>user:018f…</c>, <c>job:settle</c> or <c>system</c>. Never a person's name.</summary>
    public string Name { get; set; } = "system";
}

/// <summary>The audit log (审计日志): append-only, and free of personal data.</summary>
public sealed class Audit(Db db, Actor actor, TimeProvider time)
{
    /// <summary>Records the action with the transaction in which it happens.</summary>
    public void Record(string action, string subject, string detail = "") =>
        db.Add(new AuditRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            At = time.Now,
            Actor = actor.Name,
            Action = action,
            Subject = subject,
            Detail = detail,
        });
}

internal sealed class AuditRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string Subject { get; init; }
    public required string Detail { get; init; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> row) => row.ToTable("audit").HasKey(r => new { r.TenantId, r.Id });
}
