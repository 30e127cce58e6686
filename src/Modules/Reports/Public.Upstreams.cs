namespace HaoSuan.Reports;

/// <summary>Income of an upstream's statement.</summary>
/// <param name="Count">How many times it was booked.</param>
/// <param name="Late">The closed month that it belongs to.</param>
public sealed record UpstreamLine(string Product, string Stage, long Count, Money Amount, Month? Late);

/// <summary>What else has moved what the upstream owes: a decision about its sheet, a receipt.</summary>
/// <param name="Kind">收款, 核销, 挂账 …</param>
public sealed record UpstreamChange(Instant At, long? Number, string Kind, string Title, Money Amount, Month? Late);

/// <summary>An upstream's statement (上游对账单) of a month, by when it was booked: opening + income + adjustments - receipts = closing.</summary>
public sealed record UpstreamStatement
{
    /// <summary>Throws where it does not add up to the account's balance.</summary>
    public UpstreamStatement(
        UpstreamId id, string upstream, Month month, Money opening, IReadOnlyList<UpstreamLine> lines, IReadOnlyList<UpstreamChange> changes,
        (long Count, Money Amount) confirmed, Money closing)
    {
        (Id, Upstream, Month, Opening, Lines, Changes, Confirmed, Closing) = (id, upstream, month, opening, lines, changes, confirmed, closing);
        var computed = Opening + Income + Adjusted - Received;
        if (computed != Closing)
            throw new InvalidOperationException($"The upstream's statement of {month} does not add up: {computed} is not {Closing}.");
    }

    /// <summary>What <see cref="UpstreamChange.Kind"/> calls money that has come in.</summary>
    public const string Receipt = "收款";

    public UpstreamId Id { get; }
    public string Upstream { get; }
    public Month Month { get; }
    public Money Opening { get; }
    public IReadOnlyList<UpstreamLine> Lines { get; }
    public IReadOnlyList<UpstreamChange> Changes { get; }

    /// <summary>What the upstream's sheets have confirmed in the month. It moves nothing: the income was booked before.</summary>
    public (long Count, Money Amount) Confirmed { get; }

    public Money Closing { get; }

    public Money Income => Lines.Aggregate(Money.Zero, (sum, l) => sum + l.Amount);
    public Money Adjusted => Changes.Where(c => c.Kind != Receipt).Aggregate(Money.Zero, (sum, c) => sum + c.Amount);
    public Money Received => Changes.Where(c => c.Kind == Receipt).Aggregate(Money.Zero, (sum, c) => sum - c.Amount);
}

/// <summary>What an upstream owes today (应收账龄).</summary>
/// <param name="Owed">The ledger's balance.</param>
/// <param name="Disputed">What of it is contested with the upstream: what it pays too little, less what it pays too much.</param>
/// <param name="LastPaid">When it last paid.</param>
public sealed record UpstreamDebt(UpstreamId Id, string Upstream, Ages Ages, Money Owed, Money Disputed, long DisputedCount, DateOnly? LastPaid);
