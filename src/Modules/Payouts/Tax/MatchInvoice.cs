namespace HaoSuan.Payouts;

/// <summary>
/// An invoice of the company has been matched with its payout: only then may it be approved. Whoever reads invoices calls this, or finance that
/// has the invoice in hand; the first one stays.
/// </summary>
public sealed class MatchInvoice(Db db, Audit audit)
{
    private const int Longest = 40;

    public Task<Result<Done>> RunAsync(PayoutId id, string invoiceNo, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var number = invoiceNo.Trim();
            if (number.Length is < 8 or > Longest || !number.All(char.IsAsciiLetterOrDigit)) return new Refusal("payouts.invoice_number").On("invoice_no");
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not { Status: PayoutStatus.Requested or PayoutStatus.Checked }) return new Refusal("payouts.not_requested");
            if (payout.InvoiceNo == number) return default(Done);
            if (payout.InvoiceNo is not null) return new Refusal("payouts.invoice_matched", payout.InvoiceNo).On("invoice_no");
            if (await db.Payouts.AnyAsync(p => p.InvoiceNo == number && p.DistributorId != payout.DistributorId, cancel))
                return new Refusal("payouts.invoice_of_other", number).On("invoice_no");
            payout.InvoiceNo = number;
            audit.Record("payout.invoice_matched", $"payout:{id.Value}", number);
            return default(Done);
        }, cancel);
}
