namespace HaoSuan.Settling.Reconciling;

/// <summary>The words of one column: each is read once, and rows share the strings.</summary>
internal sealed class Vocabulary(IReadOnlyDictionary<string, string>? meanings)
{
    private readonly Dictionary<string, Term> _terms = new(StringComparer.Ordinal);

    /// <summary>A word as the file writes it, for comparison, and what it says as a status.</summary>
    public sealed record Term(string Text, string? Word, Standing Standing);

    public Term? Read(ReadOnlySpan<char> cell)
    {
        if (cell.IsWhiteSpace()) return null;
        var terms = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        if (terms.TryGetValue(cell, out var known)) return known;
        var text = cell.Trim().ToString();
        var meaning = meanings?.GetValueOrDefault(text) ?? text;
        Term term = new(text, Words.Of(meaning), Standings.Named(meaning) ?? Standings.Of(meaning));
        terms[cell] = term;
        return term;
    }
}
