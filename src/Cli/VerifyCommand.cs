using System.CommandLine;
using System.Globalization;
using System.Text;
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

/// <summary>haosuan verify: replays the books of every tenant; one line for each thing that is not as it was written.</summary>
internal static class VerifyCommand
{
    private const int Unsound = 2;

    public static Command Create()
    {
        var database = new Option<string?>("--database")
        {
            Description = "The path of a SQLite file, or a connection string (\"Host=…\" for PostgreSQL)",
        };
        var lang = Speech.Option();
        var command = new Command("verify", "Replay ledger, bookings and targets, and compare") { database, lang };
        command.SetAction((parsed, cancel) =>
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            return VerifyAsync(
                Installation.Database(parsed.GetValue(database)), Speech.Of(parsed.GetValue(lang)), parsed.InvocationConfiguration, cancel);
        });
        return command;
    }

    private static async Task<int> VerifyAsync(string database, Language language, InvocationConfiguration console, CancellationToken cancel)
    {
        try
        {
            await using var services = Compose(Existing(database));
            var sound = true;
            foreach (var tenant in await services.GetRequiredService<Tenants>().AllAsync(cancel))
            {
                await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
                var verified = await scope.ServiceProvider.GetRequiredService<VerifyBooks>().RunAsync(cancel);
                Tell(tenant, verified, services.GetRequiredService<Texts>(), language, console.Output);
                sound &= verified.IsSound;
            }
            return sound ? 0 : Unsound;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ArgumentException)
        {
            await console.Error.WriteLineAsync(
                language == Language.Chinese ? $"无法读取数据库：{e.Message}" : $"The database cannot be read: {e.Message}");
            return Unsound;
        }
    }

    // SQLite would make an empty one where there is none.
    private static string Existing(string database) => new DatabaseAddress(database).Engine == Engine.Postgres
        ? database
        : new SqliteConnectionStringBuilder(database) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    // Verifying reads no personal data, so that it needs no key of anybody's.
    private static ServiceProvider Compose(string database) => new ServiceCollection().AddLogging()
        .AddPlatform(database, Convert.ToBase64String(new byte[32]))
        .AddCatalog().AddLedger().AddDistributors().AddOrders().AddSettlements()
        .BuildServiceProvider();

    private static void Tell(Tenant tenant, BooksVerified verified, Texts texts, Language language, TextWriter output)
    {
        var culture = CultureInfo.GetCultureInfo(language == Language.Chinese ? "zh-CN" : "en");
        foreach (var finding in verified.Findings) output.WriteLine($"{tenant.Slug}: {texts.Of(finding, culture)}");
        output.WriteLine($"{tenant.Slug}: {(language == Language.Chinese ? InChinese(verified) : InEnglish(verified))}");
    }

    private static string InChinese(BooksVerified v) =>
        $"{(v.IsSound ? "账实相符" : $"{v.Findings.Count} 处不符")}；{v.Entries} 笔分录，{v.Orders} 个订单（{v.Waiting} 个待下次结算）；末笔哈希 {v.Seal}";

    private static string InEnglish(BooksVerified v) =>
        $"{(v.IsSound ? "sound" : $"{v.Findings.Count} findings")}; {v.Entries} entries, {v.Orders} orders ({v.Waiting} waiting for the next run); "
        + $"seal {v.Seal}";
}
