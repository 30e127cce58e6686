using System.Text.Json;
using HaoSuan.Orders;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Leases;

internal sealed class ModelRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required DeviceModelId Id { get; init; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public required string Summary { get; set; }
    public required bool OnOffer { get; set; }
    public required string Terms { get; set; }

    public DeviceModel ToModel(int free) => new(Id, Code, Name, Summary, OnOffer, TermsText.Read(Terms), free);
}

internal sealed class DeviceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Serial { get; init; }
    public required DeviceModelId ModelId { get; init; }
    public DeviceState State { get; set; }
    public LeaseId? LeaseId { get; set; }
    public required Instant ReceivedAt { get; init; }

    /// <summary>How many moves it has made; the last one's number.</summary>
    public required int Steps { get; set; }

    public Device ToDevice() => new(Serial, ModelId, State, LeaseId, ReceivedAt);
}

internal sealed class DeviceMoveRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Serial { get; init; }
    public required int Step { get; init; }
    public required DeviceState? FromState { get; init; }
    public required DeviceState ToState { get; init; }
    public required LeaseId? LeaseId { get; init; }
    public required string Reason { get; init; }
    public required string Actor { get; init; }
    public required Instant At { get; init; }
}

internal sealed class LeaseRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required LeaseId Id { get; init; }
    public required string LeaseNo { get; init; }
    public required string Token { get; init; }
    public required DeviceModelId ModelId { get; init; }
    public required string Serial { get; init; }
    public required DistributorId Seller { get; init; }
    public LeaseState State { get; set; }
    public required string Terms { get; init; }
    public required string Contract { get; init; }
    public required SecretId NameId { get; init; }
    public required SecretId IdNumberId { get; init; }
    public required SecretId PhoneId { get; init; }
    public required SecretId AddressId { get; init; }

    /// <summary>The keyed hash of the ID number.</summary>
    public byte[]? IdHash { get; init; }
    public required Instant PlacedAt { get; init; }

    /// <summary>The day on which it began.</summary>
    public DateOnly? ContractDay { get; set; }

    /// <summary>The day on which its end was asked for: no month that begins later is billed.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>The month of the lease, counted from 0, that is billed next.</summary>
    public int NextPeriod { get; set; } = 1;

    /// <summary>When; null while no month is billed.</summary>
    public DateOnly? NextBillOn { get; set; }

    /// <summary>Until when the price holds at which the device can be bought.</summary>
    public Instant? OfferUntil { get; set; }

    /// <summary>What of the deposit is held.</summary>
    public Money Deposit { get; set; }
    public string? Parcel { get; set; }
    public int Bills { get; set; }
    public int Steps { get; set; }

    public LeaseTerms ReadTerms() => TermsText.Read(Terms);

    public KeptPerson Person() => new(NameId, IdNumberId, PhoneId, AddressId);
}

internal sealed class BillRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required LeaseBillId Id { get; init; }
    public required LeaseId LeaseId { get; init; }
    public required int Number { get; init; }
    public required LeaseBillKind Kind { get; init; }
    public required string Text { get; init; }
    public int? Period { get; init; }
    public DateOnly? FromDay { get; init; }
    public DateOnly? UntilDay { get; init; }
    public required DateOnly Due { get; init; }
    public required Money Amount { get; init; }
    public Money Paid { get; set; }

    /// <summary>What finance has taken off it since: of what was not paid first, then of what was, which goes back.</summary>
    public Money Corrected { get; set; }
    public LeaseBillState State { get; set; }
    public bool Overdue { get; set; }

    /// <summary>The payment that was taken for it, or given back because it came too late.</summary>
    public PaymentId? PaymentId { get; set; }
    public required Instant IssuedAt { get; init; }
    public Instant? SettledAt { get; set; }

    public Money Left => State == LeaseBillState.Open ? Unpaid : Money.Zero;

    /// <summary>What nobody has paid of what it asks for after corrections, whether he still has to or not.</summary>
    public Money Unpaid => Money.Max(Money.Zero, Amount - Paid - Corrected);

    public LeaseBill ToBill() => new(
        Id, Number, Kind, Text, FromDay, UntilDay, Due, Amount, Paid, State, State == LeaseBillState.Open && Overdue, IssuedAt, SettledAt)
    {
        Corrected = Corrected,
    };
}

internal sealed class StepRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required LeaseId LeaseId { get; init; }
    public required int Number { get; init; }
    public required string Event { get; init; }
    public required LeaseState? FromState { get; init; }
    public required LeaseState ToState { get; init; }
    public required string Note { get; init; }
    public required string Actor { get; init; }
    public required Instant At { get; init; }
}

/// <summary>Terms as rows keep them.</summary>
internal static class TermsText
{
    public static string Write(LeaseTerms terms) => JsonSerializer.Serialize(terms, Json.Options);

    public static LeaseTerms Read(string text) => JsonSerializer.Deserialize<LeaseTerms>(text, Json.Options)!;
}

internal sealed class ModelMapping : IEntityTypeConfiguration<ModelRow>
{
    public void Configure(EntityTypeBuilder<ModelRow> row) => row.ToTable("device_model").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class DeviceMapping : IEntityTypeConfiguration<DeviceRow>
{
    public void Configure(EntityTypeBuilder<DeviceRow> row) => row.ToTable("device").HasKey(r => new { r.TenantId, r.Serial });
}

internal sealed class DeviceMoveMapping : IEntityTypeConfiguration<DeviceMoveRow>
{
    public void Configure(EntityTypeBuilder<DeviceMoveRow> row)
    {
        row.ToTable("device_move").HasKey(r => new { r.TenantId, r.Serial, r.Step });
        row.HasOne<DeviceRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.Serial });
    }
}

internal sealed class LeaseMapping : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> row) => row.ToTable("lease").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class BillMapping : IEntityTypeConfiguration<BillRow>
{
    public void Configure(EntityTypeBuilder<BillRow> row)
    {
        row.ToTable("lease_bill").HasKey(r => new { r.TenantId, r.Id });
        row.HasOne<LeaseRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.LeaseId });
    }
}

internal sealed class StepMapping : IEntityTypeConfiguration<StepRow>
{
    public void Configure(EntityTypeBuilder<StepRow> row)
    {
        row.ToTable("lease_step").HasKey(r => new { r.TenantId, r.LeaseId, r.Number });
        row.HasOne<LeaseRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.LeaseId });
    }
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<ModelRow> DeviceModels => db.Set<ModelRow>();
        internal DbSet<DeviceRow> Devices => db.Set<DeviceRow>();
        internal DbSet<DeviceMoveRow> DeviceMoves => db.Set<DeviceMoveRow>();
        internal DbSet<LeaseRow> Leases => db.Set<LeaseRow>();
        internal DbSet<BillRow> LeaseBills => db.Set<BillRow>();
        internal DbSet<StepRow> LeaseSteps => db.Set<StepRow>();
    }
}
