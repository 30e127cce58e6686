namespace HaoSuan.Payments;

/// <summary>A line of a channel's bill as we read it.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="OurNo">Our number of the payment or the refund; empty where the line names none.</param>
/// <param name="ChannelNo">The channel's number of it.</param>
/// <param name="Amount">What it moves for us: what goes out is negative.</param>
/// <param name="Fee">What the channel keeps for it; negative where it gives a fee back.</param>
/// <param name="Words">What the channel calls it.</param>
/// <param name="Balance">What the account held afterwards, in a fund flow.</param>
internal sealed record BillLine(
    int Line, BillLineType Type, string OurNo, string ChannelNo, Instant At, Money Amount, Money Fee, string Words, Money? Balance = null);
