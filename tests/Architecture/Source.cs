using System.Text.RegularExpressions;
using HaoSuan.Tests.Support;

namespace HaoSuan.Tests.Architecture;

/// <summary>One text file of the repository; its path is relative to the root, with slashes.</summary>
internal sealed partial record Source(string Path, string Text)
{
    private static readonly string[] Foreign = ["bin", "obj", "out", "artifacts", "node_modules", "vendor", "wwwroot", ".git"];

    /// <summary>Everything written by hand: built output and other people's assets are left out.</summary>
    public static IReadOnlyList<Source> All { get; } =
        [.. Below(new DirectoryInfo(Repository.Root)).OrderBy(s => s.Path, StringComparer.Ordinal)];

    public static IEnumerable<Source> In(string folder) => All.Where(s => s.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal) || Path.EndsWith(".razor", StringComparison.Ordinal);

    public bool IsSql => Path.EndsWith(".sql", StringComparison.Ordinal);

    /// <summary>Orders, for src/Modules/Orders/Place/PlaceOrder.cs; Kernel, for src/Kernel/Money.cs.</summary>
    public string Project => ProjectOf().Match(Path).Groups[1].Value;

    /// <summary>The text without comments and literals, line for line.</summary>
    public string Code => CommentOrLiteral().Replace(Text, found => new string('\n', found.Value.Count(c => c == '\n')));

    /// <summary>The string literals, in which SQL stands.</summary>
    public IEnumerable<string> Literals => CommentOrLiteral().Matches(Text).Select(m => m.Value).Where(v => v.Contains('"', StringComparison.Ordinal));

    /// <summary>One line for each place where the pattern occurs in the given text of this file.</summary>
    public IEnumerable<string> Faults(string text, Regex pattern, string why) =>
        from found in pattern.Matches(text)
        let line = 1 + text.AsSpan(0, found.Index).Count('\n')
        select $"{Path}:{line}: {found.Value.Trim()}: {why}";

    private static IEnumerable<Source> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(IsText).Select(Read)
            .Concat(folder.EnumerateDirectories().Where(sub => !Foreign.Contains(sub.Name)).SelectMany(Below));

    private static bool IsText(FileInfo file) =>
        TextName().IsMatch(file.Name) && !file.Name.Contains(".min.", StringComparison.Ordinal) && file.Name != "package-lock.json";

    private static Source Read(FileInfo file) =>
        new(System.IO.Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));

    [GeneratedRegex(@"\.(cs|razor|csproj|props|slnx|sql|md|css|js|sh|json|resx)$|^(dev|run)$")]
    private static partial Regex TextName();

    [GeneratedRegex("""
        \$*""\"[\s\S]*?""\"|[$@]*"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/|@\*[\s\S]*?\*@|'(?:\\.|[^'\\\n])'
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex("^src/(?:Modules/)?([^/]+)/")]
    private static partial Regex ProjectOf();
}
