namespace HaoSuan.Orders;

/// <summary>The facts of an order's withdrawals from its upstream. An answer carries the name of the question: <see cref="FactRow.SourceId"/>.</summary>
internal static class Withdrawing
{
    public const string Asked = "withdrawal_asked";
    public const string Refused = "withdrawal_refused";

    public static bool IsAsked(FactRecorded happened) => happened.Kind == Asked;

    /// <summary>The name of the withdrawal that comes after these facts.</summary>
    public static string Next(IEnumerable<FactRow> facts) => $"withdrawal/{facts.Count(f => f.Kind == Asked) + 1}";

    /// <summary>The latest question that has no answer yet.</summary>
    public static FactRow? Open(IReadOnlyCollection<FactRow> facts) => facts
        .Where(asked => asked.Kind == Asked && !facts.Any(f => f.Kind is Refused or "closed" && f.SourceId == asked.SourceId))
        .MaxBy(asked => asked.RecordedAt);
}
