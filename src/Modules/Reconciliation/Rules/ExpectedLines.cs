using HaoSuan.Settlements;

namespace HaoSuan.Reconciliation;

/// <summary>Names what an upstream owes: one instance of an order's stage.</summary>
internal readonly record struct LineKey(OrderId OrderId, string Stage, string Instance);

/// <summary>What a sheet is expected to pay for that stage.</summary>
internal sealed record ExpectedLine(LineKey Key, Money Amount, DateOnly? EarnedOn = null);

/// <summary>
/// What a sheet is expected to pay: what is booked, less what earlier sheets have accounted for. A stage is expected by the
/// first sheet of the month in which it was earned, or by the next one if it was booked later; what changes afterwards (a
/// clawback, a dispute that is carried on) is expected by the next sheet.
/// </summary>
internal static class ExpectedLines
{
    public static IReadOnlyList<ExpectedLine> Of(
        Month period, IEnumerable<BookedIncome> booked, IReadOnlyDictionary<LineKey, Money> accounted, IReadOnlySet<Month> settledMonths)
    {
        List<ExpectedLine> lines = [];
        HashSet<LineKey> seen = [];
        foreach (var income in booked)
        {
            LineKey key = new(income.OrderId, income.Stage, income.Instance);
            seen.Add(key);
            var isKnown = accounted.TryGetValue(key, out var before);
            if (isKnown || income.Month == period || settledMonths.Contains(income.Month)) Add(key, income.Amount - before, income.EarnedOn);
        }
        foreach (var (key, before) in accounted)
        {
            if (!seen.Contains(key)) Add(key, -before);
        }
        return lines;

        void Add(LineKey key, Money amount, DateOnly? earnedOn = null)
        {
            if (!amount.IsZero) lines.Add(new(key, amount, earnedOn));
        }
    }
}
