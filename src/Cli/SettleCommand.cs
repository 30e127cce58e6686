using System.CommandLine;
using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Cli;

/// <summary>haosuan settle CASE.json: what a case comes to on standard output, or one line for each of its faults.</summary>
internal static class SettleCommand
{
    private const int Faulty = 2;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("CASE.json") { Description = "Schemes, orders with their facts, and instants to settle at" };
        var explain = new Option<bool>("--explain") { Description = "Say for each line why it is so, and what is missing, instead" };
        var lang = Speech.Option();
        var command = new Command("settle", "Settle a case file: no server, no database") { file, explain, lang };
        command.SetAction(parsed =>
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            var speech = Speech.Of(parsed.GetValue(lang));
            return Settle(parsed.GetRequiredValue(file), parsed.GetValue(explain), speech, parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Settle(FileInfo file, bool explain, Language language, InvocationConfiguration console)
    {
        if (!TryLoad(file, language, console.Error, out var bytes)) return Faulty;
        if (!Case.TryRead(bytes, out var read, out var faults)) return Report(faults, language, console.Error);
        var settlements = CaseResult.Of(read, out faults);
        if (faults.Count > 0) return Report(faults, language, console.Error);
        if (explain) return Explain(new Report(read, language).Of(settlements), console.Output);
        CaseWriter.Write(new Utf8Text(console.Output), read, settlements);
        console.Output.WriteLine();
        return 0;
    }

    private static int Explain(IEnumerable<string> lines, TextWriter output)
    {
        foreach (var line in lines) output.WriteLine(line);
        return 0;
    }

    private static int Report(IEnumerable<Fault> faults, Language language, TextWriter error)
    {
        foreach (var fault in faults) error.WriteLine(fault.Format(language));
        return Faulty;
    }

    private static bool TryLoad(FileInfo file, Language language, TextWriter error, out byte[] bytes)
    {
        try
        {
            bytes = File.ReadAllBytes(file.FullName);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(language == Language.Chinese ? $"{file}：无法读取：{e.Message}" : $"{file}: cannot be read: {e.Message}");
            bytes = [];
            return false;
        }
    }
}
