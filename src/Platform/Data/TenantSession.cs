using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Platform;

/// <summary>
/// Tells PostgreSQL whose rows a connection may see: the second fence behind <see cref="Db"/>'s query filter. Tenant 0 is the
/// system itself, which reads the outbox of everybody. And that a page in the middle of a table costs hardly more than the next one: by its
/// default, from the days of spinning discs, PostgreSQL would rather read all facts there are than those of four thousand orders by their keys.
/// </summary>
internal sealed class TenantSessionInterceptor : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select set_config('haosuan.tenant', @tenant, false), set_config('random_page_cost', '1.1', false)";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "tenant";
        parameter.Value = ((Db)eventData.Context!).CurrentTenant.Value.ToString(CultureInfo.InvariantCulture);
        command.Parameters.Add(parameter);
        await command.PrepareAsync(cancellationToken);     // once for each connection of the pool
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
