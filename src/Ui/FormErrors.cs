namespace HaoSuan.Ui;

/// <summary>
/// What is wrong with a form that came back: texts by field, and those that speak about no field. Fields find theirs by
/// name; <see cref="RefusalList"/> shows all of them above the form.
/// </summary>
public sealed record FormErrors(IReadOnlyList<FormError> All)
{
    public static readonly FormErrors None = new([]);

    public bool Any => All.Count > 0;

    public IReadOnlyList<string> this[string field] => [.. All.Where(e => e.Field == field).Select(e => e.Text)];

    /// <param name="refusals">What was refused.</param>
    /// <param name="text">The words for a refusal: <c>texts.Of</c> of the platform.</param>
    public static FormErrors Of(IEnumerable<Refusal> refusals, Func<Refusal, string> text) =>
        new([.. refusals.Select(r => new FormError(r.Field, text(r)))]);
}

/// <summary>One text. Without a field it speaks about the form as a whole.</summary>
public sealed record FormError(string? Field, string Text);
