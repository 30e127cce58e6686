using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Identity;

/// <summary>A user of a tenant: what ASP.NET Core Identity keeps about one.</summary>
internal sealed class UserRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required UserId Id { get; init; }
    public required string Name { get; set; }
    public string PasswordHash { get; set; } = "";

    /// <summary>Changed with the password and the role: cookies that carry another one are not accepted any more.</summary>
    public string SecurityStamp { get; set; } = "";

    public required Role Role { get; init; }
    public required DistributorId? DistributorId { get; init; }
    public required bool Active { get; set; }
    public int FailedSignIns { get; set; }
    public Instant? LockedUntil { get; set; }
    public required Instant CreatedAt { get; init; }
    public Instant? LastSignInAt { get; set; }

    public User ToUser() => new(Id, Name, Role, DistributorId, Active, CreatedAt, LastSignInAt);
}

internal sealed class UserMapping : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> row) => row.ToTable("account_user").HasKey(r => new { r.TenantId, r.Id });
}

internal static class Tables
{
    extension(Db db)
    {
        internal DbSet<UserRow> Users => db.Set<UserRow>();
    }
}
