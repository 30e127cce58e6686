using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Appeals;

internal sealed class AppealRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required AppealId Id { get; init; }
    public required string Number { get; init; }
    public required string RequestKey { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required ProductId ProductId { get; init; }
    public required string Stage { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Instant OpenedAt { get; init; }
    public AppealState State { get; private set; }

    /// <summary>Kept beside the state for the unique index: one open appeal for each order, stage and distributor.</summary>
    public bool IsOpen { get; private set; }

    public DateOnly Due { get; private set; }
    public int DaysLeft { get; private set; }
    public Verdict? Verdict { get; private set; }
    public Instant? DecidedAt { get; private set; }
    public bool WasReopened { get; private set; }
    public string? Owner { get; set; }
    public int MessageCount { get; set; }
    public int FileCount { get; set; }

    public Course ReadCourse() => new(State, Due, DaysLeft, Verdict, DecidedAt, WasReopened);

    public void Take(Course course) =>
        (State, IsOpen, Due, DaysLeft, Verdict, DecidedAt, WasReopened) =
        (course.State, course.IsOpen, course.Due, course.DaysLeft, course.Verdict, course.DecidedAt, course.WasReopened);
}

internal sealed class MessageRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required AppealId AppealId { get; init; }
    public required int Number { get; init; }
    public required MessageKind Kind { get; init; }
    public required bool ByOffice { get; init; }
    public required string Author { get; init; }
    public required Instant At { get; init; }
    public required string Text { get; init; }
    public required string RequestKey { get; init; }
}

internal sealed class EvidenceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required AppealId AppealId { get; init; }
    public required int Number { get; init; }
    public required int MessageNumber { get; init; }
    public required FileId FileId { get; init; }
    public required string MediaType { get; init; }
    public required int Bytes { get; init; }
}

internal sealed class AppealMapping : IEntityTypeConfiguration<AppealRow>
{
    public void Configure(EntityTypeBuilder<AppealRow> row) => row.ToTable("appeal").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class MessageMapping : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> row) => row.ToTable("appeal_message").HasKey(r => new { r.TenantId, r.AppealId, r.Number });
}

internal sealed class EvidenceMapping : IEntityTypeConfiguration<EvidenceRow>
{
    public void Configure(EntityTypeBuilder<EvidenceRow> row) => row.ToTable("appeal_file").HasKey(r => new { r.TenantId, r.AppealId, r.Number });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<AppealRow> Appeals => db.Set<AppealRow>();
        internal DbSet<MessageRow> Messages => db.Set<MessageRow>();
        internal DbSet<EvidenceRow> Evidence => db.Set<EvidenceRow>();
    }
}
