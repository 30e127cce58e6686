namespace HaoSuan.Exceptions;

/// <summary>Writes down what somebody has found out or done about a case (备注).</summary>
public sealed class NoteCase
{
    private readonly CaseDesk _desk;
    private readonly CaseSteps _steps;

    internal NoteCase(CaseDesk desk, CaseSteps steps) => (_desk, _steps) = (desk, steps);

    public Task<Result<Done>> RunAsync(CaseId id, string text, string key, CancellationToken cancel = default) => _desk.RunAsync(id, key, row =>
    {
        if (NoteRules.Fault(text.Trim(), mayBeEmpty: false) is { } fault) return Task.FromResult<Result<Done>>(fault.On("note"));
        _steps.Add(row, CaseStep.Noted, text.Trim(), key: key);
        return Task.FromResult<Result<Done>>(default(Done));
    }, cancel);
}
