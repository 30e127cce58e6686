using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Orders;

internal sealed class TrackCodeRow : ITenantRow
{
    public TenantId TenantId { get; init; }

    /// <summary>What the page is found by on which the code is typed. Random: it gives nothing away.</summary>
    public required string Token { get; init; }

    public required byte[] PhoneHash { get; init; }

    /// <summary>Which of its phone it is. Two that are asked for at once want the same one, so one of both has it.</summary>
    public required long Slot { get; init; }

    /// <summary>Where the code goes; null: nobody has that phone, and nothing is sent.</summary>
    public required SecretId? PhoneId { get; init; }

    public required Instant AskedAt { get; init; }
    public required Instant ExpiresAt { get; init; }
    public int Attempts { get; set; }
    public Instant? SentAt { get; set; }
    public Instant? UsedAt { get; set; }
}

internal sealed class TrackCodeMapping : IEntityTypeConfiguration<TrackCodeRow>
{
    public void Configure(EntityTypeBuilder<TrackCodeRow> row) => row.ToTable("track_code").HasKey(r => new { r.TenantId, r.Token });
}
