namespace HaoSuan.Ui;

/// <summary>The faces that have a navigation. The shop has none.</summary>
public enum Face { Agent, Office }

/// <summary>
/// An entry of a face's navigation, registered by the module that answers it. <paramref name="Icon"/> is a name from
/// docs/ui.md; who does not satisfy <paramref name="Policy"/> does not see the entry. The agent portal's tab bar has room
/// for the first four; the rest stands under 更多.
/// </summary>
public sealed record NavigationEntry(Face Face, string Label, string Href, string Icon, int Order, string? Policy = null)
{
    /// <summary>Whether the entry leads to this path or to something above it.</summary>
    internal bool Covers(string path) =>
        path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);

    /// <summary>The entry under which a path stands: the one that says most of it.</summary>
    internal static NavigationEntry? Current(IEnumerable<NavigationEntry> entries, string path) =>
        entries.Where(e => e.Covers(path)).MaxBy(e => e.Href.Length);
}
