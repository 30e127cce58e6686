using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Payouts;

internal sealed class PayoutPolicyRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required PayoutMethod Method { get; init; }
    public required int Number { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required Money Least { get; init; }
    public required Money Most { get; init; }
    public required bool Splits { get; init; }
    public required Money MostPerMonth { get; init; }
    public required Bps FeeRate { get; init; }
    public required Money FeeLeast { get; init; }
    public required Money FeeMost { get; init; }
    public required int CoolDownDays { get; init; }
    public required Money Deposit { get; init; }
    public required bool OneOpen { get; init; }
    public required Money SecondFrom { get; init; }
    public required Instant SetAt { get; init; }
    public required string SetBy { get; init; }

    public PayoutPolicy ToPolicy() => new()
    {
        Least = Least,
        Most = Most,
        Splits = Splits,
        MostPerMonth = MostPerMonth,
        FeeRate = FeeRate,
        FeeLeast = FeeLeast,
        FeeMost = FeeMost,
        CoolDownDays = CoolDownDays,
        Deposit = Deposit,
        OneOpen = OneOpen,
        SecondFrom = SecondFrom,
    };

    public static PayoutPolicyRow Of(PayoutMethod method, int number, DateOnly from, PayoutPolicy policy, Instant at, string by) => new()
    {
        Method = method,
        Number = number,
        ValidFrom = from,
        Least = policy.Least,
        Most = policy.Most,
        Splits = policy.Splits,
        MostPerMonth = policy.MostPerMonth,
        FeeRate = policy.FeeRate,
        FeeLeast = policy.FeeLeast,
        FeeMost = policy.FeeMost,
        CoolDownDays = policy.CoolDownDays,
        Deposit = policy.Deposit,
        OneOpen = policy.OneOpen,
        SecondFrom = policy.SecondFrom,
        SetAt = at,
        SetBy = by,
    };
}

internal sealed class PayoutBatchRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required PayoutMethod Method { get; init; }

    /// <summary>The format of the bank's file; null for transfers.</summary>
    public required string? Format { get; init; }

    public required Instant MadeAt { get; init; }
    public required string MadeBy { get; init; }
}

internal sealed class BatchLineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid BatchId { get; init; }
    public required string Reference { get; init; }
    public required PayoutId PayoutId { get; init; }
    public required Money Amount { get; init; }
}

internal sealed class ResultFileRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required Guid BatchId { get; init; }
    public required string Sha256 { get; init; }
    public required Instant ReadAt { get; init; }
    public required string ReadBy { get; init; }
}

internal sealed class ResultLineRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid FileId { get; init; }
    public required int Line { get; init; }
    public required string Reference { get; init; }
    public required ResultOutcome Outcome { get; init; }
    public required string Note { get; init; }
}

internal sealed class PayoutWalletRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required SecretId OpenidId { get; init; }
    public required Instant BoundAt { get; init; }
}

internal sealed class PayoutPolicyMapping : IEntityTypeConfiguration<PayoutPolicyRow>
{
    public void Configure(EntityTypeBuilder<PayoutPolicyRow> row) => row.ToTable("payout_policy").HasKey(r => new { r.TenantId, r.Method, r.Number });
}

internal sealed class PayoutBatchMapping : IEntityTypeConfiguration<PayoutBatchRow>
{
    public void Configure(EntityTypeBuilder<PayoutBatchRow> row) => row.ToTable("payout_batch").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BatchLineMapping : IEntityTypeConfiguration<BatchLineRow>
{
    public void Configure(EntityTypeBuilder<BatchLineRow> row) => row.ToTable("payout_batch_line").HasKey(r => new { r.TenantId, r.BatchId, r.Reference });
}

internal sealed class ResultFileMapping : IEntityTypeConfiguration<ResultFileRow>
{
    public void Configure(EntityTypeBuilder<ResultFileRow> row) => row.ToTable("payout_result_file").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class ResultLineMapping : IEntityTypeConfiguration<ResultLineRow>
{
    public void Configure(EntityTypeBuilder<ResultLineRow> row) => row.ToTable("payout_result_line").HasKey(r => new { r.TenantId, r.FileId, r.Line });
}

internal sealed class PayoutWalletMapping : IEntityTypeConfiguration<PayoutWalletRow>
{
    public void Configure(EntityTypeBuilder<PayoutWalletRow> row) => row.ToTable("payout_wallet").HasKey(r => new { r.TenantId, r.DistributorId });
}
