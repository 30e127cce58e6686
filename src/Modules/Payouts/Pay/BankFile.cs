using System.Text;
using CsvHelper;
using HaoSuan.Distributors;

namespace HaoSuan.Payouts;

/// <summary>
/// Payouts to bank accounts: a file for the bank's batch transfer, and its outcome line by line. Making the file again is
/// harmless: it holds what is approved and has not ended, but for distributors that are frozen.
/// </summary>
public sealed class BankFile(Db db, Vault vault, Tree tree, EndPayout end, TimeProvider time)
{
    public async Task<(string Name, byte[] Content)> ExportAsync(CancellationToken cancel = default)
    {
        var payouts = await db.Payouts.AsNoTracking()
            .Where(p => p.Status == PayoutStatus.Approved && p.Method == PayoutMethod.Bank).OrderBy(p => p.Number).ToListAsync(cancel);
        var frozen = (await tree.AllAsync(cancel)).Where(d => d.Frozen).Select(d => d.Id).ToHashSet();
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.Preamble);
        await using (var csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var heading in new[] { "付款编号", "收款人", "收款账号", "金额", "附言" }) csv.WriteField(heading);
            csv.EndRecord();
            foreach (var payout in payouts.Where(p => !frozen.Contains(p.DistributorId))) await WriteAsync(csv, payout, cancel);
        }
        return ($"payouts-{time.GetUtcNow():yyyyMMddHHmm}.csv", file.ToArray());
    }

    private async Task WriteAsync(CsvWriter csv, PayoutRow payout, CancellationToken cancel)
    {
        var account = await db.PayoutAccounts.AsNoTracking().SingleAsync(a => a.Id == payout.AccountId, cancel);
        csv.WriteField(payout.Number);
        csv.WriteField(await vault.RevealAsync(account.HolderId, "bank file", cancel));
        csv.WriteField(await vault.RevealAsync(account.AccountId, "bank file", cancel));
        csv.WriteField(payout.Net.ToString());
        csv.WriteField("推广服务费");
        csv.EndRecord();
    }

    /// <summary>Takes the bank's word for one payout: paid under its number, or failed for a reason.</summary>
    public Task<Result<Done>> ConfirmAsync(PayoutId id, bool paid, string note, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (string.IsNullOrWhiteSpace(note)) return new Refusal(paid ? "payouts.bank_number_missing" : "payouts.reason_missing").On("note");
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not { Status: PayoutStatus.Approved, Method: PayoutMethod.Bank }) return new Refusal("payouts.not_at_bank");
            if (paid) await end.PaidAsync(payout, note.Trim(), time.Now, cancel);
            else await end.ReturnAsync(payout, PayoutStatus.Failed, note.Trim(), cancel);
            return default(Done);
        }, cancel);
}
