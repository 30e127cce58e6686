namespace HaoSuan.Payouts;

/// <summary>
/// A batch's file for the bank. Once it is handed over its payments count as sent; whoever is held by then is taken out of the batch. The file holds
/// what was handed over and has not ended, so that a later one asks for nothing that was paid or refused.
/// </summary>
public sealed class BatchFile(Db db, Vault vault, Holds holds, Audit audit, TimeProvider time)
{
    /// <summary>False: there is no such batch, or it has no file.</summary>
    public Task<bool> HandOverAsync(Guid batchId, CancellationToken cancel = default) => db.InTransaction(() => SendAsync(batchId, cancel), cancel);

    /// <summary>Null: there is no such batch, or it has no file.</summary>
    public Task<(string Name, byte[] Content)?> ExportAsync(Guid batchId, CancellationToken cancel = default) =>
        db.InTransaction(() => WriteAsync(batchId, cancel), cancel);

    private async Task<bool> SendAsync(Guid batchId, CancellationToken cancel)
    {
        var batch = await db.PayoutBatches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == batchId, cancel);
        if (BankFormats.Find(batch?.Format) is null) return false;
        var payouts = await db.Payouts.Where(p => p.BatchId == batchId && p.IsOpen && p.SentAt == null).OrderBy(p => p.Number).ForUpdate()
            .ToListAsync(cancel);
        var held = await holds.OfAsync(payouts.Select(p => p.DistributorId), cancel);
        foreach (var payout in payouts)
        {
            if (held.TryGetValue(payout.DistributorId, out var hold))
            {
                payout.BatchId = null;
                audit.Record("payout.held", $"payout:{payout.Id.Value}", hold.ToString());
            }
            else payout.SentAt = time.Now;
        }
        return true;
    }

    private async Task<(string Name, byte[] Content)?> WriteAsync(Guid batchId, CancellationToken cancel)
    {
        var batch = await db.PayoutBatches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == batchId, cancel);
        if (BankFormats.Find(batch?.Format) is not { } format) return null;
        var payouts = await db.Payouts.AsNoTracking().Where(p => p.BatchId == batchId && p.IsOpen && p.SentAt != null).OrderBy(p => p.Number)
            .ToListAsync(cancel);
        List<BankOrder> orders = [];
        foreach (var payout in payouts)
        {
            var account = await db.PayoutAccounts.AsNoTracking().SingleAsync(a => a.Id == payout.AccountId, cancel);
            orders.Add(new(
                payout.Reference, await vault.RevealAsync(account.HolderId, "bank file", cancel),
                await vault.RevealAsync(account.AccountId, "bank file", cancel), payout.Net));
        }
        return ($"{batch!.Number}.{format.Extension}", format.Write(orders));
    }
}
