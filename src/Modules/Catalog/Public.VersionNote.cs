namespace HaoSuan.Catalog;

/// <summary>
/// What a module above has to say of a version on its page, beside the approval: it registers a note, and is asked for the
/// version that is shown.
/// </summary>
public sealed record VersionNote(Func<IServiceProvider, SchemeVersion, CancellationToken, Task<VersionNote.Shown>> Ask)
{
    /// <param name="Title">What it is about.</param>
    /// <param name="Tone">Whether it warns.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="Changes">Amounts that would change.</param>
    /// <param name="Href">Where its details are; null where there are none.</param>
    /// <param name="Start">Where whoever writes schemes can act on it, and the words for it.</param>
    public sealed record Shown(
        string Title, Tone Tone, string Text, IReadOnlyList<(string Label, Money Amount)> Changes, string? Href, (string Label, string Href) Start);
}
