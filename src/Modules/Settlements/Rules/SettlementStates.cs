using HaoSuan.Settling;

namespace HaoSuan.Settlements;

internal static class SettlementStates
{
    /// <param name="target">What is booked for the order.</param>
    /// <param name="wasBooked">Whether anything was ever booked for it.</param>
    public static SettlementState Of(IReadOnlyList<Line> target, bool wasBooked)
    {
        if (target.Any(line => line.Key.State == State.Pending)) return SettlementState.Pending;
        if (Sum(target, State.Available) > Money.Zero) return SettlementState.Settled;
        return wasBooked ? SettlementState.TakenBack : SettlementState.None;
    }

    public static Money Sum(IEnumerable<Line> lines, State state)
    {
        var sum = Money.Zero;
        foreach (var line in lines)
        {
            if (line.Key.State == state) sum += line.Amount;
        }
        return sum;
    }
}
