namespace HaoSuan.Payments;

/// <summary>What a line of a channel's bill is about.</summary>
public enum BillLineType
{
    Payment,
    Refund,

    /// <summary>In a fund flow: what the channel keeps.</summary>
    Fee,

    /// <summary>Neither: a withdrawal to the bank, a transfer, a refund that failed.</summary>
    Other,
}

/// <summary>How a day's voucher, bill and ledger differ.</summary>
public enum DayDifference
{
    /// <summary>The channel's bill has it, no voucher of ours has.</summary>
    NotWithUs,

    /// <summary>We have a voucher, the channel's bill has no line for it.</summary>
    NotInBill,

    /// <summary>Both have it, with other amounts.</summary>
    AmountDiffers,

    /// <summary>Both have it, on other days: the sums of both days differ, those of both together do not.</summary>
    OtherDay,

    /// <summary>The channel keeps another fee than was agreed.</summary>
    FeeDiffers,

    /// <summary>The ledger moves the channel's account otherwise than the vouchers say.</summary>
    LedgerDiffers,
}

/// <summary>In, out and fee of a day, of one of the three sides.</summary>
public readonly record struct DaySums(Money In, Money Out, Money Fee)
{
    /// <summary>What is left in the channel's account of the day's movements.</summary>
    public Money Net => In + Out - Fee;
}

/// <summary>A channel's day in the list.</summary>
/// <param name="Open">How many differences wait for somebody.</param>
public sealed record ChannelDay(
    string Channel, DateOnly Day, DayState State, string? Trouble, Instant? CheckedAt, DaySums Vouchers, DaySums Bill, DaySums Ledger, int Open);

/// <summary>A difference of a day as finance sees it.</summary>
public sealed record DayDifferenceView(
    Guid Id, DayDifference Class, BillLineType Type, string OurNo, string ChannelNo, Money Ours, Money Theirs, long? Voucher, int? Line,
    bool IsGone, string? Explanation)
{
    public Money Effect => Theirs - Ours;
}

/// <summary>A line of a bill as finance sees it.</summary>
public sealed record BillLineView(int Line, BillLineType Type, string OurNo, string ChannelNo, Instant At, Money Amount, Money Fee, string Words);

/// <summary>What a fund flow moves under one name.</summary>
public sealed record FundSum(string Words, BillLineType Type, int Count, Money Amount);
