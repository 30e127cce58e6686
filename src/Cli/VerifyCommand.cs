using System.CommandLine;
using System.Globalization;
using System.Text;
using HaoSuan.Platform;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Cli;

/// <summary>
/// haosuan verify: replays the books of every tenant; one line for each thing that is not as it was written. Given a statement, it checks that.
/// </summary>
internal static class VerifyCommand
{
    private const int Unsound = 2;

    public static Command Create()
    {
        var file = new Argument<FileInfo?>("STATEMENT.json")
        {
            Description = "A distributor's statement with proofs, checked by itself: no server, no database",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "The hash of a checkpoint that was noted elsewhere, to compare" };
        var database = OpenBooks.Option();
        var lang = Speech.Option();
        var command = new Command("verify", "Replay ledger, bookings and targets, and compare; or check a statement") { file, checkpoint, database, lang };
        command.Validators.Add(given =>
        {
            if (given.GetValue(checkpoint) is not null && given.GetValue(file) is null) given.AddError("--checkpoint needs STATEMENT.json");
        });
        command.SetAction((parsed, cancel) =>
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            var (language, console) = (Speech.Of(parsed.GetValue(lang)), parsed.InvocationConfiguration);
            if (parsed.GetValue(file) is { } statement)
                return VerifyStatement.RunAsync(statement, parsed.GetValue(checkpoint), language, console.Output, console.Error);
            return OpenBooks.With(parsed.GetValue(database), language, console, books => VerifyAsync(books, language, console.Output, cancel));
        });
        return command;
    }

    private static async Task<int> VerifyAsync(ServiceProvider services, Language language, TextWriter output, CancellationToken cancel)
    {
        var sound = true;
        foreach (var tenant in await services.GetRequiredService<Tenants>().AllAsync(cancel))
        {
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
            var verified = await scope.ServiceProvider.GetRequiredService<VerifyBooks>().RunAsync(cancel);
            Tell(tenant, verified, services.GetRequiredService<Texts>(), language, output);
            sound &= verified.IsSound;
        }
        return sound ? 0 : Unsound;
    }

    private static void Tell(Tenant tenant, BooksVerified verified, Texts texts, Language language, TextWriter output)
    {
        var culture = CultureInfo.GetCultureInfo(language == Language.Chinese ? "zh-CN" : "en");
        foreach (var finding in verified.Findings) output.WriteLine($"{tenant.Slug}: {texts.Of(finding, culture)}");
        output.WriteLine($"{tenant.Slug}: {(language == Language.Chinese ? InChinese(verified) : InEnglish(verified))}");
    }

    private static string InChinese(BooksVerified v) =>
        $"{(v.IsSound ? "账实相符" : $"{v.Findings.Count} 处不符")}；{v.Entries} 笔分录，{v.Orders} 个订单（{v.Waiting} 个待下次结算）；末块哈希 {v.Seal}";

    private static string InEnglish(BooksVerified v) =>
        $"{(v.IsSound ? "sound" : $"{v.Findings.Count} findings")}; {v.Entries} entries, {v.Orders} orders ({v.Waiting} waiting for the next run); "
        + $"seal {v.Seal}";
}
