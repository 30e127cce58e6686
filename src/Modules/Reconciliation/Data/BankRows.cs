using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Reconciliation;

internal sealed class ReceiptRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required ReceiptId Id { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required Money Amount { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required string BankNo { get; init; }
    public required string Note { get; init; }
    public required bool ByHand { get; init; }
    public required long EntryId { get; init; }
    public required Instant RecordedAt { get; init; }
    public required string RecordedBy { get; init; }
    public Instant? ReversedAt { get; set; }
    public string? ReversedBy { get; set; }
    public string? ReverseReason { get; set; }
    public long? ReverseEntryId { get; set; }
}

internal sealed class BankFileRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required BankFileId Id { get; init; }
    public required string FileName { get; init; }
    public required string Hash { get; init; }
    public required DateOnly FromDay { get; init; }
    public required DateOnly UntilDay { get; init; }
    public required int LineCount { get; init; }
    public required Instant UploadedAt { get; init; }
    public required string UploadedBy { get; init; }
}

internal sealed class BankLineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required BankFileId FileId { get; init; }
    public required int Number { get; init; }
    public required DateOnly Day { get; init; }
    public required Money Amount { get; init; }

    /// <summary>In minor units, where the bank says it.</summary>
    public required long? Balance { get; init; }

    public required string Serial { get; init; }
    public required string Counterparty { get; init; }
    public required UpstreamId? UpstreamId { get; init; }
    public BankLineState State { get; set; }
    public string Note { get; set; } = "";
    public Instant? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public ReceiptId? ReceiptId { get; set; }
}

internal sealed class ReceiptMapping : IEntityTypeConfiguration<ReceiptRow>
{
    public void Configure(EntityTypeBuilder<ReceiptRow> row) => row.ToTable("upstream_receipt").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BankFileMapping : IEntityTypeConfiguration<BankFileRow>
{
    public void Configure(EntityTypeBuilder<BankFileRow> row) => row.ToTable("bank_file").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BankLineMapping : IEntityTypeConfiguration<BankLineRow>
{
    public void Configure(EntityTypeBuilder<BankLineRow> row) => row.ToTable("bank_line").HasKey(r => new { r.TenantId, r.FileId, r.Number });
}
