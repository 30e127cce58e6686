using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

internal sealed class JoiningRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Code { get; init; }
    public required DistributorId? ParentId { get; init; }
    public required Bps Share { get; init; }
    public required string Rates { get; init; }
    public required JoiningState State { get; set; }
    public required Instant InvitedAt { get; init; }
    public required string InvitedBy { get; init; }
    public required Instant ExpiresAt { get; init; }
    public string? Name { get; set; }
    public SecretId? NameId { get; set; }
    public SecretId? IdNumberId { get; set; }
    public SecretId? PhoneId { get; set; }
    public byte[]? IdHash { get; set; }
    public byte[]? PhoneHash { get; set; }

    public NameCheck? CheckedBy { get; set; }

    /// <summary>When a service said so; before that, when it is asked next.</summary>
    public Instant? CheckAt { get; set; }

    public int? ContractVersion { get; set; }
    public string? ContractSha256 { get; set; }
    public Instant? AppliedAt { get; set; }
    public string? SignIn { get; set; }

    /// <summary>Until it is decided; then the user has it, or nobody.</summary>
    public string? PasswordHash { get; set; }

    public Instant? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public string? Reason { get; set; }
    public DistributorId? DistributorId { get; set; }
}

internal sealed class BlacklistRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required SecretKind Kind { get; init; }
    public required SecretId SecretId { get; init; }
    public required byte[] Hash { get; init; }
    public required string Reason { get; init; }
    public required string Evidence { get; init; }
    public required Instant ListedAt { get; init; }
    public required string ListedBy { get; init; }
    public Instant? LiftedAt { get; set; }
    public string? LiftedBy { get; set; }
    public string? LiftReason { get; set; }
}

internal sealed class JoiningMapping : IEntityTypeConfiguration<JoiningRow>
{
    public void Configure(EntityTypeBuilder<JoiningRow> row) => row.ToTable("joining").HasKey(r => new { r.TenantId, r.Code });
}

internal sealed class BlacklistMapping : IEntityTypeConfiguration<BlacklistRow>
{
    public void Configure(EntityTypeBuilder<BlacklistRow> row) => row.ToTable("distributor_blacklist").HasKey(r => new { r.TenantId, r.Id });
}

internal static class JoiningTables
{
    extension(Db db)
    {
        internal DbSet<JoiningRow> Joinings => db.Set<JoiningRow>();
        internal DbSet<BlacklistRow> Blacklist => db.Set<BlacklistRow>();
    }
}
