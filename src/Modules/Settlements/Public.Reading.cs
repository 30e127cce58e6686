using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>What a distributor is owed (余额).</summary>
/// <param name="Pending">冻结.</param>
/// <param name="Available">可提现; below zero it is a debt.</param>
/// <param name="Paying">提现中.</param>
public sealed record DistributorBalance(Money Pending, Money Available, Money Paying)
{
    public Money Total => Pending + Available + Paying;
}

/// <summary>A day of the payout calendar (放款日历): what becomes available then.</summary>
/// <param name="Date">Null where it is not known yet: the upstream has to confirm first.</param>
public sealed record ReleaseDay(DateOnly? Date, Money Amount, int Orders);

/// <summary>A change of what a distributor is owed, for one stage of an order, or a bonus.</summary>
/// <param name="EntryId">The journal entry.</param>
/// <param name="Number">Its number, once it is sealed.</param>
/// <param name="Period">The month that it is booked in.</param>
/// <param name="OrderNo">Empty for a bonus.</param>
/// <param name="StageKey">The stage's key, or that of the bonus.</param>
/// <param name="Stage">Its name.</param>
/// <param name="Amount">The change in all: zero where pending became available.</param>
/// <param name="Released">The change of the available part.</param>
/// <param name="Late">The month, closed when this was booked, in which it was earned.</param>
public sealed record CommissionLine(
    long EntryId, long? Number, Month Period, Instant At, OrderId? OrderId, string OrderNo, string StageKey, string Stage, string Instance, Role Role,
    Money Amount, Money Released, Month? Late = null);

/// <summary>How an order stands for settlement.</summary>
public sealed record OrderSettled(
    OrderId OrderId, string OrderNo, SettlementState State, Money Pending, Money Available, Money Upstream, Instant AsOf, Refusal? Refusal);

/// <summary>A line of a statement.</summary>
/// <param name="Late">The closed month that it belongs to, but came too late for (补记).</param>
public sealed record StatementLine(Instant At, long EntryId, long? Number, string OrderNo, string Title, Money Amount, Month? Late = null);

/// <summary>A payout in a statement: <paramref name="Net"/> + tax + fee is what left the balance.</summary>
public sealed record StatementPayout(Instant At, long EntryId, long? Number, string Title, Money Net, Money Tax, Money Fee);

/// <summary>
/// What happened to a distributor's balance (pending, available and paying together) in a month, by when it was booked, so that a
/// past month never changes: opening + lines - tax - fees - payouts = closing.
/// </summary>
public sealed record Statement
{
    /// <summary>Throws where it does not add up: then something in the books is wrong, and nobody may be shown a wrong sum.</summary>
    public Statement(
        string distributor, Month month, Money opening, IReadOnlyList<StatementLine> lines, IReadOnlyList<StatementPayout> payouts,
        DistributorBalance closing)
    {
        (Distributor, Month, Opening, Lines, Payouts, Closing) = (distributor, month, opening, lines, payouts, closing);
        var computed = Opening + LinesTotal - Tax - Fees - PaidOut;
        if (computed != Closing.Total)
            throw new InvalidOperationException($"The statement of {month} does not add up: {computed} is not {Closing.Total}.");
    }

    public string Distributor { get; }
    public Month Month { get; }
    public Money Opening { get; }
    public IReadOnlyList<StatementLine> Lines { get; }
    public IReadOnlyList<StatementPayout> Payouts { get; }
    public DistributorBalance Closing { get; }

    public Money LinesTotal => Sum(Lines.Select(l => l.Amount));
    public Money Tax => Sum(Payouts.Select(p => p.Tax));
    public Money Fees => Sum(Payouts.Select(p => p.Fee));

    /// <summary>What has arrived: after tax and fees.</summary>
    public Money PaidOut => Sum(Payouts.Select(p => p.Net));

    /// <summary>As it is handed out: on a page, as a workbook, as a PDF.</summary>
    public Paper ToPaper() => StatementPaper.Of(this);

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
