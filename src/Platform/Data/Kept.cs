using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Caching.Memory;

namespace HaoSuan.Platform;

/// <summary>
/// Keeps in the process what every visitor asks for and what seldom changes. A value is used while the tenant's stamp is the one that it was
/// read under, which triggers renew with every change of the tables that it is made of, and while no date among them has come. So it is what the
/// database would say now, for one row that is read instead of dozens.
/// </summary>
/// <remarks>A transaction that changes such tables by SQL of its own, and not by <c>SaveChanges</c>, does not see its own change here.</remarks>
public sealed class Kept(Db db, KeptValues values)
{
    private (int Turn, string? Stamp)? _read;

    /// <summary>The value of the key as it is at that instant, which is now.</summary>
    /// <param name="key">What is asked for; equal for equal questions.</param>
    /// <param name="at">The instant.</param>
    /// <param name="read">Reads the value, and tells from which instant on a date makes it another one. Null is not kept.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<T> GetAsync<T>(object key, Instant at, Func<Task<(T Value, Instant Until)>> read, CancellationToken cancel = default)
    {
        var stamp = await StampAsync(cancel);
        var place = (db.CurrentTenant, key);
        if (values.TryGetValue(place, out Entry<T>? kept) && kept!.Stamp == stamp && kept.From <= at && at < kept.Until) return kept.Value;
        var (value, until) = await read();
        if (value is not null) values.Set(place, new Entry<T>(value, stamp, at, until), new MemoryCacheEntryOptions { Size = 1 });
        return value;
    }

    // Read before the values: a change in between makes them newer than their stamp, which does no harm.
    private async Task<string?> StampAsync(CancellationToken cancel)
    {
        if (_read is not var (turn, stamp) || turn != db.Turn)
        {
            turn = db.Turn;
            stamp = await db.Set<StampRow>().Select(s => s.Stamp).FirstOrDefaultAsync(cancel);
            _read = (turn, stamp);
        }
        return stamp;
    }

    private sealed record Entry<T>(T Value, string? Stamp, Instant From, Instant Until);
}

/// <summary>What <see cref="Kept"/> keeps: of all tenants, as many as there is room for.</summary>
public sealed class KeptValues() : MemoryCache(new MemoryCacheOptions { SizeLimit = 100_000 });

internal sealed class StampRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Stamp { get; init; }
}

internal sealed class StampMapping : IEntityTypeConfiguration<StampRow>
{
    public void Configure(EntityTypeBuilder<StampRow> row) => row.ToTable("tenant_stamp").HasKey(r => r.TenantId);
}
