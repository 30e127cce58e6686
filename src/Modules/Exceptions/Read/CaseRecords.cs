using HaoSuan.Notifications;

namespace HaoSuan.Exceptions;

/// <summary>Cases as people read them.</summary>
public sealed class CaseRecords
{
    private readonly Db _db;
    private readonly NotificationWords _words;
    private readonly IEnumerable<Comparer> _comparers;
    private readonly TimeProvider _time;

    internal CaseRecords(Db db, NotificationWords words, IEnumerable<Comparer> comparers, TimeProvider time) =>
        (_db, _words, _comparers, _time) = (db, words, comparers, time);

    /// <summary>What is open, the most urgent first; then what is over, the newest first.</summary>
    public async Task<IReadOnlyList<CaseSummary>> ListAsync(CaseFilter filter, int skip, int take, CancellationToken cancel = default) =>
        [.. (await Filtered(filter).AsNoTracking().OrderBy(c => c.State).ThenBy(c => c.State == CaseState.Open ? (Instant?)c.DueAt : null)
            .ThenByDescending(c => c.ClosedAt).ThenBy(c => c.Id).Skip(skip).Take(take).ToListAsync(cancel)).Select(Summary)];

    public async Task<CaseSum> SumAsync(CaseFilter filter, CancellationToken cancel = default) =>
        new(await Filtered(filter).CountAsync(cancel), new(await Filtered(filter).SumAsync(c => c.Amount.Minor, cancel)));

    public async Task<CaseDetail?> FindAsync(CaseId id, CancellationToken cancel = default)
    {
        if (await _db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return null;
        var history = await _db.Steps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Number)
            .Select(s => new CaseEvent(s.Step, s.Actor, s.At, s.Text, s.ToDepartment, s.ToPerson)).ToListAsync(cancel);
        return new(Summary(row), _words.Of($"{row.Kind}_what", row.ReadValues()), _words.Of($"{row.Kind}_do", row.ReadValues()), history);
    }

    /// <summary>What is open and belongs to these departments.</summary>
    public async Task<CaseCount> CountAsync(IReadOnlyCollection<string> departments, CancellationToken cancel = default)
    {
        var now = _time.Now;
        var open = await _db.Cases.Where(c => c.State == CaseState.Open && departments.Contains(c.Department))
            .GroupBy(c => new { IsLate = c.DueAt <= now, IsNobodys = c.Owner == null })
            .Select(g => new { g.Key.IsLate, g.Key.IsNobodys, Count = g.Count(), Sum = g.Sum(c => c.Amount.Minor) }).ToListAsync(cancel);
        return new(
            open.Sum(g => g.Count), open.Where(g => g.IsLate).Sum(g => g.Count), open.Where(g => g.IsNobodys).Sum(g => g.Count),
            new(open.Sum(g => g.Sum)));
    }

    /// <summary>The kinds that there are, in words, by their names.</summary>
    public IReadOnlyList<(string Name, string Text)> Kinds() =>
        [.. _comparers.SelectMany(c => c.Kinds).Append(CompareAll.Broken).Select(k => (k.Name, _words.Of(k.Name)))];

    /// <summary>How the last run of every comparison went.</summary>
    public async Task<IReadOnlyList<ComparisonRun>> RunsAsync(CancellationToken cancel = default)
    {
        var runs = await _db.Comparisons.AsNoTracking().ToDictionaryAsync(c => c.Name, cancel);
        return [.. _comparers.Select(c => new ComparisonRun(
            [.. c.Kinds.Select(k => _words.Of(k.Name))], runs.GetValueOrDefault(c.Name)?.RanAt,
            runs.GetValueOrDefault(c.Name)?.Failed == true, runs.GetValueOrDefault(c.Name)?.EndedEarly == true))];
    }

    private IQueryable<CaseRow> Filtered(CaseFilter filter)
    {
        var (cases, now) = (_db.Cases.AsQueryable(), _time.Now);
        if (filter.State is { } state) cases = cases.Where(c => c.State == state);
        if (filter.Overdue) cases = cases.Where(c => c.State == CaseState.Open && c.DueAt <= now);
        if (filter.Standing) cases = cases.Where(c => c.State == CaseState.Resolved && c.IsFound);
        if (filter.Department is { Length: > 0 } department) cases = cases.Where(c => c.Department == department);
        if (filter.Kind is { Length: > 0 } kind) cases = cases.Where(c => c.Kind == kind);
        if (filter.Owner is { } owner) cases = owner.Length == 0 ? cases.Where(c => c.Owner == null) : cases.Where(c => c.Owner == owner);
        var text = filter.Text?.Trim().ToUpperInvariant();
        return string.IsNullOrEmpty(text) ? cases : cases.Where(c => c.Subject == text);
    }

    private CaseSummary Summary(CaseRow row) => new(
        row.Id, row.Kind, _words.Of(row.Kind), row.Subject, row.Href, row.Department, row.Owner, row.State, row.IsFound,
        row.State == CaseState.Open && row.DueAt <= _time.Now, row.Amount, row.Since, row.OpenedAt, row.DueAt, row.ClosedAt);
}
