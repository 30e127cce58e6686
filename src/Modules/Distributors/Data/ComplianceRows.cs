using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Distributors;

internal sealed class LevelLimitRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Number { get; init; }
    public required int Levels { get; init; }
    public required string Reason { get; init; }
    public required Instant AskedAt { get; init; }
    public required string AskedBy { get; init; }
    public Instant? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public bool? Approved { get; set; }
}

internal sealed class AuthorisationRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required DistributorId DistributorId { get; init; }
    public required UpstreamId UpstreamId { get; init; }
    public required string Document { get; init; }
    public required string Scope { get; init; }
    public required Instant FromAt { get; init; }
    public required Instant UntilAt { get; init; }
    public required Instant RecordedAt { get; init; }
    public required string RecordedBy { get; init; }
    public Instant? RevokedAt { get; set; }
    public string? RevokedBy { get; set; }
    public string? RevokeReason { get; set; }

    public Authorisation ToAuthorisation() => new(
        Id, DistributorId, UpstreamId, Document, Scope, FromAt, UntilAt, RecordedAt, RecordedBy, RevokedAt, RevokeReason);
}

internal sealed class LevelLimitMapping : IEntityTypeConfiguration<LevelLimitRow>
{
    public void Configure(EntityTypeBuilder<LevelLimitRow> row) => row.ToTable("distributor_level_limit").HasKey(r => new { r.TenantId, r.Number });
}

internal sealed class AuthorisationMapping : IEntityTypeConfiguration<AuthorisationRow>
{
    public void Configure(EntityTypeBuilder<AuthorisationRow> row) => row.ToTable("distributor_authorisation").HasKey(r => new { r.TenantId, r.Id });
}

internal static class ComplianceTables
{
    extension(Db db)
    {
        internal DbSet<LevelLimitRow> LevelLimits => db.Set<LevelLimitRow>();
        internal DbSet<AuthorisationRow> Authorisations => db.Set<AuthorisationRow>();
    }
}
