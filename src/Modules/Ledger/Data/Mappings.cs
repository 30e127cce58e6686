using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Ledger;

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<AccountRow> Accounts => db.Set<AccountRow>();
        internal DbSet<BatchRow> Batches => db.Set<BatchRow>();
        internal DbSet<UnsealedRow> Unsealed => db.Set<UnsealedRow>();
        internal DbSet<EntryRow> Entries => db.Set<EntryRow>();
        internal DbSet<PostingRow> Postings => db.Set<PostingRow>();
        internal DbSet<HeadRow> Heads => db.Set<HeadRow>();
        internal DbSet<BlockRow> Blocks => db.Set<BlockRow>();
        internal DbSet<SealRow> Seals => db.Set<SealRow>();
        internal DbSet<BalanceRow> LedgerBalances => db.Set<BalanceRow>();
        internal DbSet<MovementRow> Movements => db.Set<MovementRow>();
        internal DbSet<ClosingRow> Closings => db.Set<ClosingRow>();
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> row) => row.ToTable("ledger_account").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BatchMapping : IEntityTypeConfiguration<BatchRow>
{
    public void Configure(EntityTypeBuilder<BatchRow> row) => row.ToTable("ledger_batch").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class UnsealedMapping : IEntityTypeConfiguration<UnsealedRow>
{
    public void Configure(EntityTypeBuilder<UnsealedRow> row) => row.ToTable("ledger_unsealed").HasKey(r => new { r.TenantId, r.BatchId });
}

internal sealed class EntryMapping : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> row) => row.ToTable("ledger_entry").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class PostingMapping : IEntityTypeConfiguration<PostingRow>
{
    public void Configure(EntityTypeBuilder<PostingRow> row) => row.ToTable("ledger_posting").HasKey(r => new { r.TenantId, r.EntryId, r.Line });
}

internal sealed class BlockMapping : IEntityTypeConfiguration<BlockRow>
{
    public void Configure(EntityTypeBuilder<BlockRow> row) => row.ToTable("ledger_block").HasKey(r => new { r.TenantId, r.Height });
}

internal sealed class SealMapping : IEntityTypeConfiguration<SealRow>
{
    public void Configure(EntityTypeBuilder<SealRow> row) => row.ToTable("ledger_seal").HasKey(r => new { r.TenantId, r.BatchId });
}

internal sealed class BalanceMapping : IEntityTypeConfiguration<BalanceRow>
{
    public void Configure(EntityTypeBuilder<BalanceRow> row) => row.ToTable("ledger_balance").HasKey(r => new { r.TenantId, r.AccountId, r.Period });
}

internal sealed class ClosingMapping : IEntityTypeConfiguration<ClosingRow>
{
    public void Configure(EntityTypeBuilder<ClosingRow> row) => row.ToTable("ledger_closing").HasKey(r => new { r.TenantId, r.Sequence });
}

internal sealed class HeadMapping : IEntityTypeConfiguration<HeadRow>
{
    public void Configure(EntityTypeBuilder<HeadRow> row)
    {
        row.ToTable("ledger_head").HasKey(r => r.TenantId);
        row.Property(r => r.TenantId).ValueGeneratedNever();
    }
}

internal sealed class MovementMapping : IEntityTypeConfiguration<MovementRow>
{
    public void Configure(EntityTypeBuilder<MovementRow> row) => row.ToView("ledger_movement").HasNoKey();
}
