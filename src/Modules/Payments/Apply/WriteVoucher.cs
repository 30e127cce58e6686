namespace HaoSuan.Payments;

/// <summary>Writes the voucher of a movement with the transaction that books it. Vouchers are numbered 1, 2, 3 … for each tenant.</summary>
public sealed class WriteVoucher(Db db, Vault vault, TimeProvider time)
{
    public async Task RunAsync(MovedMoney moved, CancellationToken cancel = default)
    {
        db.Add(new VoucherRow
        {
            Number = await NextNumberAsync(cancel),
            Kind = moved.Kind,
            OrderId = moved.OrderId,
            OrderNo = moved.OrderNo,
            PaymentId = moved.PaymentId,
            Channel = moved.Channel,
            ChannelNo = moved.ChannelNo,
            OurNo = moved.OurNo,
            Amount = moved.Amount,
            At = moved.At,
            RecordedAt = time.Now,
            EntryId = moved.EntryId,
            MessageId = moved.Proof is null ? null : await vault.KeepAsync(SecretKind.Message, moved.Proof.Text, cancel),
        });
    }

    // Others who write a voucher wait here until the transaction ends: a number that is drawn is used.
    private async Task<long> NextNumberAsync(CancellationToken cancel) => (await db.Database.SqlQuery<long>(
        $"""
        insert into voucher_head (tenant_id, number) values ({db.CurrentTenant.Value}, 1)
        on conflict (tenant_id) do update set number = voucher_head.number + 1 returning number as "Value"
        """).ToListAsync(cancel)).Single();
}
