using HaoSuan.Identity;

namespace HaoSuan.Exceptions;

/// <summary>Hands a case over (转交) to a colleague, or to another department, where nobody has it yet. Its deadline stays.</summary>
public sealed class HandOverCase
{
    private readonly CaseDesk _desk;
    private readonly CaseSteps _steps;
    private readonly Departments _departments;
    private readonly Users _users;
    private readonly Outbox _outbox;
    private readonly Actor _actor;

    internal HandOverCase(CaseDesk desk, CaseSteps steps, Departments departments, Users users, Outbox outbox, Actor actor) =>
        (_desk, _steps, _departments, _users, _outbox, _actor) = (desk, steps, departments, users, outbox, actor);

    /// <param name="id">The case.</param>
    /// <param name="to">A department by its policy, or a colleague as the audit log names him.</param>
    /// <param name="note">What they should know.</param>
    /// <param name="key">The form's own name.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(CaseId id, string to, string note, string key, CancellationToken cancel = default) =>
        _desk.RunAsync(id, key, async row =>
        {
            if (NoteRules.Fault(note.Trim(), mayBeEmpty: true) is { } fault) return fault.On("handNote");
            if (_departments.All.Contains(to))
            {
                (row.Department, row.Owner) = (to, null);
                _steps.Add(row, CaseStep.HandedOver, note.Trim(), department: to, key: key);
                _outbox.Publish(new CaseHandedOver(id, row.Kind, row.Subject, to, null, _actor.Name, row.DueAt));
                return default(Done);
            }
            var colleague = (await _users.WhoMayAsync(Policies.Cases, cancel)).FirstOrDefault(u => u.Actor == to && u.Active);
            if (colleague is null) return new Refusal("exceptions.nobody_to_hand_to").On("to");
            row.Owner = to;
            _steps.Add(row, CaseStep.HandedOver, note.Trim(), person: to, key: key);
            _outbox.Publish(new CaseHandedOver(id, row.Kind, row.Subject, row.Department, to, _actor.Name, row.DueAt));
            return default(Done);
        }, cancel);
}
