namespace HaoSuan.Reports;

/// <summary>How old is what is still owed (账龄).</summary>
internal static class Ageing
{
    private const int Buckets = 4;

    /// <summary>
    /// What an account owes at a month's end, by the months that it was booked in: what comes in, or is given up, pays the oldest first,
    /// so that what is left is of the newest. A month counts as thirty days. Where more has come in than was owed, it stands with the newest.
    /// </summary>
    public static Ages Of(IEnumerable<(Month Month, Money Debits)> booked, Money balance, Month end)
    {
        var ages = new Money[Buckets];
        var left = balance;
        foreach (var (month, debits) in booked.OrderByDescending(b => b.Month))
        {
            var part = Money.Max(Money.Zero, Money.Min(left, debits));
            ages[Math.Min(end - month, Buckets - 1)] += part;
            left -= part;
        }
        ages[left < Money.Zero ? 0 : Buckets - 1] += left;
        return new(ages[0], ages[1], ages[2], ages[3]);
    }
}
