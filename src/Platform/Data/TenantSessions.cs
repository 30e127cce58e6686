using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Platform;

/// <summary>
/// Each tenant has sessions of its own on PostgreSQL, which begin with whose rows they may see (<see cref="DatabaseAddress.Of"/>): the second
/// fence behind <see cref="Db"/>'s query filter. Tenant 0 is the system itself, which reads the outbox of everybody.
/// </summary>
internal sealed class TenantSessions(DatabaseAddress address) : DbConnectionInterceptor
{
    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        connection.ConnectionString = address.Of(((Db)eventData.Context!).CurrentTenant);
        return new(result);
    }
}
