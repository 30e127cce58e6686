using System.Text.Json;

namespace HaoSuan.Settlements;

/// <summary>A refusal as an order's row keeps it.</summary>
internal static class RefusalText
{
    public static string Write(Refusal refusal) =>
        JsonSerializer.Serialize(new Kept(refusal.Code, [.. refusal.Arguments.Select(a => a.ToString() ?? "")]), Json.Options);

    public static Refusal Read(string text)
    {
        var kept = JsonSerializer.Deserialize<Kept>(text, Json.Options)!;
        return new(kept.Code, [.. kept.Arguments]);
    }

    private sealed record Kept(string Code, IReadOnlyList<string> Arguments);
}
