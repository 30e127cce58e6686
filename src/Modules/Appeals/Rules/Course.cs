namespace HaoSuan.Appeals;

/// <summary>The course of an appeal: what may happen next, and until when.</summary>
/// <param name="Due">The office's last day.</param>
/// <param name="DaysLeft">The working days that were left when the office asked; the answer gives them back.</param>
internal sealed record Course(AppealState State, DateOnly Due, int DaysLeft, Verdict? Verdict, Instant? DecidedAt, bool WasReopened)
{
    public static Course Begun(DateOnly today, AppealPolicy policy) =>
        new(AppealState.Open, WorkingDays.After(today, policy.WorkingDays), 0, null, null, false);

    public bool IsOpen => State is AppealState.Open or AppealState.NeedsInfo;

    /// <summary>What waits for the distributor is never overdue.</summary>
    public bool IsOverdueOn(DateOnly today) => State == AppealState.Open && Due < today;

    /// <summary>Until when it may be reopened; null where it may not.</summary>
    public Instant? ReopensUntil(AppealPolicy policy) =>
        State == AppealState.Decided && Verdict == Appeals.Verdict.Rejected && !WasReopened ? DecidedAt + TimeSpan.FromDays(policy.ReopenDays) : null;

    /// <summary>Somebody writes; what the distributor writes answers what was asked.</summary>
    public Result<Course> Said(bool byOffice, DateOnly today)
    {
        if (!IsOpen) return NotOpen();
        return State == AppealState.NeedsInfo && !byOffice
            ? this with { State = AppealState.Open, Due = WorkingDays.After(today, Math.Max(1, DaysLeft)), DaysLeft = 0 }
            : this;
    }

    public Result<Course> Asked(DateOnly today)
    {
        if (!IsOpen) return NotOpen();
        return State == AppealState.NeedsInfo ? this : this with { State = AppealState.NeedsInfo, DaysLeft = WorkingDays.Between(today, Due) };
    }

    public Result<Course> Decided(Verdict verdict, Instant now) =>
        IsOpen ? this with { State = AppealState.Decided, DaysLeft = 0, Verdict = verdict, DecidedAt = now } : NotOpen();

    public Result<Course> Withdrawn() => IsOpen ? this with { State = AppealState.Withdrawn, DaysLeft = 0 } : NotOpen();

    public Result<Course> Reopened(DateOnly today, Instant now, AppealPolicy policy)
    {
        if (WasReopened) return new Refusal("appeals.reopened_already");
        if (ReopensUntil(policy) is not { } until) return new Refusal("appeals.not_rejected");
        if (now >= until) return new Refusal("appeals.reopens_no_more", policy.ReopenDays);
        return Begun(today, policy) with { WasReopened = true };
    }

    private static Refusal NotOpen() => new("appeals.not_open");
}
