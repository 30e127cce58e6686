using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Inventory;

internal sealed class CardRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Iccid { get; init; }
    public required ProductId? ProductId { get; set; }
    public required string Place { get; set; }
    public CardState State { get; set; }
    public OrderId? OrderId { get; set; }
    public required Instant ReceivedAt { get; init; }

    /// <summary>How many moves it has made; the last one's number.</summary>
    public required int Steps { get; set; }

    public Card ToCard() => new(Iccid, ProductId, Place, State, OrderId, ReceivedAt);
}

internal sealed class MoveRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Iccid { get; init; }
    public required int Step { get; init; }
    public required CardState? FromState { get; init; }
    public required CardState ToState { get; init; }
    public required OrderId? OrderId { get; init; }
    public required string? Place { get; init; }
    public required ProductId? ProductId { get; init; }

    /// <summary>The transfer or stocktake that it belongs to.</summary>
    public Guid? Paper { get; init; }

    public required string Reason { get; init; }
    public required string Actor { get; init; }
    public required Instant At { get; init; }

    /// <summary>Whether somebody has had the card in hand. To assign it to a product (配卡) is a step of the books alone.</summary>
    public static readonly Expression<Func<MoveRow, bool>> IsHandled = m => !(m.FromState == m.ToState && m.Paper == null);
}

internal sealed class ReplacementRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string OldIccid { get; init; }
    public required string NewIccid { get; init; }
    public required OrderId OrderId { get; init; }
    public required string Reason { get; init; }
    public required Instant At { get; init; }
}

internal sealed class NumberRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Number { get; init; }

    public required ProductId ProductId { get; init; }

    /// <summary>In fen, where the import has named it.</summary>
    public required long? Supplement { get; init; }

    public required NumberPattern Pattern { get; init; }
    /// <summary>Which import of its pool has brought it, from 1; 0: none that was counted.</summary>
    public required int Import { get; init; }

    public string? Holder { get; set; }

    /// <summary>Until when somebody keeps it, or has kept it. Null: nobody ever has.</summary>
    public Instant? HeldUntil { get; set; }

    public OrderId? OrderId { get; set; }

    public PoolNumber ToPoolNumber(RulesInForce rules) => rules.Priced(Number, Supplement, Pattern);
}

internal sealed class WarehouseRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Name { get; init; }
    public required Instant OpenedAt { get; init; }
    public Instant? ClosedAt { get; set; }

    public Warehouse ToWarehouse() => new(Name, OpenedAt, ClosedAt);
}

internal sealed class TransferRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string FromPlace { get; init; }
    public required string ToPlace { get; init; }
    public required int Cards { get; init; }
    public required string Note { get; init; }
    public required string SentBy { get; init; }
    public required Instant SentAt { get; init; }
}

internal sealed class TransferCardRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid TransferId { get; init; }
    public required string Iccid { get; init; }
    public required TransferOutcome Outcome { get; set; }
    public Instant? SettledAt { get; set; }
}

internal sealed class CardMapping : IEntityTypeConfiguration<CardRow>
{
    public void Configure(EntityTypeBuilder<CardRow> row) => row.ToTable("card").HasKey(r => new { r.TenantId, r.Iccid });
}

internal sealed class MoveMapping : IEntityTypeConfiguration<MoveRow>
{
    public void Configure(EntityTypeBuilder<MoveRow> row)
    {
        row.ToTable("card_move").HasKey(r => new { r.TenantId, r.Iccid, r.Step });
        row.HasOne<CardRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.Iccid });
    }
}

internal sealed class ReplacementMapping : IEntityTypeConfiguration<ReplacementRow>
{
    public void Configure(EntityTypeBuilder<ReplacementRow> row) =>
        row.ToTable("card_replacement").HasKey(r => new { r.TenantId, r.OrderId, r.OldIccid, r.NewIccid });
}

internal sealed class WarehouseMapping : IEntityTypeConfiguration<WarehouseRow>
{
    public void Configure(EntityTypeBuilder<WarehouseRow> row) => row.ToTable("warehouse").HasKey(r => new { r.TenantId, r.Name });
}

internal sealed class TransferMapping : IEntityTypeConfiguration<TransferRow>
{
    public void Configure(EntityTypeBuilder<TransferRow> row) => row.ToTable("card_transfer").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class TransferCardMapping : IEntityTypeConfiguration<TransferCardRow>
{
    public void Configure(EntityTypeBuilder<TransferCardRow> row) =>
        row.ToTable("transfer_card").HasKey(r => new { r.TenantId, r.TransferId, r.Iccid });
}

internal sealed class NumberMapping : IEntityTypeConfiguration<NumberRow>
{
    public void Configure(EntityTypeBuilder<NumberRow> row) => row.ToTable("pool_number").HasKey(r => new { r.TenantId, r.Number });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<CardRow> Cards => db.Set<CardRow>();
        internal DbSet<MoveRow> Moves => db.Set<MoveRow>();
        internal DbSet<ReplacementRow> Replacements => db.Set<ReplacementRow>();
        internal DbSet<WarehouseRow> Warehouses => db.Set<WarehouseRow>();
        internal DbSet<TransferRow> Transfers => db.Set<TransferRow>();
        internal DbSet<TransferCardRow> TransferCards => db.Set<TransferCardRow>();
        internal DbSet<StocktakeRow> Stocktakes => db.Set<StocktakeRow>();
        internal DbSet<CountRow> Counts => db.Set<CountRow>();
        internal DbSet<CountDifferenceRow> CountDifferences => db.Set<CountDifferenceRow>();
        internal DbSet<NumberRuleRow> NumberRules => db.Set<NumberRuleRow>();
        internal DbSet<NumberRow> Numbers => db.Set<NumberRow>();
    }
}
