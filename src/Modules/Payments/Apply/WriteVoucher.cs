using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>Writes the voucher of a movement with the transaction that books it. Vouchers are numbered 1, 2, 3 … for each tenant.</summary>
internal sealed class WriteVoucher(Db db, Vault vault, TimeProvider time)
{
    public async Task RunAsync(
        PaymentRow payment, VoucherKind kind, string ourNo, string channelNo, Money amount, Instant at, long entryId, SignedMessage? proof,
        CancellationToken cancel)
    {
        db.Add(new VoucherRow
        {
            Number = await NextNumberAsync(cancel),
            Kind = kind,
            OrderId = payment.OrderId,
            OrderNo = payment.OrderNo,
            PaymentId = payment.Id,
            Channel = payment.Channel,
            ChannelNo = channelNo,
            OurNo = ourNo,
            Amount = amount,
            At = at,
            RecordedAt = time.Now,
            EntryId = entryId,
            MessageId = proof is null ? null : await vault.KeepAsync(SecretKind.Message, proof.Text, cancel),
        });
    }

    // Others who write a voucher wait here until the transaction ends: a number that is drawn is used.
    private async Task<long> NextNumberAsync(CancellationToken cancel) => (await db.Database.SqlQuery<long>(
        $"""
        insert into voucher_head (tenant_id, number) values ({db.CurrentTenant.Value}, 1)
        on conflict (tenant_id) do update set number = voucher_head.number + 1 returning number as "Value"
        """).ToListAsync(cancel)).Single();
}
