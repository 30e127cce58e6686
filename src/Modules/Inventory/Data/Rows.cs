using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Inventory;

internal sealed class CardRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Iccid { get; init; }
    public required ProductId ProductId { get; init; }
    public required string Place { get; init; }
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
    public required string Reason { get; init; }
    public required string Actor { get; init; }
    public required Instant At { get; init; }
}

internal sealed class NumberRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Number { get; init; }

    /// <summary>From the last digit to the first, so that "ends with" is a search by prefix.</summary>
    public required string Reversed { get; init; }

    public required ProductId ProductId { get; init; }
    public required Money Supplement { get; init; }
    public required NumberPattern Pattern { get; init; }
    public string? Holder { get; set; }
    public Instant? HeldUntil { get; set; }
    public OrderId? OrderId { get; set; }

    public PoolNumber ToPoolNumber() => new(Number, Supplement, Pattern);
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
        internal DbSet<NumberRow> Numbers => db.Set<NumberRow>();
    }
}
