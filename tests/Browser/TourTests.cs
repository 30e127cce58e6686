using System.Diagnostics;

namespace HaoSuan.Tests.Browser;

/// <summary>What docs/tour.md shows of the commands that need no server is what they print.</summary>
public sealed class TourTests
{
    private const string Indent = "    ", Prompt = "    $ haosuan ", Anything = "…";

    private static readonly string[] Offline = ["settle", "reconcile"];

    public static TheoryData<string, string> Shown => new(Commands());

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task A_command_prints_what_the_tour_shows(string command, string shown)
    {
        var printed = (await Run(command)).Split('\n');
        var from = 0;
        foreach (var part in Parts(shown))
        {
            var at = Find(printed, part, from);
            Assert.True(at >= from, $"haosuan {command} does not print:\n{string.Join('\n', part)}");
            from = at + part.Length;
        }
    }

    private static IEnumerable<(string Command, string Shown)> Commands()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "tour.md"));
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Prompt, StringComparison.Ordinal)) continue;
            var command = lines[i][Prompt.Length..];
            if (!Offline.Contains(command.Split(' ')[0])) continue;
            var shown = lines.Skip(i + 1).TakeWhile(l => l.Length == 0 || l.StartsWith(Indent, StringComparison.Ordinal));
            yield return (command, string.Join('\n', shown.Select(l => l.Length == 0 ? "" : l[Indent.Length..])).TrimEnd());
        }
    }

    /// <summary>What stands between the lines that leave something out.</summary>
    private static IEnumerable<string[]> Parts(string shown) =>
        shown.Split($"{Anything}\n").Select(p => p.TrimEnd('\n', Anything[0]).Split('\n')).Where(p => p is not [""]);

    private static int Find(string[] printed, string[] part, int from)
    {
        for (var at = from; at + part.Length <= printed.Length; at++)
            if (printed.AsSpan(at, part.Length).SequenceEqual(part)) return at;
        return -1;
    }

    private static async Task<string> Run(string command)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "haosuan"), command)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["LC_ALL"] = "en";
        using var process = Process.Start(start)!;      // a program is started
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}
