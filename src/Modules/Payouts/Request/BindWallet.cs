using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>Keeps who a distributor is in our WeChat app, as WeChat has told: where payouts to his wallet go.</summary>
public sealed class BindWallet(Db db, Vault vault, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(DistributorId distributor, OpenId payee, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var id = await vault.KeepAsync(SecretKind.OpenId, payee.Value, cancel);
            await db.PayoutWallets.Where(w => w.DistributorId == distributor).ExecuteDeleteAsync(cancel);
            db.Add(new PayoutWalletRow { DistributorId = distributor, OpenidId = id, BoundAt = time.Now });
            audit.Record("payout.wallet_bound", $"distributor:{distributor.Value}");
            return default(Done);
        }, cancel);
}
