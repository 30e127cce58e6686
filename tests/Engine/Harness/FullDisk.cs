using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Tests;

/// <summary>Lets a SQLite file grow to so many pages and no further, as a full disk would: add it to the context's interceptors.</summary>
public sealed class FullDisk : DbConnectionInterceptor
{
    private const long NoLimit = int.MaxValue;

    private long _pages = NoLimit;

    public void LeaveRoomFor(long pages) => _pages = pages;

    /// <summary>No more pages than there are already.</summary>
    public void LeaveNoRoom() => _pages = 1;

    public void Lift() => _pages = NoLimit;

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"pragma max_page_count={_pages}";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
