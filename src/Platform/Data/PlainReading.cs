using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace HaoSuan.Platform;

public static class PlainReading
{
    extension(Db db)
    {
        /// <summary>
        /// Reads rows by hand where they are many: EF Core still writes the SQL, with its filters. A settlement run reads ten rows for an
        /// order, and making objects of them through EF Core takes longer than settling it.
        /// </summary>
        /// <param name="query">A projection: its members are the columns, in their order.</param>
        /// <param name="row">Reads one row.</param>
        /// <param name="cancel">Stops it.</param>
        public async Task<List<TRow>> ReadAsync<T, TRow>(IQueryable<T> query, Func<DbDataReader, TRow> row, CancellationToken cancel = default)
        {
            await db.Database.OpenConnectionAsync(cancel);
            try
            {
                await using var command = query.CreateDbCommand();
                await using var reader = await command.ExecuteReaderAsync(cancel);
                List<TRow> rows = [];
                while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
                return rows;
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }
}
