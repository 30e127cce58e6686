using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Platform;

internal sealed class SecretRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required SecretId Id { get; init; }
    public required SecretKind Kind { get; init; }
    public required int KeyVersion { get; init; }
    public byte[] Sealed { get; set; } = [];
    public required byte[] Hash { get; init; }
    public required string Masked { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class DataKeyRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Version { get; init; }
    public required byte[] Wrapped { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class SecretMapping : IEntityTypeConfiguration<SecretRow>
{
    public void Configure(EntityTypeBuilder<SecretRow> row) => row.ToTable("secret").HasKey(r => new { r.TenantId, r.Id });
}

internal sealed class DataKeyMapping : IEntityTypeConfiguration<DataKeyRow>
{
    public void Configure(EntityTypeBuilder<DataKeyRow> row) => row.ToTable("data_key").HasKey(r => new { r.TenantId, r.Version });
}
