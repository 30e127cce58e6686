namespace HaoSuan.Payouts;

/// <summary>Sets where a distributor's payouts go from now on. Earlier accounts stay with the payouts that they received.</summary>
public sealed class SetPayoutAccount(Db db, Vault vault, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(DistributorId distributor, PayoutMethod method, string holder, string account, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var refusals = Check(method, holder.Trim(), account.Trim());
            if (refusals.Count > 0) return refusals;
            var row = new PayoutAccountRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                DistributorId = distributor,
                Method = method,
                HolderId = await vault.KeepAsync(SecretKind.Name, holder.Trim(), cancel),
                AccountId = await vault.KeepAsync(SecretKind.BankAccount, account.Trim().Replace(" ", "", StringComparison.Ordinal), cancel),
                CreatedAt = time.Now,
            };
            db.Add(row);
            audit.Record("payout.account_set", $"distributor:{distributor.Value}", method.ToString());
            return default(Done);
        }, cancel);

    private static List<Refusal> Check(PayoutMethod method, string holder, string account)
    {
        List<Refusal> refusals = [];
        if (holder.Length is < 2 or > 50) refusals.Add(new Refusal("payouts.holder").On("holder"));
        var digits = account.Replace(" ", "", StringComparison.Ordinal);
        var valid = method switch
        {
            PayoutMethod.Bank => digits.Length is >= 12 and <= 19 && digits.All(char.IsAsciiDigit),
            PayoutMethod.Alipay => digits.Length is >= 5 and <= 100 && (digits.All(char.IsAsciiDigit) || digits.Contains('@', StringComparison.Ordinal)),
        };
        if (!valid) refusals.Add(new Refusal(method == PayoutMethod.Bank ? "payouts.bank_account" : "payouts.alipay_account").On("account"));
        return refusals;
    }
}
