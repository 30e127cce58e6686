using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HaoSuan.Tests.Support;

namespace HaoSuan.Bench;

/// <summary>PostgreSQL's own benchmark: what its server does when nobody computes anything.</summary>
internal static partial class Pgbench
{
    /// <summary>Rows inserted one by one, each a durable commit, per second.</summary>
    public static double SingleRows(World world, int connections, int seconds)
    {
        var script = Path.Combine(Path.GetTempPath(), $"haosuan-pgbench-{Environment.ProcessId}.sql");
        File.WriteAllText(script, "insert into pgbench_single (value) values (1);\n");
        const string Table = "create table if not exists pgbench_single (id bigserial primary key, value bigint)";
        Run("psql", ["-h", world.Folder, "-U", "postgres", "-d", world.Database, "-qc", Table]);
        var told = Run(
            Path.Combine(ThrowawayPostgres.Programs(), "pgbench"),
            ["-h", world.Folder, "-U", "postgres", "-nM", "prepared", "-c", $"{connections}", "-j", "2", "-T", $"{seconds}", "-f", script, world.Database]);
        File.Delete(script);
        return double.Parse(Rate().Match(told).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? told : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
