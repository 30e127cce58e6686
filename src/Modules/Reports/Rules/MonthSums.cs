using HaoSuan.Ledger;

namespace HaoSuan.Reports;

/// <summary>Sums over a month's postings.</summary>
internal static class MonthSums
{
    public const string Income = "income:";
    public const string Expenses = "expense:";

    private static readonly string[] ByRuns = ["settle", "bonus"];
    private static readonly string[] ByRefunds = ["refund-decided", "refund-replaced"];
    private static readonly string[] ByPayouts = ["payout-requested", "payout-paid", "payout-returned"];

    private static readonly HashSet<string> Known =
    [
        Accounts.CardSales.Code, Accounts.UpstreamCommission.Code, Accounts.Rental.Code, Accounts.LeasePenalty.Code, Accounts.Damage.Code,
        Accounts.DeviceSales.Code, Accounts.Penalty.Code, Accounts.PayoutFee.Code, Accounts.Commission.Code, Accounts.GatewayFee.Code, Accounts.WriteOff.Code,
    ];

    public static MonthFigures Figures(IReadOnlyList<Moved> moved)
    {
        var runs = moved.Where(m => IsDistributors(m) && ByRuns.Contains(m.Kind)).ToList();
        Money Role(string role) => -Sum(runs.Where(m => m.Role == role));
        Money Of(Account account, Func<Moved, bool> which) => Sum(moved.Where(m => m.Code == account.Code && which(m)));
        return new(
            Sales: -Of(Accounts.CardSales, m => !ByRefunds.Contains(m.Kind)),
            Refunds: Of(Accounts.CardSales, m => ByRefunds.Contains(m.Kind)),
            RefundsPaid: -Sum(moved.Where(m => m.Kind == "refund" && m.Code.StartsWith("asset:gateway:", StringComparison.Ordinal))),
            Settled: -Of(Accounts.UpstreamCommission, m => m.Kind == "settle"),
            Reconciled: -Of(Accounts.UpstreamCommission, m => m.Kind != "settle"),
            Rental: -Of(Accounts.Rental, _ => true), LeasePenalty: -Of(Accounts.LeasePenalty, _ => true),
            Damage: -Of(Accounts.Damage, _ => true), DeviceSales: -Of(Accounts.DeviceSales, _ => true),
            Sale: Role("sale"), Spread: Role("spread"), Peer: Role("peer"), Bonus: Role("bonus"),
            OtherCommission: Of(Accounts.Commission, m => !ByRuns.Contains(m.Kind)),
            Penalty: -Role("penalty") - Of(Accounts.Penalty, m => !ByRuns.Contains(m.Kind)),
            PayoutFee: -Of(Accounts.PayoutFee, _ => true),
            GatewayFee: Of(Accounts.GatewayFee, _ => true),
            WriteOff: Of(Accounts.WriteOff, _ => true),
            Other: -Sum(moved.Where(m => IsResult(m) && !Known.Contains(m.Code))),
            TaxWithheld: -Of(Accounts.TaxWithheld, _ => true));
    }

    /// <summary>The margin of each group, the largest first; what has no key, because it belongs to no order, is the last.</summary>
    public static List<MarginRow> Margins(IReadOnlyList<Moved> moved, Func<Moved, Guid?> key, Func<Guid, string> name) =>
    [
        .. from m in moved
           where IsResult(m)
           group m by key(m) into g
           let row = Row(g.Key is { } id ? name(id) : "不属于任何订单", [.. g])
           orderby g.Key is null, row.Margin descending, row.Name
           select row,
    ];

    /// <summary>What a distributor's accounts were moved by.</summary>
    public static PayableRow Payable(DistributorId id, string name, IReadOnlyList<Moved> moved, Func<Account, Money> owed)
    {
        var runs = moved.Where(m => ByRuns.Contains(m.Kind)).ToList();
        Money Role(string role) => -Sum(runs.Where(m => m.Role == role));
        return new(
            id, name, Role("sale"), Role("spread"), Role("peer"), Role("bonus"), Role("penalty"),
            Other: -Sum(moved.Where(m => !ByRuns.Contains(m.Kind) && !ByPayouts.Contains(m.Kind))),
            Paid: Sum(moved.Where(m => ByPayouts.Contains(m.Kind))),
            owed(Accounts.Pending(id)), owed(Accounts.Available(id)), owed(Accounts.Paying(id)));
    }

    public static Money Sum(IEnumerable<Moved> moved) => moved.Aggregate(Money.Zero, (sum, m) => sum + m.Amount);

    public static bool IsDistributors(Moved moved) => moved.Code.StartsWith(Accounts.Distributors, StringComparison.Ordinal);

    private static bool IsResult(Moved moved) =>
        moved.Code.StartsWith(Income, StringComparison.Ordinal) || moved.Code.StartsWith(Expenses, StringComparison.Ordinal);

    private static MarginRow Row(string name, List<Moved> of)
    {
        Money Sum(params ReadOnlySpan<Account> accounts)
        {
            var sum = Money.Zero;
            foreach (var account in accounts) sum += MonthSums.Sum(of.Where(m => m.Code == account.Code));
            return sum;
        }
        var (sales, upstream, commission) =
            (-Sum(Accounts.CardSales), -Sum(Accounts.UpstreamCommission), Sum(Accounts.Commission, Accounts.Penalty));
        return new(name, sales, upstream, commission, -MonthSums.Sum(of) - sales - upstream + commission);
    }
}
