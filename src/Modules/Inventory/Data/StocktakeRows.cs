using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Inventory;

internal sealed class StocktakeRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Place { get; init; }
    public required StocktakeState State { get; set; }
    public required string StartedBy { get; init; }
    public required Instant StartedAt { get; init; }
    public Instant? ComparedAt { get; set; }
    public Instant? ClosedAt { get; set; }

    /// <summary>How many cards were in the warehouse by the books when it was compared, and how many were counted.</summary>
    public int Expected { get; set; }

    public int Counted { get; set; }
}

internal sealed class CountRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid StocktakeId { get; init; }
    public required string Iccid { get; init; }
    public required Instant CountedAt { get; init; }
}

internal sealed class CountDifferenceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid StocktakeId { get; init; }
    public required string Iccid { get; init; }
    public required CountDifference Kind { get; init; }
    public required CardState? BookState { get; init; }
    public required string? BookPlace { get; init; }
    public CountDecision? Decision { get; set; }
    public string? Reason { get; set; }
    public string? DecidedBy { get; set; }
    public Instant? DecidedAt { get; set; }

    public CountedDifference ToDifference() => new(Iccid, Kind, BookState, BookPlace, Decision, Reason, DecidedBy, DecidedAt);
}

internal sealed class StocktakeMapping : IEntityTypeConfiguration<StocktakeRow>
{
    public void Configure(EntityTypeBuilder<StocktakeRow> row) => row.ToTable("stocktake").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class CountMapping : IEntityTypeConfiguration<CountRow>
{
    public void Configure(EntityTypeBuilder<CountRow> row) => row.ToTable("stocktake_count").HasKey(r => new { r.TenantId, r.StocktakeId, r.Iccid });
}

internal sealed class CountDifferenceMapping : IEntityTypeConfiguration<CountDifferenceRow>
{
    public void Configure(EntityTypeBuilder<CountDifferenceRow> row) =>
        row.ToTable("stocktake_difference").HasKey(r => new { r.TenantId, r.StocktakeId, r.Iccid });
}
