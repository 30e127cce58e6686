using HaoSuan.Payments.Channels;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payments;

internal sealed class BillRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required DateOnly Day { get; init; }
    public required BillKind Kind { get; init; }
    public required FileId FileId { get; init; }
    public required int Lines { get; init; }

    /// <summary>How many lines of the file belong to other operators of this installation; they are not among ours.</summary>
    public required int Others { get; init; }
    public required Instant FetchedAt { get; init; }
}

internal sealed class BillLineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required DateOnly Day { get; init; }
    public required BillKind Kind { get; init; }
    public required int Line { get; init; }
    public required BillLineType Type { get; init; }
    public required string OurNo { get; init; }
    public required string ChannelNo { get; init; }
    public required Instant At { get; init; }
    public required Money Amount { get; init; }
    public required Money Fee { get; init; }
    public required string Words { get; init; }
    public required long? Balance { get; init; }

    public BillLine ToLine() =>
        new(Line, Type, OurNo, ChannelNo, At, Amount, Fee, Words, Balance is { } balance ? new Money(balance) : null);
}

internal sealed class DayRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Channel { get; init; }
    public required DateOnly Day { get; init; }
    public DayState State { get; set; }

    /// <summary>Why there is no bill yet: the code of a refusal.</summary>
    public string? Trouble { get; set; }
    public Instant? LateToldAt { get; set; }
    public Instant? CheckedAt { get; set; }
    public Money VoucherIn { get; set; }
    public Money VoucherOut { get; set; }
    public Money BillIn { get; set; }
    public Money BillOut { get; set; }
    public Money BillFee { get; set; }
    public Money LedgerIn { get; set; }
    public Money LedgerOut { get; set; }
    public Money LedgerFee { get; set; }
}

internal sealed class DifferenceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Channel { get; init; }
    public required DateOnly Day { get; init; }
    public required DayDifference Class { get; init; }
    public required BillLineType Type { get; init; }
    public required string OurNo { get; init; }
    public required string ChannelNo { get; init; }
    public required Money Ours { get; init; }
    public required Money Theirs { get; init; }
    public required long? Voucher { get; init; }
    public required int? Line { get; init; }
    public required Instant FoundAt { get; init; }
    public Instant? GoneAt { get; set; }
    public string? Explanation { get; set; }
    public string? ExplainedBy { get; set; }
    public Instant? ExplainedAt { get; set; }

    public FoundDifference ToFound() => new(Class, Type, OurNo, ChannelNo, Ours, Theirs, Voucher, Line);
}

internal sealed class BillMapping : IEntityTypeConfiguration<BillRow>
{
    public void Configure(EntityTypeBuilder<BillRow> row) =>
        row.ToTable("channel_bill").HasKey(r => new { r.TenantId, r.Channel, r.Day, r.Kind });
}

internal sealed class BillLineMapping : IEntityTypeConfiguration<BillLineRow>
{
    public void Configure(EntityTypeBuilder<BillLineRow> row) =>
        row.ToTable("channel_bill_line").HasKey(r => new { r.TenantId, r.Channel, r.Day, r.Kind, r.Line });
}

internal sealed class DayMapping : IEntityTypeConfiguration<DayRow>
{
    public void Configure(EntityTypeBuilder<DayRow> row) => row.ToTable("channel_day").HasKey(r => new { r.TenantId, r.Channel, r.Day });
}

internal sealed class DifferenceMapping : IEntityTypeConfiguration<DifferenceRow>
{
    public void Configure(EntityTypeBuilder<DifferenceRow> row) => row.ToTable("channel_difference").HasKey(r => new { r.TenantId, r.Id });
}
