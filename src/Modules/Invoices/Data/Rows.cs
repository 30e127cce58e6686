using System.Text.Json;
using HaoSuan.Notifications;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Invoices;

internal sealed class InvoiceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required InvoiceId Id { get; init; }
    public required string Source { get; init; }
    public required Guid SaleId { get; init; }
    public required string SaleNo { get; init; }
    public required int Step { get; init; }
    public InvoiceId? RedOf { get; init; }

    /// <summary>The name of who issues it; a red one goes to whoever has issued the blue one.</summary>
    public required string Issuer { get; init; }

    public required InvoiceKind Kind { get; init; }
    public required InvoiceState State { get; set; }

    /// <summary>A company's; a person's name stands in the vault.</summary>
    public required string? Title { get; init; }

    public required SecretId? TitleId { get; init; }
    public required string? TaxNumber { get; init; }

    /// <summary>In JSON.</summary>
    public required string Lines { get; init; }

    public required Money Net { get; init; }
    public required Money Tax { get; init; }
    public required InvoiceDelivery Delivery { get; init; }
    public required SecretId RecipientId { get; set; }
    public string Reason { get; init; } = "";
    public string? Number { get; set; }
    public string? ConfirmationNo { get; init; }
    public required Instant AskedAt { get; init; }
    public required string AskedBy { get; init; }

    /// <summary>Since when it is with the issuer.</summary>
    public Instant? IssuingAt { get; set; }

    /// <summary>When the issuer is asked again.</summary>
    public Instant? NextAskAt { get; set; }

    public Instant? ConfirmBy { get; init; }
    public Instant? IssuedAt { get; set; }
    public Instant? BookedAt { get; set; }
    public string? Fault { get; set; }

    /// <summary>The seller that it is handed over with, however often; of a red one the blue one's. Null before.</summary>
    public string? SellerName { get; set; }

    public string? SellerTaxNumber { get; set; }
    public string? Parcel { get; set; }
    public Instant? PostedAt { get; set; }
    public MailId? MailId { get; set; }

    public SaleKey Sale => new(Source, SaleId);

    public IReadOnlyList<InvoiceLine> ReadLines() => JsonSerializer.Deserialize<List<InvoiceLine>>(Lines, LinesText.Options)!;
}

/// <summary>Lines as the table keeps them.</summary>
internal static class LinesText
{
    public static readonly JsonSerializerOptions Options = new(Json.Options) { IgnoreReadOnlyProperties = true };

    public static string Write(IReadOnlyList<InvoiceLine> lines) => JsonSerializer.Serialize(lines, Options);
}

internal sealed class DocumentRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>pdf, xml or ofd.</summary>
    public required string Format { get; init; }

    /// <summary>The file, in base64.</summary>
    public required SecretId SecretId { get; init; }
}

internal sealed class NumberRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Series { get; init; }
    public required long Number { get; init; }
    public required InvoiceId InvoiceId { get; init; }
    public required Instant DrawnAt { get; init; }
}

internal sealed class RateRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required InvoiceItem Item { get; init; }
    public required DateOnly FromDay { get; init; }
    public required Bps Rate { get; set; }
    public required string ClassCode { get; set; }
    public required string ShortName { get; set; }
    public required string Name { get; set; }

    public ItemRate ToRate() => new(Item, FromDay, Rate, ClassCode, ShortName, Name);
}

internal sealed class SellerRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Name { get; set; }
    public required string TaxNumber { get; set; }
    public required SecretId DrawerId { get; set; }
}

internal sealed class InvoiceMapping : IEntityTypeConfiguration<InvoiceRow>
{
    public void Configure(EntityTypeBuilder<InvoiceRow> row)
    {
        row.ToTable("invoice").HasKey(r => new { r.TenantId, r.Id });
        row.Ignore(r => r.Sale);
    }
}

internal sealed class DocumentMapping : IEntityTypeConfiguration<DocumentRow>
{
    public void Configure(EntityTypeBuilder<DocumentRow> row) =>
        row.ToTable("invoice_document").HasKey(r => new { r.TenantId, r.InvoiceId, r.Format });
}

internal sealed class NumberMapping : IEntityTypeConfiguration<NumberRow>
{
    public void Configure(EntityTypeBuilder<NumberRow> row) => row.ToTable("invoice_number").HasKey(r => new { r.TenantId, r.Series, r.Number });
}

internal sealed class RateMapping : IEntityTypeConfiguration<RateRow>
{
    public void Configure(EntityTypeBuilder<RateRow> row) => row.ToTable("invoice_rate").HasKey(r => new { r.TenantId, r.Item, r.FromDay });
}

internal sealed class SellerMapping : IEntityTypeConfiguration<SellerRow>
{
    public void Configure(EntityTypeBuilder<SellerRow> row) => row.ToTable("invoice_seller").HasKey(r => r.TenantId);
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<InvoiceRow> Invoices => db.Set<InvoiceRow>();
        internal DbSet<DocumentRow> InvoiceDocuments => db.Set<DocumentRow>();
        internal DbSet<NumberRow> InvoiceNumbers => db.Set<NumberRow>();
        internal DbSet<RateRow> InvoiceRates => db.Set<RateRow>();
        internal DbSet<SellerRow> InvoiceSellers => db.Set<SellerRow>();
    }
}
