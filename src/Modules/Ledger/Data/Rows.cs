using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Ledger;

/// <summary>The tenant's last entry. Whoever posts holds this row, so entries are numbered without gaps and chained.</summary>
internal sealed class HeadRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long Number { get; init; }
    public required byte[] Hash { get; init; }
    public required Instant PostedAt { get; init; }
}

internal sealed class AccountRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required Money Balance { get; init; }
}

internal sealed class EntryRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long Number { get; init; }
    public required string Kind { get; init; }
    public required string Source { get; init; }
    public required Instant At { get; init; }
    public required Instant PostedAt { get; init; }
    public required string Memo { get; init; }
    public required OrderId? OrderId { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class PostingRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long EntryNumber { get; init; }
    public required int Line { get; init; }
    public required int AccountId { get; init; }
    public required Money Amount { get; init; }
}

internal sealed class HeadMapping : IEntityTypeConfiguration<HeadRow>
{
    public void Configure(EntityTypeBuilder<HeadRow> row)
    {
        row.ToTable("ledger_head").HasKey(r => r.TenantId);
        row.Property(r => r.TenantId).ValueGeneratedNever();
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> row) => row.ToTable("ledger_account").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class EntryMapping : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> row) => row.ToTable("ledger_entry").HasKey(r => new { r.TenantId, r.Number });
}

internal sealed class PostingMapping : IEntityTypeConfiguration<PostingRow>
{
    public void Configure(EntityTypeBuilder<PostingRow> row) =>
        row.ToTable("ledger_posting").HasKey(r => new { r.TenantId, r.EntryNumber, r.Line });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<HeadRow> Heads => db.Set<HeadRow>();
        internal DbSet<AccountRow> Accounts => db.Set<AccountRow>();
        internal DbSet<EntryRow> Entries => db.Set<EntryRow>();
        internal DbSet<PostingRow> Postings => db.Set<PostingRow>();
    }
}
