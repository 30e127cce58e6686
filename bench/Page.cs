using System.Globalization;
using System.Text.RegularExpressions;

namespace HaoSuan.Bench;

/// <summary>
/// The page of all measurements. Each has a section with the day and the machine of its run, so that one can be measured anew
/// without the others.
/// </summary>
internal static partial class Page
{
    private const string Path = "docs/benchmarks.md";

    private const string Head = """
        # Benchmarks

        Written by `./dev bench` (`./dev bench write settle` measures that section anew). A section is one run, and each figure stands beside its limit
        or a peer of that run.

        """;

    /// <param name="verbs">All measurements, in the page's sequence.</param>
    /// <param name="anew">The verbs of those to run; the sections of the others stay.</param>
    public static void Write(IReadOnlyDictionary<string, Action<string[]>> verbs, IReadOnlyCollection<string> anew)
    {
        var sections = File.Exists(Path) ? Section().Matches(File.ReadAllText(Path)).ToDictionary(m => m.Groups["verb"].Value, m => m.Value) : [];
        foreach (var verb in verbs.Keys.Where(anew.Contains))
        {
            sections[verb] = Measured(verb, verbs[verb]);
            // After each, so that what was measured is kept where the next one fails.
            File.WriteAllText(Path, $"{Head}\n{string.Join("\n", verbs.Keys.Select(v => sections.GetValueOrDefault(v)).OfType<string>())}");
        }
    }

    private static string Measured(string verb, Action<string[]> measure)
    {
        var terminal = Console.Out;
        using var section = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(section);
        try
        {
            measure([]);
        }
        finally
        {
            Console.SetOut(terminal);
        }
        terminal.Write(section);
        return $"<!-- {verb} -->\n{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Machine.Describe()}:\n\n{section}<!-- end -->\n";
    }

    [GeneratedRegex("<!-- (?<verb>[a-z]+) -->\n.*?<!-- end -->\n", RegexOptions.Singleline)]
    private static partial Regex Section();
}
