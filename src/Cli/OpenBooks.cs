using System.CommandLine;
using System.Data.Common;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Platform;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Cli;

/// <summary>A database that is there already, opened to read its books: how verbs without a server begin that need one.</summary>
internal static class OpenBooks
{
    private const int Unreadable = 2;

    public static Option<string?> Option() => new("--database")
    {
        Description = "The path of a SQLite file, or a connection string (\"Host=…\" for PostgreSQL)",
    };

    /// <summary>What cannot be read is one line on standard error.</summary>
    public static async Task<int> With(string? database, Language language, InvocationConfiguration console, Func<ServiceProvider, Task<int>> verb)
    {
        try
        {
            await using var services = Compose(Existing(Installation.Database(database)));
            return await verb(services);
        }
        catch (Exception e) when (e is DbException or ArgumentException)
        {
            await console.Error.WriteLineAsync(
                language == Language.Chinese ? $"无法读取数据库：{e.Message}" : $"The database cannot be read: {e.Message}");
            return Unreadable;
        }
    }

    // SQLite would make an empty one where there is none.
    private static string Existing(string database) => new DatabaseAddress(database).Engine == Engine.Postgres
        ? database
        : new SqliteConnectionStringBuilder(database) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    // The books have no personal data, so that reading them needs no key of anybody's.
    private static ServiceProvider Compose(string database) => new ServiceCollection().AddLogging()
        .AddPlatform(database, Convert.ToBase64String(new byte[32]))
        .AddCatalog().AddLedger().AddDistributors().AddOrders().AddSettlements()
        .BuildServiceProvider();
}
