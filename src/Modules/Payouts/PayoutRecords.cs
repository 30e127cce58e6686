using System.Text.Json;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>What is known of payouts: read models for the distributor, for finance and for statements.</summary>
public sealed class PayoutRecords(Db db, Vault vault)
{
    public async Task<IReadOnlyList<PayoutView>> OfAsync(DistributorId distributor, int take = 50, CancellationToken cancel = default) =>
        await ViewAsync(db.Payouts.Where(p => p.DistributorId == distributor).OrderByDescending(p => p.RequestedAt).Take(take), cancel);

    /// <summary>Those that wait for finance or the bank first, then the newest.</summary>
    public async Task<IReadOnlyList<PayoutView>> AllAsync(PayoutStatus? status, int skip, int take, CancellationToken cancel = default)
    {
        var payouts = status is { } one ? db.Payouts.Where(p => p.Status == one) : db.Payouts;
        return await ViewAsync(payouts.OrderByDescending(p => p.IsOpen).ThenByDescending(p => p.RequestedAt).Skip(skip).Take(take), cancel);
    }

    /// <summary>How many wait for finance to decide, and how much they ask for.</summary>
    public async Task<(int Count, Money Amount)> WaitingAsync(CancellationToken cancel = default)
    {
        var waiting = db.Payouts.Where(p => p.Status == PayoutStatus.Requested || p.Status == PayoutStatus.Checked);
        return (await waiting.CountAsync(cancel), new(await waiting.SumAsync(p => p.Amount.Minor, cancel)));
    }

    public async Task<PayoutView?> FindAsync(PayoutId id, CancellationToken cancel = default) =>
        (await ViewAsync(db.Payouts.Where(p => p.Id == id), cancel)).SingleOrDefault();

    /// <summary>Where the distributor's payouts go, masked; null where nothing was set yet.</summary>
    public async Task<(PayoutMethod Method, string Account)?> AccountOfAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        if (await db.AccountOfAsync(distributor, cancel) is not { } account) return null;
        var masked = await vault.MaskedAsync([account.HolderId, account.AccountId], cancel);
        return (account.Method, $"{masked[account.HolderId]} {masked[account.AccountId]}");
    }

    /// <summary>Whether WeChat has told who the distributor is.</summary>
    public Task<bool> HasWalletAsync(DistributorId distributor, CancellationToken cancel = default) =>
        db.PayoutWallets.AnyAsync(w => w.DistributorId == distributor, cancel);

    /// <summary>What went out in the period, for the distributor's statement.</summary>
    public async Task<IReadOnlyList<PaidOut>> PaidAsync(DistributorId distributor, Instant from, Instant until, CancellationToken cancel = default)
    {
        var paid = await db.Payouts.AsNoTracking()
            .Where(p => p.DistributorId == distributor && p.Status == PayoutStatus.Paid && p.EndedAt >= from && p.EndedAt < until)
            .OrderBy(p => p.EndedAt).ToListAsync(cancel);
        return [.. paid.Select(p => new PaidOut(p.DistributorId, p.Number, p.Net, p.Tax, p.Fee, p.EndedAt!.Value))];
    }

    private async Task<IReadOnlyList<PayoutView>> ViewAsync(IQueryable<PayoutRow> query, CancellationToken cancel)
    {
        var rows = await query.AsNoTracking().ToListAsync(cancel);
        var ids = rows.Select(r => r.AccountId).Distinct().ToList();
        var accounts = await db.PayoutAccounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var masked = await vault.MaskedAsync([.. accounts.Values.SelectMany(a => new[] { a.HolderId, a.AccountId })], cancel);
        return [.. rows.Select(r => new PayoutView(
            r.Id, r.Number, r.DistributorId, r.Amount, r.Tax, r.Fee, r.Net, r.Status, r.Method,
            $"{masked[accounts[r.AccountId].HolderId]} {masked[accounts[r.AccountId].AccountId]}",
            r.RequestedAt, r.DecidedAt, r.EndedAt, r.Reason, r.TaxExplanation, r.NeedsSecond, r.SentAt, r.Reference, r.Attempt, r.BatchId,
            r.Confirmation is { } text ? JsonSerializer.Deserialize<WalletConfirmation>(text) : null, r.InvoiceNo))];
    }
}
