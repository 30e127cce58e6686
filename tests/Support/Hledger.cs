using System.Diagnostics;

namespace HaoSuan.Tests.Support;

/// <summary>hledger, which counts an exported journal by itself. A test that needs it never skips: ./dev test installs it.</summary>
public static class Hledger
{
    /// <summary>The balance of every account, in the words that hledger prints.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Balances(string journal) =>
        (await Table(journal)).Skip(1).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

    /// <summary>What is moved on every account in each month.</summary>
    public static async Task<IReadOnlyDictionary<(string Account, string Month), string>> Movements(string journal)
    {
        var rows = await Table(journal, "--monthly");
        return rows.Skip(1).SelectMany(row => row.Skip(1).Select((cell, i) => ((row[0], rows[0][i + 1]), cell))).ToDictionary();
    }

    /// <summary>Throws where hledger finds a fault: unbalanced, undeclared, or not to be read at all.</summary>
    public static Task Check(string journal) => Run(journal, ["check", "--strict"]);

    private static async Task<string> Run(string journal, params string[] command)
    {
        var start = new ProcessStartInfo("hledger", ["--file=-", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;      // throws where there is no hledger
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(journal);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"hledger {command[0]}: {await error}");
    }

    private static async Task<List<string[]>> Table(string journal, params string[] more)
    {
        var csv = await Run(journal, ["balance", "--flat", "--empty", "--no-total", "--output-format=csv", .. more]);
        return [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim('"').Split("\",\""))];
    }
}
