namespace HaoSuan.Exceptions;

/// <summary>
/// A person has dealt with a case (解决) and says how. It stays resolved while the comparison finds it unchanged; it is opened again
/// when it comes back, or when other money is at stake.
/// </summary>
public sealed class ResolveCase
{
    private readonly CaseDesk _desk;
    private readonly CaseSteps _steps;
    private readonly Audit _audit;
    private readonly Actor _actor;
    private readonly TimeProvider _time;

    internal ResolveCase(CaseDesk desk, CaseSteps steps, Audit audit, Actor actor, TimeProvider time) =>
        (_desk, _steps, _audit, _actor, _time) = (desk, steps, audit, actor, time);

    public Task<Result<Done>> RunAsync(CaseId id, string reason, string key, CancellationToken cancel = default) => _desk.RunAsync(id, key, row =>
    {
        if (NoteRules.Fault(reason.Trim(), mayBeEmpty: false) is { } fault) return Task.FromResult<Result<Done>>(fault.On("reason"));
        row.Owner ??= _actor.Name;
        (row.State, row.ClosedAt) = (CaseState.Resolved, _time.Now);
        _steps.Add(row, CaseStep.Resolved, reason.Trim(), key: key);
        _audit.Record("case.resolved", $"case:{id.Value}", $"{row.Kind} {row.Key}");
        return Task.FromResult<Result<Done>>(default(Done));
    }, cancel);
}
