using System.Runtime.InteropServices;

namespace HaoSuan.Settling.Reconciling;

/// <summary>Why an expected line and the sheet agree or differ: docs/reconciliation.md, Classes.</summary>
public enum Difference
{
    /// <summary>Both have it, amounts are equal. Effect 0.</summary>
    Matched,

    /// <summary>Both have it, amounts differ. Effect: sheet - expected.</summary>
    AmountDiffers,

    /// <summary>We expect it, the sheet is silent (漏结). Effect: -expected.</summary>
    MissingInSheet,

    /// <summary>The sheet pays 0 and gives a status that contradicts ours. Effect: -expected.</summary>
    StatusDiffers,

    /// <summary>The sheet has it, we have no such order. Effect: its amount.</summary>
    UnexpectedInSheet,

    /// <summary>A further row for a line that another row has. Effect: its amount.</summary>
    DuplicateInSheet,

    /// <summary>Of another period than the one that is settled. Effect: its amount.</summary>
    OtherPeriod,

    /// <summary>A negative row. Effect: its amount.</summary>
    Clawback,

    /// <summary>It fits several lines: for a person to decide. Effect: its amount.</summary>
    Ambiguous,
}

/// <summary>What became of one expected line or of one row: an index into the lines (-1: none) and into the rows (-1: none),
/// and what it does to the sheet's total against the expected one.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Finding(Difference Difference, int Line, int Row, Money Effect);

/// <summary>Number of findings of a class and the sum of their effects.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Sum(int Count, Money Effect);

/// <summary>
/// The expected lines and the sheet's rows, each accounted for exactly once. It ties out, or there is none: sheet total =
/// expected total + the sum of all effects (docs/reconciliation.md, Classes).
/// </summary>
public sealed class Reconciliation
{
    private readonly Sum[] _sums = new Sum[Enum.GetValues<Difference>().Length];

    internal Reconciliation(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows, List<Finding> findings)
    {
        (Lines, Rows, Findings) = (lines, rows, findings);
        for (var i = 0; i < lines.Count; i++) ExpectedTotal += lines[i].Amount;
        for (var i = 0; i < rows.Count; i++) SheetTotal += rows[i].Amount;
        foreach (var finding in findings)
        {
            ref var sum = ref _sums[(int)finding.Difference];
            sum = new(sum.Count + 1, sum.Effect + finding.Effect);
            EffectTotal += finding.Effect;
            if (finding.Difference == Difference.Matched) MatchedAmount += lines[finding.Line].Amount;
        }
        if (SheetTotal != ExpectedTotal + EffectTotal)
            throw new InvalidOperationException($"Does not tie out: sheet {SheetTotal}, expected {ExpectedTotal}, effects {EffectTotal}");
    }

    public IReadOnlyList<Entry> Lines { get; }
    public IReadOnlyList<Entry> Rows { get; }

    /// <summary>One for each row, and one for each line that no row has.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public Money ExpectedTotal { get; }
    public Money SheetTotal { get; }
    public Money EffectTotal { get; }

    /// <summary>The sum of the lines that the sheet pays as expected.</summary>
    public Money MatchedAmount { get; }

    public Sum this[Difference difference] => _sums[(int)difference];

    /// <summary>The findings of a class in the order of their names; what has the same name, by what it says.</summary>
    public IEnumerable<Finding> Of(Difference difference) =>
        Findings.Where(f => f.Difference == difference)
            .Select(f => (Finding: f, Name: NameOf(f), Row: f.Row >= 0 ? Rows[f.Row] : default))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ThenBy(f => f.Row.Amount).ThenBy(f => f.Finding.Effect).ThenBy(f => f.Row.Period?.Number)
            .ThenBy(f => f.Row.Status, StringComparer.Ordinal).ThenBy(f => f.Row.Row)
            .Select(f => f.Finding);

    /// <summary>Our order number where the finding is tied to a line, the row's reference where it is not.</summary>
    public string NameOf(Finding finding) => finding.Line >= 0 ? Lines[finding.Line].OrderText : Rows[finding.Row].Reference;
}
