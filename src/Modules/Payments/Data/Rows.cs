using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payments;

internal sealed class PaymentRow : ITenantRow, ISilence
{
    public TenantId TenantId { get; init; }
    public required PaymentId Id { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    public required string TradeNo { get; init; }
    public required string Channel { get; init; }
    public required PayFace Face { get; init; }
    public required Money Amount { get; init; }
    public required string Description { get; init; }
    public string? ClientIp { get; init; }
    public required string ReturnTo { get; init; }
    public PaymentFor Purpose { get; init; }

    /// <summary>The keyed hash of who pays inside WeChat.</summary>
    public string? PayerHash { get; init; }
    public PaymentStatus Status { get; set; }
    public string? TransactionId { get; set; }

    /// <summary>What has arrived; nothing so far. It differs from what was asked for where finance has to decide.</summary>
    public Money Received { get; set; }

    public DisputeDecision? Decision { get; set; }
    public string? DecisionReason { get; set; }
    public string? DecidedBy { get; set; }
    public Instant? DecidedAt { get; set; }
    public required Instant CreatedAt { get; init; }
    public required Instant ExpiresAt { get; init; }
    public Instant? SettledAt { get; set; }

    /// <summary>When the channel is asked next how it stands; null once nothing more is expected.</summary>
    public Instant? NextQueryAt { get; set; }

    public Instant? SilentSince { get; set; }
    public Instant? SilenceToldAt { get; set; }

    /// <summary>What its money is credited to, and what a refund is taken from.</summary>
    public Account Income => Purpose == PaymentFor.Order ? Accounts.CardSales : Accounts.Unapplied(OrderId);

    /// <summary>Whether what has arrived may go back in parts: not while nobody has decided what it is.</summary>
    public bool IsRefundable => Status is PaymentStatus.Paid or PaymentStatus.GivenBack;

    /// <summary>What of its money is neither given back nor on its way.</summary>
    public Money LeftOf(IEnumerable<RefundRow> refunds) => IsRefundable ? Received - Sum(refunds.Where(r => r.IsHeld)) : Money.Zero;

    /// <summary>
    /// What of it finance may give back. What a lease has taken or gives back it decides itself: of that, only what the channel has refused is
    /// tried again.
    /// </summary>
    public Money LeftForOffice(IReadOnlyList<RefundRow> refunds) => Purpose == PaymentFor.Order
        ? LeftOf(refunds)
        : Sum(refunds.Where(r => !r.IsByOffice && !r.IsHeld)) - Sum(refunds.Where(r => r.IsByOffice && r.IsHeld));

    private static Money Sum(IEnumerable<RefundRow> refunds) => refunds.Aggregate(Money.Zero, (sum, r) => sum + r.Amount);
}

internal sealed class RefundRow : ITenantRow, ISilence
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required PaymentId PaymentId { get; init; }
    public required OrderId OrderId { get; init; }
    public required string RefundNo { get; init; }
    public required string IdempotencyKey { get; init; }
    public required Money Amount { get; init; }
    public required string Reason { get; init; }
    public RefundStatus Status { get; set; }
    public string? ChannelError { get; set; }
    public required Instant CreatedAt { get; init; }
    public Instant? SettledAt { get; set; }
    public Instant? NextQueryAt { get; set; }
    public Instant? SilentSince { get; set; }
    public Instant? SilenceToldAt { get; set; }

    /// <summary>When another refund took its place: from then on nothing is owed under its number.</summary>
    public Instant? ReplacedAt { get; set; }

    /// <summary>WeChat Pay has failed to pay, and may still end it under the same number: nobody may take its place.</summary>
    public bool IsAbnormal => Status == RefundStatus.Failed && ChannelError?.StartsWith(Abnormal, StringComparison.Ordinal) is true;

    /// <summary>Whether its amount is given back, or may still be.</summary>
    public bool IsHeld => Status != RefundStatus.Failed || IsAbnormal;

    /// <summary>Whether finance has asked for it.</summary>
    public bool IsByOffice => IdempotencyKey.StartsWith(Office, StringComparison.Ordinal);

    /// <summary>How the key begins then.</summary>
    public const string Office = "office:";

    /// <summary>How <see cref="ChannelError"/> begins then.</summary>
    public const string Abnormal = "ABNORMAL ";
}

internal sealed class VoucherRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long Number { get; init; }
    public required VoucherKind Kind { get; init; }
    public required OrderId OrderId { get; init; }
    public required string OrderNo { get; init; }
    /// <summary>Null for a payout.</summary>
    public required PaymentId? PaymentId { get; init; }

    public required string Channel { get; init; }
    public required string ChannelNo { get; init; }

    /// <summary>Our own number of what it moves: the payment's, or the refund's.</summary>
    public required string? OurNo { get; init; }
    public required Money Amount { get; init; }
    public required Instant At { get; init; }
    public required Instant RecordedAt { get; init; }
    public required long EntryId { get; init; }

    /// <summary>The signed message that told of it.</summary>
    public required SecretId? MessageId { get; init; }
}

internal sealed class PaymentMapping : IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<PaymentRow> row) => row.ToTable("payment").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class RefundMapping : IEntityTypeConfiguration<RefundRow>
{
    public void Configure(EntityTypeBuilder<RefundRow> row) => row.ToTable("refund").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class VoucherMapping : IEntityTypeConfiguration<VoucherRow>
{
    public void Configure(EntityTypeBuilder<VoucherRow> row) => row.ToTable("voucher").HasKey(r => new { r.TenantId, r.Number });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<PaymentRow> Payments => db.Set<PaymentRow>();
        internal DbSet<RefundRow> Refunds => db.Set<RefundRow>();
        internal DbSet<VoucherRow> Vouchers => db.Set<VoucherRow>();
        internal DbSet<BillRow> Bills => db.Set<BillRow>();
        internal DbSet<BillLineRow> BillLines => db.Set<BillLineRow>();
        internal DbSet<DayRow> Days => db.Set<DayRow>();
        internal DbSet<DifferenceRow> DayDifferences => db.Set<DifferenceRow>();
        internal DbSet<GatewayCallRow> GatewayCalls => db.Set<GatewayCallRow>();
        internal DbSet<GatewayErrorRow> GatewayErrors => db.Set<GatewayErrorRow>();
        internal DbSet<GatewayNoticeRow> GatewayNotices => db.Set<GatewayNoticeRow>();
        internal DbSet<GatewayAlarmRow> GatewayAlarms => db.Set<GatewayAlarmRow>();
        internal DbSet<OddNoticeRow> OddNotices => db.Set<OddNoticeRow>();
    }
}
