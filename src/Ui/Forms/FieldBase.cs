using Microsoft.AspNetCore.Components;

namespace HaoSuan.Ui;

/// <summary>What every field of a form has: its name and label, and its errors, found by name among those of the form.</summary>
public abstract class FieldBase : ComponentBase
{
    [CascadingParameter] public FormErrors Errors { get; set; } = FormErrors.None;

    /// <summary>The name that is posted; refusals speak about a field by this name.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter] public string? Hint { get; set; }
    [Parameter] public string? Value { get; set; }

    /// <summary>May be left empty: said beside the label.</summary>
    [Parameter] public bool Optional { get; set; }

    /// <summary>Further attributes of the control itself: autocomplete, maxlength, inputmode, …</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected string Id => IdOf(Name);
    protected string? Invalid => Errors[Name].Count > 0 ? "true" : null;
    protected string? Required => Optional ? null : "true";

    protected string? DescribedBy => (Hint, Invalid) switch
    {
        (null, null) => null,
        (_, null) => HintIdOf(Name),
        (null, _) => ErrorIdOf(Name),
        _ => $"{HintIdOf(Name)} {ErrorIdOf(Name)}",
    };

    internal static string IdOf(string name) => $"field-{name.Replace('.', '-')}";
    internal static string HintIdOf(string name) => IdOf(name) + "-hint";
    internal static string ErrorIdOf(string name) => IdOf(name) + "-error";
}
