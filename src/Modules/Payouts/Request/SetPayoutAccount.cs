namespace HaoSuan.Payouts;

/// <summary>Sets where a distributor's payouts go from now on. Earlier accounts stay with the payouts that they received.</summary>
public sealed class SetPayoutAccount(Db db, Vault vault, Audit audit, TimeProvider time)
{
    /// <param name="distributor">Whose.</param>
    /// <param name="method">The way.</param>
    /// <param name="holder">The real name, which banks and channels compare.</param>
    /// <param name="account">The number; nothing for a WeChat wallet, which is known by <see cref="BindWallet"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(DistributorId distributor, PayoutMethod method, string holder, string account, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var wallet = method == PayoutMethod.WeChat
                ? await db.PayoutWallets.Where(w => w.DistributorId == distributor).Select(w => (SecretId?)w.OpenidId).FirstOrDefaultAsync(cancel)
                : null;
            var refusals = Check(method, holder.Trim(), account.Trim(), wallet);
            if (refusals.Count > 0) return refusals;
            var row = new PayoutAccountRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                DistributorId = distributor,
                Method = method,
                HolderId = await vault.KeepAsync(SecretKind.Name, holder.Trim(), cancel),
                AccountId = wallet
                    ?? await vault.KeepAsync(SecretKind.BankAccount, account.Trim().Replace(" ", "", StringComparison.Ordinal), cancel),
                CreatedAt = time.Now,
            };
            db.Add(row);
            audit.Record("payout.account_set", $"distributor:{distributor.Value}", method.ToString());
            return default(Done);
        }, cancel);

    private static List<Refusal> Check(PayoutMethod method, string holder, string account, SecretId? wallet)
    {
        List<Refusal> refusals = [];
        if (holder.Length is < 2 or > 50 || holder.Any(char.IsControl)) refusals.Add(new Refusal("payouts.holder").On("holder"));
        var digits = account.Replace(" ", "", StringComparison.Ordinal);
        var fault = method switch
        {
            PayoutMethod.Bank => digits.Length is >= 12 and <= 19 && digits.All(char.IsAsciiDigit) ? null : new Refusal("payouts.bank_account"),
            PayoutMethod.Alipay => digits.Length is >= 5 and <= 100 && (digits.All(char.IsAsciiDigit) || digits.Contains('@', StringComparison.Ordinal))
                ? null : new Refusal("payouts.alipay_account"),
            PayoutMethod.WeChat => wallet is null ? new Refusal("payouts.wallet_unbound") : null,
        };
        if (fault is not null) refusals.Add(fault.On(method == PayoutMethod.WeChat ? "method" : "account"));
        return refusals;
    }
}
