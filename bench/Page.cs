using System.Globalization;

namespace HaoSuan.Bench;

/// <summary>The page of all measurements: what they print, under the machine and the day.</summary>
internal static class Page
{
    public static void Write(string path, IEnumerable<Action<string[]>> measurements)
    {
        var terminal = Console.Out;
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        page.WriteLine("# Benchmarks");
        page.WriteLine();
        page.WriteLine("Written by `./dev bench`: one run, each figure beside its limit or a peer of the same run.");
        page.WriteLine();
        page.WriteLine($"* Machine: {Machine.Describe()}");
        page.WriteLine($"* Day: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
        foreach (var measure in measurements)
        {
            page.WriteLine();
            Console.SetOut(page);
            measure([]);
            Console.SetOut(terminal);
        }
        File.WriteAllText(path, page.ToString());
        terminal.Write(page);
    }
}
