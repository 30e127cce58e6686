namespace HaoSuan.Distributors;

/// <summary>A reason that somebody writes down.</summary>
internal static class Reasons
{
    public const int Longest = 200;

    public static Refusal? Fault(string? reason, string field = "reason") => reason?.Trim() is { Length: > 0 and <= Longest }
        ? null
        : new Refusal("distributors.reason_missing", Longest).On(field);
}
