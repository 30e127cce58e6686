namespace HaoSuan.Exceptions;

/// <summary>What people call states and steps.</summary>
internal static class CaseWords
{
    public static string Of(CaseStep step) => step switch
    {
        CaseStep.Opened => "发现",
        CaseStep.Taken => "认领",
        CaseStep.HandedOver => "转交",
        CaseStep.Noted => "备注",
        CaseStep.Resolved => "解决",
        CaseStep.Vanished => "自动消除",
        CaseStep.Reopened => "再次出现",
        CaseStep.Overdue => "超时",
    };

    /// <summary>Who did it, in words.</summary>
    /// <param name="actor">As the audit log names them.</param>
    /// <param name="people">What users are called.</param>
    public static string Of(string actor, IReadOnlyDictionary<string, string> people) =>
        people.GetValueOrDefault(actor) ?? (actor.StartsWith("job:", StringComparison.Ordinal) ? "系统比对" : actor);

    /// <summary>What is said to a step beside its text.</summary>
    public static string? About(CaseEvent happened, IReadOnlyDictionary<string, string> people) => happened switch
    {
        { ToDepartment: { } department } => $"转给{Departments.NameOf(department)}",
        { ToPerson: { } person } => $"转给 {Of(person, people)}",
        { Step: CaseStep.Vanished } => "比对不再发现这个问题",
        { Step: CaseStep.Reopened } => "比对又发现了这个问题，或涉及的金额变了",
        { Step: CaseStep.Overdue } => "超过处理期限，已再次通知部门",
        _ => null,
    };
}
