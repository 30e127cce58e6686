namespace HaoSuan.Leases;

/// <summary>A reason that somebody writes down.</summary>
internal static class Reasons
{
    private const int Longest = 200;

    public static Result<string> Read(string? typed, int longest = Longest) =>
        typed?.Trim() is { Length: > 0 } words && words.Length <= longest ? words : new Refusal("leases.reason_required", longest).On("reason");
}
