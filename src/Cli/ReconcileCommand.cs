using System.CommandLine;
using System.Globalization;
using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Cli;

/// <summary>haosuan reconcile: our orders against an upstream's sheet. What a settlement clerk runs on two files.</summary>
internal static class ReconcileCommand
{
    private const int Faulty = 2;

    private static readonly Option<FileInfo> Ours = new("--ours") { Description = "Our orders: csv or xlsx", Required = true };
    private static readonly Option<FileInfo> Theirs = new("--sheet") { Description = "The upstream's sheet: csv or xlsx", Required = true };
    private static readonly Option<FileInfo> Template = new("--template") { Description = "How to read the sheet: docs/reconciliation.md" };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "Write a workbook with one sheet for each class" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print summary and differences as JSON" };
    private static readonly Option<string> Lang = Speech.Option();

    public static Command Create()
    {
        Command command = new("reconcile", "Compare our orders with an upstream's settlement sheet: no server, no database")
        {
            Ours, Theirs, Template, Out, Json, Lang,
        };
        command.SetAction((parsed, _) => Reconcile(parsed));
        return command;
    }

    private static async Task<int> Reconcile(ParseResult parsed)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var culture = CultureOf(parsed.GetValue(Lang));
        var (oursFile, theirsFile) = (parsed.GetRequiredValue(Ours), parsed.GetRequiredValue(Theirs));
        SheetTemplate? template = null;
        List<string> faults = [];
        if (parsed.GetValue(Template) is { } templateFile)
            Take(Load(templateFile, TemplateFile.Read), templateFile, culture, faults, out template);
        var reading = Task.Run(() => Load(oursFile, bytes => Sheet.Read(bytes, side: Side.Ours)));
        var theirsRead = Load(theirsFile, bytes => Sheet.Read(bytes, template));
        Take(await reading, oursFile, culture, faults, out var ours);
        Take(theirsRead, theirsFile, culture, faults, out var theirs);
        if (faults.Count > 0) return Report(faults, parsed.InvocationConfiguration.Error);
        // Take leaves none of them out where there is no fault.
        var reconciliation = Matching.Run(ours!.Entries, theirs!.Entries);
        if (parsed.GetValue(Out) is { } workbook && !TryWrite(workbook, reconciliation, culture, faults))
            return Report(faults, parsed.InvocationConfiguration.Error);
        await Print(parsed, reconciliation, theirs, culture);
        return 0;
    }

    private static async Task Print(ParseResult parsed, Reconciliation reconciliation, SheetRows theirs, CultureInfo culture)
    {
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync(parsed.GetValue(Json)
            ? ReconciliationJson.Of(reconciliation)
            : ReconciliationText.Of(reconciliation, theirs.Layout, culture));
    }

    private static Result<T> Load<T>(FileInfo file, Func<byte[], Result<T>> read)
    {
        try
        {
            return read(File.ReadAllBytes(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal("sheets.unreadable", e.Message);
        }
    }

    private static void Take<T>(Result<T> read, FileInfo file, CultureInfo culture, List<string> faults, out T? value)
    {
        if (!read.TryGet(out value, out var refusals)) faults.AddRange(refusals.Select(r => $"{file.Name}: {SheetTexts.Of(r, culture)}"));
    }

    private static bool TryWrite(FileInfo file, Reconciliation reconciliation, CultureInfo culture, List<string> faults)
    {
        try
        {
            using var stream = file.Create();
            DifferenceWorkbook.Write(stream, reconciliation, culture);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file.Name}: {SheetTexts.Of(new("sheets.unwritable", e.Message), culture)}");
            return false;
        }
    }

    private static int Report(List<string> faults, TextWriter error)
    {
        foreach (var fault in faults) error.WriteLine(fault);
        return Faulty;
    }

    private static CultureInfo CultureOf(string? lang) => CultureInfo.GetCultureInfo(Speech.Of(lang) == Language.Chinese ? "zh" : "en");
}
