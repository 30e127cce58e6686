using HaoSuan.Identity;

namespace HaoSuan.Exceptions;

/// <summary>What every step of a person with a case has in common: the case is locked, is open, and is that person's work.</summary>
internal sealed class CaseDesk(Db db, Users users, Actor actor)
{
    /// <param name="id">The case.</param>
    /// <param name="key">The form's own name: what was done by it is done.</param>
    /// <param name="act">What is done.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(CaseId id, string key, Func<CaseRow, Task<Result<Done>>> act, CancellationToken cancel) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.Cases.Where(c => c.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } row) return new Refusal("exceptions.unknown");
            if (await db.Steps.AnyAsync(s => s.CaseId == id && s.RequestKey == key, cancel)) return default(Done);
            if (row.State != CaseState.Open) return new Refusal("exceptions.not_open");
            return await MayActAsync(row.Department, row.Owner, cancel) ? await act(row) : new Refusal("exceptions.other_department");
        }, cancel);

    /// <summary>Whoever has it, and everybody of the department whose work it is.</summary>
    public async Task<bool> MayActAsync(string department, string? owner, CancellationToken cancel) =>
        owner == actor.Name || (await users.WhoMayAsync(department, cancel)).Any(u => u.Actor == actor.Name);
}
