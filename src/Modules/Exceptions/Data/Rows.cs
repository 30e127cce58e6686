using System.Text.Json;
using HaoSuan.Notifications;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Exceptions;

internal sealed class CaseRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required CaseId Id { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Subject { get; set; }
    public required string Href { get; set; }

    /// <summary>The values that stand in the text of what has happened, as JSON.</summary>
    public required string Insertions { get; set; }

    public required Money Amount { get; set; }
    public required Instant Since { get; set; }
    public required string Department { get; set; }
    public string? Owner { get; set; }
    public required CaseState State { get; set; }

    /// <summary>The last comparison has found it. What a person has resolved stays so until it was gone once, or is about other money.</summary>
    public required bool IsFound { get; set; }

    public required Instant OpenedAt { get; set; }
    public required Instant DueAt { get; set; }
    public Instant? ClosedAt { get; set; }
    public Instant? OverdueToldAt { get; set; }
    public int StepCount { get; set; }

    public static string Write(IReadOnlyList<NotificationValue> values) => JsonSerializer.Serialize(values, Json.Options);

    public IReadOnlyList<NotificationValue> ReadValues() => JsonSerializer.Deserialize<NotificationValue[]>(Insertions, Json.Options)!;
}

internal sealed class StepRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required CaseId CaseId { get; init; }
    public required int Number { get; init; }
    public required CaseStep Step { get; init; }
    public required string Actor { get; init; }
    public required Instant At { get; init; }
    public required string Text { get; init; }
    public required string? ToDepartment { get; init; }
    public required string? ToPerson { get; init; }

    /// <summary>The form's own name: the same one again is the same step.</summary>
    public required string RequestKey { get; init; }
}

internal sealed class ComparisonRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Name { get; init; }
    public required Instant RanAt { get; set; }

    /// <summary>The beginning of the last run that came to its end.</summary>
    public Instant? ThroughAt { get; set; }

    public bool Failed { get; set; }
    public bool EndedEarly { get; set; }
}

internal sealed class CaseMapping : IEntityTypeConfiguration<CaseRow>
{
    public void Configure(EntityTypeBuilder<CaseRow> row) => row.ToTable("exception_case").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class StepMapping : IEntityTypeConfiguration<StepRow>
{
    public void Configure(EntityTypeBuilder<StepRow> row)
    {
        row.ToTable("exception_step").HasKey(r => new { r.TenantId, r.CaseId, r.Number });
        row.HasOne<CaseRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.CaseId });
    }
}

internal sealed class ComparisonMapping : IEntityTypeConfiguration<ComparisonRow>
{
    public void Configure(EntityTypeBuilder<ComparisonRow> row) => row.ToTable("exception_comparison").HasKey(r => new { r.TenantId, r.Name });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<CaseRow> Cases => db.Set<CaseRow>();
        internal DbSet<StepRow> Steps => db.Set<StepRow>();
        internal DbSet<ComparisonRow> Comparisons => db.Set<ComparisonRow>();
    }
}
