namespace HaoSuan.Leases;

/// <summary>
/// Finance takes off a bill what it should not have asked for (更正): a device that was charged as lost has turned up, an inspection was wrong. Also where the
/// lease is over long since.
/// </summary>
public sealed class CorrectBill(Db db, LeaseBook book, LeaseMoney money, Audit audit)
{
    // The channel shows it with the refund.
    private const int LongestReason = 80;

    /// <param name="id">Whose bill.</param>
    /// <param name="number">Which one.</param>
    /// <param name="amount">What is taken off it.</param>
    /// <param name="seen">What had been taken off it when the form was shown: a form that is sent twice corrects once.</param>
    /// <param name="reason">The consumer reads it with the refund.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(
        LeaseId id, int number, Money amount, Money seen, string? reason, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (!Reasons.Read(reason, LongestReason).TryGet(out var words, out var faults)) return faults.ToList();
        var bill = await db.LeaseBills.FirstOrDefaultAsync(b => b.LeaseId == id && b.Number == number, cancel);
        if (bill is null || !IsCorrectable(bill.Kind, bill.State)) return new Refusal("leases.bill_not_correctable").On("corrected");
        if (bill.Corrected != seen) return new Refusal("leases.corrected_meanwhile").On("corrected");
        if (amount <= Money.Zero || amount > bill.Amount - bill.Corrected)
            return new Refusal("leases.correction_amount", bill.Amount - bill.Corrected).On("amount");
        await money.CorrectAsync(lease, bill, amount, words, cancel);
        book.Correct(lease, $"账单 {number} 减 {YuanText.Of(amount)}：{words}");
        audit.Record("lease.corrected", $"lease:{id.Value}", $"{number}: {amount}: {words}");
        return await book.GoOnAsync(lease, cancel) is { } stuck ? stuck : default(Done);
    }, cancel);

    /// <summary>The first bill is called off with its lease, and the price of a device is none before it is bought.</summary>
    internal static bool IsCorrectable(LeaseBillKind kind, LeaseBillState state) =>
        kind != LeaseBillKind.First && state != LeaseBillState.Lapsed && (kind != LeaseBillKind.BuyOut || state == LeaseBillState.Settled);
}
