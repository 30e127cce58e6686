using HaoSuan.Settling.Reconciling;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Reconciliation;

internal sealed class TemplateRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required int Version { get; init; }
    public required string Template { get; init; }
    public required Instant SavedAt { get; init; }
    public required string SavedBy { get; init; }
}

internal sealed class SheetRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required SheetId Id { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required Month Period { get; init; }
    public required FileId FileId { get; init; }
    public required string FileName { get; init; }
    public required string Hash { get; init; }

    /// <summary>The template as it was used, and its version among the saved ones; 0 where it was told from the header.</summary>
    public required string Template { get; init; }

    public required int TemplateVersion { get; init; }
    public SheetState State { get; set; }
    public required int RowCount { get; init; }
    public int LineCount { get; set; }
    public required Money SheetTotal { get; init; }
    public Money ExpectedTotal { get; set; }
    public FileId? WorkbookId { get; set; }
    public required Instant UploadedAt { get; init; }
    public required string UploadedBy { get; init; }
    public Instant? OpenedAt { get; set; }
    public Instant? ClosedAt { get; set; }
}

internal sealed class RawRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required SheetId SheetId { get; init; }
    public required int Number { get; init; }
    public required string Cells { get; init; }
}

internal sealed class DifferenceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required SheetId SheetId { get; init; }
    public required int Number { get; init; }
    public required Difference Class { get; init; }
    public required OrderId? OrderId { get; init; }
    public required string? OrderNo { get; init; }
    public required string Stage { get; init; }
    public required string Instance { get; init; }
    public required int? RowNumber { get; init; }
    public required string Reference { get; init; }

    /// <summary>Of the line that this difference accounts for; a further row for a line expects nothing.</summary>
    public required Money Expected { get; init; }

    public required Money Sheet { get; init; }
    public required Money Effect { get; init; }
    public required string? SheetStatus { get; init; }
    public required Month? Period { get; init; }

    /// <summary>When the line was earned, where it is booked.</summary>
    public DateOnly? EarnedOn { get; init; }

    public DifferenceStatus Status { get; set; }
    public string? Owner { get; set; }
    public DateOnly? Due { get; set; }
    public int Decisions { get; set; }
}

internal sealed class DecisionRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required SheetId SheetId { get; init; }
    public required int Number { get; init; }
    public required int Sequence { get; init; }
    public required DifferenceStatus Status { get; init; }
    public required Instant DecidedAt { get; init; }
    public required string DecidedBy { get; init; }
    public required string Note { get; init; }
    public required string? Owner { get; init; }
    public required DateOnly? Due { get; init; }
    public required long? EntryId { get; init; }

    /// <summary>What the difference was before.</summary>
    public required DifferenceStatus? StatusBefore { get; init; }

    /// <summary>The earlier decision that this one takes back, by its sequence.</summary>
    public int? Reverses { get; init; }

    public RuleId? RuleId { get; init; }
}

internal sealed class RuleRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required RuleId Id { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required RuleKind Kind { get; init; }
    public required DateOnly FromDay { get; init; }
    public required Money Threshold { get; init; }
    public required Money Cap { get; init; }
    public required int Cutoff { get; init; }
    public required Instant SetAt { get; init; }
    public required string SetBy { get; init; }
    public DateOnly? EndedOn { get; set; }
    public Instant? EndedAt { get; set; }
    public string? EndedBy { get; set; }
}

internal sealed class TemplateMapping : IEntityTypeConfiguration<TemplateRow>
{
    public void Configure(EntityTypeBuilder<TemplateRow> row) =>
        row.ToTable("recon_template").HasKey(r => new { r.TenantId, r.UpstreamId, r.Version });
}

internal sealed class SheetMapping : IEntityTypeConfiguration<SheetRow>
{
    public void Configure(EntityTypeBuilder<SheetRow> row) => row.ToTable("recon_sheet").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class RawMapping : IEntityTypeConfiguration<RawRow>
{
    public void Configure(EntityTypeBuilder<RawRow> row) => row.ToTable("recon_row").HasKey(r => new { r.TenantId, r.SheetId, r.Number });
}

internal sealed class DifferenceMapping : IEntityTypeConfiguration<DifferenceRow>
{
    public void Configure(EntityTypeBuilder<DifferenceRow> row) =>
        row.ToTable("recon_difference").HasKey(r => new { r.TenantId, r.SheetId, r.Number });
}

internal sealed class DecisionMapping : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> row) =>
        row.ToTable("recon_decision").HasKey(r => new { r.TenantId, r.SheetId, r.Number, r.Sequence });
}

internal sealed class RuleMapping : IEntityTypeConfiguration<RuleRow>
{
    public void Configure(EntityTypeBuilder<RuleRow> row) => row.ToTable("recon_rule").HasKey(r => new { r.TenantId, r.Id });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<TemplateRow> Templates => db.Set<TemplateRow>();
        internal DbSet<SheetRow> Sheets => db.Set<SheetRow>();
        internal DbSet<RawRow> RawRows => db.Set<RawRow>();
        internal DbSet<DifferenceRow> Differences => db.Set<DifferenceRow>();
        internal DbSet<DecisionRow> Decisions => db.Set<DecisionRow>();
        internal DbSet<RuleRow> Rules => db.Set<RuleRow>();
        internal DbSet<ReceiptRow> Receipts => db.Set<ReceiptRow>();
        internal DbSet<BankFileRow> BankFiles => db.Set<BankFileRow>();
        internal DbSet<BankLineRow> BankLines => db.Set<BankLineRow>();
    }
}
