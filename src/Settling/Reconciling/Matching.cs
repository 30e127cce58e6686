namespace HaoSuan.Settling.Reconciling;

/// <summary>Finds for each row the line it speaks of: docs/reconciliation.md, Matching. The result does not depend on the
/// order of lines or rows.</summary>
public static class Matching
{
    public static Reconciliation Run(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows) => new Run(lines, rows).Reconcile();
}

internal sealed class Run
{
    private const int Open = -1;

    private readonly IReadOnlyList<Entry> _lines;
    private readonly IReadOnlyList<Entry> _rows;
    private readonly Periods _periods;
    private readonly (int Difference, int Line)[] _decisions;
    private readonly ulong[] _several;      // per row: the steps at which it fitted several lines
    private readonly int[] _rowOf;          // per line: the row that has it
    private readonly Dictionary<int, List<int>> _contested = [];
    private readonly List<Step> _steps;
    private readonly List<int> _hits = [];
    private List<int> _open;

    public Run(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows)
    {
        (_lines, _rows, _periods) = (lines, rows, new(lines, rows));
        _decisions = new (int, int)[rows.Count];
        Array.Fill(_decisions, (Open, -1));
        _several = new ulong[rows.Count];
        _rowOf = new int[lines.Count];
        Array.Fill(_rowOf, -1);
        _open = [.. Enumerable.Range(0, rows.Count)];
        _steps = [new ByOrder(), new ByIccid(), new ByPhone(), .. Masks().Select(mask => new ByMask(mask))];
    }

    public Reconciliation Reconcile()
    {
        var claims = new int[_rows.Count];
        for (var step = 0; step < _steps.Count && _open.Count > 0; step++)
        {
            _steps[step].Index(_lines, _rows, _open);
            foreach (var row in _open) claims[row] = Judge(step, row);
            Grant(step, claims);
            _open = _open.FindAll(row => _decisions[row].Difference == Open);
        }
        foreach (var row in _open) Decide(row, WithoutLine(row), -1);
        return new(_lines, _rows, Findings());
    }

    /// <summary>Decides a row, or gives the free line that it claims, or -1.</summary>
    private int Judge(int step, int row)
    {
        var entry = _rows[row];
        if (!_steps[step].TryFind(entry, _lines, _hits))
        {
            _several[row] |= 1UL << step;
            return -1;
        }
        if (_several[row] != 0) _hits.RemoveAll(line => !AgreesWithEarlier(step, row, line));
        if (_hits.Count == 0) return -1;
        if (_hits is [var only] && IsPlain(entry, only)) return only;
        var ofPeriod = _hits.FindAll(line => _periods.Fits(_rows[row], _lines[line]));
        var (fits, negative) = (ofPeriod.Count > 0, entry.Amount < Money.Zero);
        if (!fits && !negative) return DecideIfOne(step, row, OneOrder(_hits), Difference.OtherPeriod);
        var lines = SameSign(row, SameStage(row, fits ? ofPeriod : _hits));
        // A line may itself expect a clawback: a negative row of its period pays that one.
        if (negative && (!fits || _lines[lines[0]].Amount >= Money.Zero)) return DecideIfOne(step, row, lines, Difference.Clawback);
        var free = lines.FindAll(line => _rowOf[line] < 0);
        return free.Count == 1 ? free[0] : DecideIfOne(step, row, free.Count == 0 ? lines : free, Difference.DuplicateInSheet);
    }

    /// <summary>Most rows: one line, of the same period, not yet paid, nothing taken back.</summary>
    private bool IsPlain(in Entry row, int line) =>
        _rowOf[line] < 0 && row.Amount >= Money.Zero && _periods.Fits(row, _lines[line]);

    private int DecideIfOne(int step, int row, List<int> lines, Difference difference)
    {
        if (lines.Count == 1) Decide(row, difference, lines[0]);
        else _several[row] |= 1UL << step;
        return -1;
    }

    /// <summary>What fitted several lines before can only be one of those.</summary>
    private bool AgreesWithEarlier(int step, int row, int line)
    {
        for (var earlier = 0; earlier < step; earlier++)
        {
            if ((_several[row] >> earlier & 1) == 1 && !_steps[earlier].Agrees(_rows[row], _lines[line])) return false;
        }
        return true;
    }

    /// <summary>Gives each claimed line to one row. Which of several is told by what they say, not by where they stand.</summary>
    private void Grant(int step, int[] claims)
    {
        _contested.Clear();
        foreach (var row in _open)
        {
            var line = claims[row];
            if (line < 0) continue;
            if (_rowOf[line] < 0) _rowOf[line] = row;
            else if (_contested.TryGetValue(line, out var rivals)) rivals.Add(row);
            else _contested[line] = [_rowOf[line], row];
        }
        foreach (var row in _open)
        {
            if (claims[row] is >= 0 and var line && !_contested.ContainsKey(line)) Pair(row, line);
        }
        foreach (var (line, rivals) in _contested) GrantContested(step, line, rivals);
    }

    private void GrantContested(int step, int line, List<int> rivals)
    {
        if (!_steps[step].IsProof && Contradict(rivals))
        {
            _rowOf[line] = -1;
            foreach (var row in rivals) _several[row] |= 1UL << step;
            return;
        }
        var first = rivals[0];
        foreach (var row in rivals)
        {
            if (Preference.Compare(_rows[row], _rows[first], _lines[line]) < 0) first = row;
        }
        _rowOf[line] = first;
        foreach (var row in rivals)
        {
            if (row == first) Pair(row, line);
            else Decide(row, Difference.DuplicateInSheet, line);
        }
    }

    /// <summary>Rows that name different orders or cards are not the same row twice.</summary>
    private bool Contradict(List<int> rivals) =>
        rivals.Select(row => _rows[row].Order).Where(c => !c.IsNone).Distinct().Skip(1).Any()
        || rivals.Select(row => _rows[row].Iccid).Where(c => !c.IsNone).Distinct().Skip(1).Any();

    private void Pair(int row, int line)
    {
        var (sheet, expected) = (_rows[row], _lines[line]);
        var ours = expected.Standing == Standing.Unknown ? Standing.InService : expected.Standing;
        Decide(row, sheet.Amount == expected.Amount ? Difference.Matched
            : sheet.Amount.IsZero && sheet.Standing != Standing.Unknown && sheet.Standing != ours ? Difference.StatusDiffers
            : Difference.AmountDiffers, line);
    }

    private Difference WithoutLine(int row) =>
        _several[row] != 0 ? Difference.Ambiguous
        : _rows[row].Amount < Money.Zero || _periods.Covers(_rows[row]) ? Difference.UnexpectedInSheet
        : Difference.OtherPeriod;

    private List<int> OneOrder(List<int> lines) => lines.TrueForAll(l => _lines[l].Order == _lines[lines[0]].Order) ? [lines[0]] : lines;

    private List<int> SameStage(int row, List<int> lines) =>
        _rows[row].Stage is { } stage && lines.FindAll(l => _lines[l].Stage == stage) is { Count: > 0 } same ? same : lines;

    private List<int> SameSign(int row, List<int> lines)
    {
        var negative = _rows[row].Amount < Money.Zero;
        return lines.FindAll(l => _lines[l].Amount < Money.Zero == negative) is { Count: > 0 } same ? same : lines;
    }

    private void Decide(int row, Difference difference, int line) => _decisions[row] = ((int)difference, line);

    private IEnumerable<Mask> Masks() =>
        _rows.Where(row => row.Masked).Select(row => Mask.Of(row.Phone)).Where(mask => mask.IsTelling).Distinct()
            .OrderByDescending(mask => mask.Shown).ThenByDescending(mask => mask.Head);

    private List<Finding> Findings()
    {
        List<Finding> findings = new(_rows.Count);
        for (var row = 0; row < _rows.Count; row++)
        {
            var (difference, line) = _decisions[row];
            var paysLine = (Difference)difference is Difference.Matched or Difference.AmountDiffers or Difference.StatusDiffers;
            findings.Add(new((Difference)difference, line, row, _rows[row].Amount - (paysLine ? _lines[line].Amount : Money.Zero)));
        }
        for (var line = 0; line < _lines.Count; line++)
        {
            if (_rowOf[line] < 0) findings.Add(new(Difference.MissingInSheet, line, -1, -_lines[line].Amount));
        }
        return findings;
    }
}
