using System.Globalization;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>What is looked for among the vouchers; nothing given finds all.</summary>
/// <param name="Text">A voucher's, an order's, a payment's, a refund's or a channel's number, in full.</param>
/// <param name="Until">Before it.</param>
public sealed record VoucherFilter(
    string? Text = null, string? Channel = null, VoucherKind? Kind = null, Instant? From = null, Instant? Until = null,
    Money? Least = null, Money? Most = null);

/// <summary>A voucher with what belongs to it.</summary>
/// <param name="Related">The other vouchers of the same payment.</param>
/// <param name="BillDay">The day in whose bill the channel has it; null where none has, so far.</param>
/// <param name="HasMessage">Whether the signed message that told of it is kept.</param>
/// <param name="Refunds">What was given back of the payment, or is to be.</param>
/// <param name="Left">What of the payment finance can still give back.</param>
/// <param name="For">What was paid; null for a payout, which has no <paramref name="PaymentId"/> either.</param>
/// <param name="Dispute">Where another amount has arrived than was asked for.</param>
public sealed record VoucherDetail(
    Voucher Voucher, PaymentFor? For, PaymentId? PaymentId, IReadOnlyList<Voucher> Related, DateOnly? BillDay, int? BillLine, bool HasMessage,
    IReadOnlyList<RefundView> Refunds, Money Left, Dispute? Dispute);

/// <summary>What is looked for, as it was typed.</summary>
public sealed record VoucherSearch(string? Q, string? Channel, string? Kind, string? From, string? Until, string? Least, string? Most)
{
    public string Query(int page) => string.Create(CultureInfo.InvariantCulture, $"?q={Escape(Q)}&channel={Escape(Channel)}&kind={Escape(Kind)}")
        + $"&from={Escape(From)}&until={Escape(Until)}&least={Escape(Least)}&most={Escape(Most)}&page={page}";

    private static string Escape(string? text) => Uri.EscapeDataString(text ?? "");
}

/// <summary>A refund as it was typed.</summary>
/// <param name="Key">Of this form: sent twice, it gives back once.</param>
public sealed record RefundForm(string? Amount, string? Reason, string? Key);

/// <summary>What is to become of disputed money, as it was typed.</summary>
public sealed record DisputeForm(string? Decision, string? Reason);

/// <summary>A movement of money at a channel, booked with an entry, of which a voucher is written.</summary>
/// <param name="OrderId">What was paid for, by the id that its module knows it by: an order, a bill of a lease, a payout.</param>
/// <param name="PaymentId">Whose payment or refund it is; null for a payout.</param>
/// <param name="OurNo">The number under which we asked for it.</param>
/// <param name="Proof">The signed message that told of it; a bank tells by a file, which has none.</param>
public sealed record MovedMoney(
    VoucherKind Kind, string Channel, OrderId OrderId, string OrderNo, PaymentId? PaymentId, string OurNo, string ChannelNo, Money Amount, Instant At,
    long EntryId, SignedMessage? Proof);
