using System.Globalization;
using HaoSuan.Ledger;
using HaoSuan.Settling.Tax;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payouts;

internal sealed class PayoutAccountRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required PayoutMethod Method { get; init; }
    public required SecretId HolderId { get; init; }
    public required SecretId AccountId { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class TaxProfileRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Month ValidFrom { get; init; }

    public required TaxKind Kind { get; init; }

    /// <summary>The name and number under which the payee is reported.</summary>
    public required SecretId? NameId { get; init; }
    public required SecretId? IdNumberId { get; init; }
}

internal sealed class TaxCorrectionRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Month Month { get; init; }
    public required TaxMethod Method { get; init; }

    /// <summary>What was withheld too little; negative: too much.</summary>
    public required Money Tax { get; init; }

    public required string Reason { get; init; }
    public required string RequestKey { get; init; }
    public required Instant MadeAt { get; init; }
    public required string MadeBy { get; init; }
}

internal sealed class PayoutRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required PayoutId Id { get; init; }
    public required string Number { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required Guid AccountId { get; set; }
    public required PayoutMethod Method { get; set; }
    public required Money Amount { get; init; }

    /// <summary>The request's amount: more than this payout's where it was split.</summary>
    public Money Asked { get; set; }

    public Money Tax { get; set; }
    public Money Fee { get; set; }
    public TaxMethod? TaxMethod { get; set; }
    public Month? TaxMonth { get; set; }
    public string? TaxExplanation { get; set; }
    public string? InvoiceNo { get; set; }
    public PayoutStatus Status { get; set; }

    /// <summary>It has not ended.</summary>
    public bool IsOpen { get; set; }

    public required string RequestKey { get; init; }
    public required Instant RequestedAt { get; init; }
    public bool NeedsSecond { get; set; }

    /// <summary>The first of two persons.</summary>
    public Instant? CheckedAt { get; set; }
    public string? CheckedBy { get; set; }
    public Instant? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }

    /// <summary>1, and one more each time that it is tried again after it has failed.</summary>
    public int Attempt { get; set; } = 1;

    public Guid? BatchId { get; set; }

    /// <summary>When it was handed out: from then on the money may have left us.</summary>
    public Instant? SentAt { get; set; }

    public Instant? EndedAt { get; set; }
    public string? ChannelNo { get; set; }
    public string? Reason { get; set; }
    public Instant? NextQueryAt { get; set; }

    /// <summary>As JSON: what the payee's WeChat takes to confirm it.</summary>
    public string? Confirmation { get; set; }

    public Money Net => Amount - Tax - Fee;

    /// <summary>Under which a channel or a bank knows the present attempt.</summary>
    public string Reference => Attempt == 1 ? Number : string.Create(CultureInfo.InvariantCulture, $"{Number}R{Attempt}");

    /// <summary>The source of an entry that there is once for each attempt.</summary>
    public string SourceOf(string kind) =>
        Attempt == 1 ? $"{kind}:{Id.Value}" : string.Create(CultureInfo.InvariantCulture, $"{kind}:{Id.Value}:{Attempt}");

    public Entry TakeFromBalance(Instant at) => new(
        "payout-requested", SourceOf("payout-requested"), at, Number,
        [new(Accounts.Available(DistributorId), Amount), new(Accounts.Paying(DistributorId), -Amount)]);
}

internal sealed class PayoutAccountMapping : IEntityTypeConfiguration<PayoutAccountRow>
{
    public void Configure(EntityTypeBuilder<PayoutAccountRow> row) => row.ToTable("payout_account").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class TaxProfileMapping : IEntityTypeConfiguration<TaxProfileRow>
{
    public void Configure(EntityTypeBuilder<TaxProfileRow> row) =>
        row.ToTable("tax_profile").HasKey(r => new { r.TenantId, r.DistributorId, r.ValidFrom });
}

internal sealed class TaxCorrectionMapping : IEntityTypeConfiguration<TaxCorrectionRow>
{
    public void Configure(EntityTypeBuilder<TaxCorrectionRow> row) => row.ToTable("tax_correction").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class PayoutMapping : IEntityTypeConfiguration<PayoutRow>
{
    public void Configure(EntityTypeBuilder<PayoutRow> row) => row.ToTable("payout").HasKey(r => new { r.TenantId, r.Id });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<PayoutAccountRow> PayoutAccounts => db.Set<PayoutAccountRow>();
        internal DbSet<TaxProfileRow> TaxProfiles => db.Set<TaxProfileRow>();
        internal DbSet<TaxCorrectionRow> TaxCorrections => db.Set<TaxCorrectionRow>();
        internal DbSet<PayoutRow> Payouts => db.Set<PayoutRow>();
        internal DbSet<PayoutPolicyRow> PayoutPolicies => db.Set<PayoutPolicyRow>();
        internal DbSet<PayoutBatchRow> PayoutBatches => db.Set<PayoutBatchRow>();
        internal DbSet<BatchLineRow> PayoutBatchLines => db.Set<BatchLineRow>();
        internal DbSet<ResultFileRow> PayoutResultFiles => db.Set<ResultFileRow>();
        internal DbSet<ResultLineRow> PayoutResultLines => db.Set<ResultLineRow>();
        internal DbSet<PayoutWalletRow> PayoutWallets => db.Set<PayoutWalletRow>();

        /// <summary>Where the distributor's payouts go now.</summary>
        internal Task<PayoutAccountRow?> AccountOfAsync(DistributorId distributor, CancellationToken cancel) =>
            db.Set<PayoutAccountRow>().AsNoTracking().Where(a => a.DistributorId == distributor)
                .OrderByDescending(a => a.CreatedAt).FirstOrDefaultAsync(cancel);
    }
}
