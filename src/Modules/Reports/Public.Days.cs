namespace HaoSuan.Reports;

/// <summary>How an order's day compares on its three sides.</summary>
public enum DayVerdict
{
    /// <summary>一致.</summary>
    Even,

    /// <summary>不计入订单: beside what is equal money has moved that the order does not count: it is in suspense, or went back.</summary>
    NotCounted,

    /// <summary>跨日: the money of all days together is equal.</summary>
    OtherDay,

    /// <summary>不一致.</summary>
    Differs,
}

/// <summary>What a day has done to one order: by the order itself, by the vouchers, and by the stock.</summary>
/// <param name="OrderMoney">What the order says it was paid, less what it says went back.</param>
/// <param name="VoucherMoney">The same by vouchers, of money that the order counts.</param>
/// <param name="Uncounted">By vouchers of money that it does not count.</param>
/// <param name="Vouchers">Their numbers.</param>
/// <param name="OrderCards">The cards that the order says were sent from our stock.</param>
/// <param name="StockCards">The cards that left the stock for it.</param>
public sealed record DayOrder(
    OrderId Id, string OrderNo, Money OrderMoney, Money VoucherMoney, Money Uncounted, IReadOnlyList<long> Vouchers, IReadOnlyList<string> OrderCards,
    IReadOnlyList<string> StockCards, DayVerdict Verdict)
{
    public Money Difference => VoucherMoney - OrderMoney;
}

/// <summary>
/// The three-way check of a day (三方核对): orders, vouchers and stock, order by order; what differs first. It ties out:
/// vouchers = orders + the differences + what orders do not count.
/// </summary>
public sealed record DayCheck(DateOnly Day, IReadOnlyList<DayOrder> Orders)
{
    public Money OrderMoney => Sum(o => o.OrderMoney);
    public Money VoucherMoney => Sum(o => o.VoucherMoney + o.Uncounted);
    public Money Uncounted => Sum(o => o.Uncounted);
    public Money Difference => Sum(o => o.Difference);
    public int OrderCards => Orders.Sum(o => o.OrderCards.Count);
    public int StockCards => Orders.Sum(o => o.StockCards.Count);

    public int Count(DayVerdict verdict) => Orders.Count(o => o.Verdict == verdict);

    private Money Sum(Func<DayOrder, Money> of) => Orders.Aggregate(Money.Zero, (sum, order) => sum + of(order));
}
