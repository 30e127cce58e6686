namespace HaoSuan.Exceptions;

/// <summary>Writes the history of cases, with the transaction of what happens.</summary>
internal sealed class CaseSteps(Db db, Actor actor, Outbox outbox, TimeProvider time)
{
    /// <param name="row">The case, locked or new.</param>
    /// <param name="step">What happens.</param>
    /// <param name="text">What is said to it.</param>
    /// <param name="department">To which department it goes.</param>
    /// <param name="person">To whom it goes, as the audit log names them.</param>
    /// <param name="key">The form's own name for it; null: each is one of its own.</param>
    public void Add(CaseRow row, CaseStep step, string text = "", string? department = null, string? person = null, string? key = null)
    {
        if (step is CaseStep.Taken or CaseStep.Resolved or CaseStep.Vanished) outbox.Publish(new CaseSettled(row.Id));
        var number = ++row.StepCount;
        db.Add(new StepRow
        {
            CaseId = row.Id,
            Number = number,
            Step = step,
            Actor = actor.Name,
            At = time.Now,
            Text = text,
            ToDepartment = department,
            ToPerson = person,
            RequestKey = key ?? $"#{number}",
        });
    }
}
