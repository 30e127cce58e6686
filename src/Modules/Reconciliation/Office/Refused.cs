using HaoSuan.Platform.Sheets;

namespace HaoSuan.Reconciliation;

/// <summary>The errors of a form: those of the file have their words with the reader of sheets.</summary>
internal static class Refused
{
    private const int MostShown = 20;

    public static FormErrors Of(IReadOnlyList<Refusal> refusals, Texts texts) =>
        FormErrors.Of(refusals.Take(MostShown), r => r.Code.StartsWith("sheets.", StringComparison.Ordinal) ? SheetTexts.Of(r) : texts.Of(r));
}
