namespace HaoSuan.Reports;

/// <summary>What a month has brought, in the accounts' own words. Debits and credits are signed so that a sum reads as people say it.</summary>
/// <param name="Sales">Paid by consumers for cards (售卡).</param>
/// <param name="Refunds">Of that, decided to be given back.</param>
/// <param name="RefundsPaid">What has reached consumers: a matter of channels, not of income.</param>
/// <param name="Settled">Upstream income that settlement has booked.</param>
/// <param name="Reconciled">Upstream income that sheets have paid beyond it.</param>
/// <param name="LeasePenalty">Late fees of leases, and months that are missing to their shortest term.</param>
/// <param name="Damage">To leased devices, or for those that did not come back.</param>
/// <param name="DeviceSales">Leased devices that were bought out.</param>
/// <param name="OtherCommission">Commission that no run has posted: corrections.</param>
/// <param name="Other">Income less expenses of accounts that the report does not know.</param>
/// <param name="TaxWithheld">Withheld from payouts; a debt to the tax office, not income.</param>
public sealed record MonthFigures(
    Money Sales, Money Refunds, Money RefundsPaid, Money Settled, Money Reconciled,
    Money Rental, Money LeasePenalty, Money Damage, Money DeviceSales,
    Money Sale, Money Spread, Money Peer, Money Bonus, Money OtherCommission, Money Penalty,
    Money PayoutFee, Money GatewayFee, Money WriteOff, Money Other, Money TaxWithheld)
{
    public Money CardSales => Sales - Refunds;
    public Money Upstream => Settled + Reconciled;
    public Money Commission => Sale + Spread + Peer + Bonus + OtherCommission;
    public Money Leases => Rental + LeasePenalty + Damage + DeviceSales;
    public Money Income => CardSales + Upstream + Leases + Penalty + PayoutFee;

    /// <summary>毛利: income less expenses.</summary>
    public Money Margin => Income - Commission - GatewayFee - WriteOff + Other;
}

/// <summary>The margin of what belongs together: a product, an upstream, or what belongs to no order.</summary>
/// <param name="Commission">With bonuses, less penalties.</param>
/// <param name="Other">Fees, leases, write-offs.</param>
public sealed record MarginRow(string Name, Money CardSales, Money Upstream, Money Commission, Money Other)
{
    public Money Margin => CardSales + Upstream - Commission + Other;
}

/// <summary>A distributor's month, and what is owed to it at the end.</summary>
/// <param name="Other">What neither a run nor a payout has moved: corrections.</param>
/// <param name="Paid">What has left the balance: net, tax and fee.</param>
public sealed record PayableRow(
    DistributorId Id, string Name, Money Sale, Money Spread, Money Peer, Money Bonus, Money Penalty, Money Other, Money Paid,
    Money Pending, Money Available, Money Paying)
{
    public Money Earned => Sale + Spread + Peer + Bonus + Penalty + Other;
    public Money Owed => Pending + Available + Paying;
}

/// <summary>What an upstream owes at the end of a month, by age (账龄).</summary>
/// <param name="Moved">By how much it has changed in the month.</param>
public sealed record ReceivableRow(UpstreamId Id, string Name, Money Opening, Money Moved, Ages Ages)
{
    public Money Closing => Opening + Moved;
}

/// <summary>An amount by the month that it was earned in: this one, the one before, two before, earlier.</summary>
public sealed record Ages(Money To30, Money To60, Money To90, Money Over90)
{
    public Money Total => To30 + To60 + To90 + Over90;
}

/// <summary>What was booked in the month for a closed one (补记).</summary>
public sealed record LateMonth(Month Month, int Lines, Money Upstream, Money Commission);

/// <summary>An account that waits for a decision (挂账), with its balance.</summary>
public sealed record SuspenseRow(string Name, Money Balance);

/// <summary>One figure of the report beside the ledger's (与总账核对).</summary>
public sealed record Tie(string Item, Money Report, Money Ledger);

/// <summary>
/// The operator's settlement report (结算报告) of a month. What it splits by product, role and distributor comes from postings one by
/// one; each total is compared with the ledger's balances of the month.
/// </summary>
public sealed record MonthReport
{
    /// <summary>Throws where a total is not the ledger's: then nobody may be shown either.</summary>
    public MonthReport(
        string issuer, Month month, bool isClosed, MonthFigures figures, IReadOnlyList<MarginRow> products, IReadOnlyList<MarginRow> upstreams,
        IReadOnlyList<PayableRow> payables, IReadOnlyList<ReceivableRow> receivables, IReadOnlyList<SuspenseRow> suspense,
        IReadOnlyList<LateMonth> late, IReadOnlyList<Tie> ties)
    {
        (Issuer, Month, IsClosed, Figures) = (issuer, month, isClosed, figures);
        (Products, Upstreams, Payables, Receivables) = (products, upstreams, payables, receivables);
        (Suspense, Late, Ties) = (suspense, late, ties);
        if (ties.FirstOrDefault(t => t.Report != t.Ledger) is { } tie)
            throw new InvalidOperationException($"The report of {month} is not the ledger's: {tie.Item} is {tie.Report}, there {tie.Ledger}.");
    }

    public string Issuer { get; }
    public Month Month { get; }

    /// <summary>Nothing of it changes any more.</summary>
    public bool IsClosed { get; }

    public MonthFigures Figures { get; }
    public IReadOnlyList<MarginRow> Products { get; }
    public IReadOnlyList<MarginRow> Upstreams { get; }
    public IReadOnlyList<PayableRow> Payables { get; }
    public IReadOnlyList<ReceivableRow> Receivables { get; }
    public IReadOnlyList<SuspenseRow> Suspense { get; }
    public IReadOnlyList<LateMonth> Late { get; }
    public IReadOnlyList<Tie> Ties { get; }
}

/// <summary>A month in the list of reports.</summary>
public sealed record MonthSummary(Month Month, Money Income, Money Expenses, bool IsClosed)
{
    public Money Margin => Income - Expenses;
}
