using System.CommandLine;
using System.Data;
using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Platform;
using HaoSuan.Settling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Cli;

/// <summary>haosuan export --hledger: the whole journal of a tenant as plain text, page by page, as one snapshot of the database.</summary>
internal static class ExportCommand
{
    private const int Refused = 2;
    private const int AtOnce = 2_000;

    private static readonly Option<bool> Hledger = new("--hledger") { Description = "As hledger's journal format", Required = true };
    private static readonly Option<string?> TenantSlug = new("--tenant") { Description = "Whose: needed where there are several" };
    private static readonly Option<string?> Database = OpenBooks.Option();
    private static readonly Option<string> Lang = Speech.Option();

    public static Command Create()
    {
        var command = new Command("export", "Write the whole journal for another program to count") { Hledger, TenantSlug, Database, Lang };
        command.SetAction((parsed, cancel) =>
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            var (language, console) = (Speech.Of(parsed.GetValue(Lang)), parsed.InvocationConfiguration);
            return OpenBooks.With(parsed.GetValue(Database), language, console, async services =>
            {
                var tenants = await services.GetRequiredService<Tenants>().AllAsync(cancel);
                if (Choose(tenants, parsed.GetValue(TenantSlug)) is not { } tenant)
                {
                    await console.Error.WriteLineAsync(WhichTenant(tenants, language));
                    return Refused;
                }
                await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
                await WriteAsync(scope.ServiceProvider, tenant, console.Output, cancel);
                return 0;
            });
        });
        return command;
    }

    private static async Task WriteAsync(IServiceProvider services, Tenant tenant, TextWriter output, CancellationToken cancel)
    {
        var books = services.GetRequiredService<Books>();
        await using var snapshot = await services.GetRequiredService<Db>().Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var text = new HledgerText(Currency.Find(tenant.Currency)!, Zone.Find(tenant.Zone)!);      // a tenant has ones that exist
        await output.WriteAsync(text.Head(tenant, (await books.BalancesAsync("", cancel)).Select(b => b.Account)));
        var (page, last) = (new StringBuilder(), -1L);
        while (await books.WalkAsync([], last, AtOnce, cancel) is { Count: > 0 } entries)
        {
            page.Clear();
            foreach (var entry in entries) text.Append(page, entry);
            await output.WriteAsync(page, cancel);
            last = entries[^1].Id;
        }
    }

    private static Tenant? Choose(IReadOnlyList<Tenant> tenants, string? slug) =>
        slug is null ? (tenants.Count == 1 ? tenants[0] : null) : tenants.FirstOrDefault(t => t.Slug == slug);

    private static string WhichTenant(IReadOnlyList<Tenant> tenants, Language language)
    {
        var slugs = string.Join(", ", tenants.Select(t => t.Slug));
        return language == Language.Chinese ? $"请用 --tenant 指明运营商户，可选：{slugs}" : $"Say whose books with --tenant, one of: {slugs}";
    }
}
