namespace HaoSuan.Exceptions;

/// <summary>Somebody of the department takes a case (认领), also from a colleague.</summary>
public sealed class TakeCase
{
    private readonly CaseDesk _desk;
    private readonly CaseSteps _steps;
    private readonly Actor _actor;

    internal TakeCase(CaseDesk desk, CaseSteps steps, Actor actor) => (_desk, _steps, _actor) = (desk, steps, actor);

    public Task<Result<Done>> RunAsync(CaseId id, string key, CancellationToken cancel = default) => _desk.RunAsync(id, key, row =>
    {
        if (row.Owner == _actor.Name) return Task.FromResult<Result<Done>>(default(Done));
        row.Owner = _actor.Name;
        _steps.Add(row, CaseStep.Taken, key: key);
        return Task.FromResult<Result<Done>>(default(Done));
    }, cancel);
}
