using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>Puts an ID number, a phone or an address on the blacklist: who did it, why and on what evidence stands beside it.</summary>
public sealed class AddToBlacklist(Db db, Vault vault, Applicants applicants, Actor actor, Audit audit, TimeProvider time)
{
    public Task<Result<Guid>> RunAsync(NewBlacklisted asked, CancellationToken cancel = default) =>
        db.InTransaction(() => AddAsync(asked, cancel), cancel);

    private async Task<Result<Guid>> AddAsync(NewBlacklisted asked, CancellationToken cancel)
    {
        List<Refusal> faults = [];
        if (asked.Reason.Trim().Length is 0 or > 200) faults.Add(new Refusal("orders.blacklist_reason", 200).On("Reason"));
        if (asked.Evidence.Trim().Length is 0 or > 500) faults.Add(new Refusal("orders.blacklist_evidence", 500).On("Evidence"));
        var found = asked.OrderNo.Trim() is { Length: > 0 } no ? await OfOrderAsync(asked.Key, no, cancel) : await TypedAsync(asked, cancel);
        if (!found.TryGet(out var who, out var refusals)) faults.AddRange(refusals);
        if (faults.Count > 0) return faults;
        if (await db.Blacklist.AnyAsync(b => b.Hash == who!.Hash && b.LiftedAt == null, cancel)) return new Refusal("orders.blacklist_there");
        var row = new BlacklistRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Key = asked.Key,
            Hash = who!.Hash,
            Masked = who.Masked,
            Reason = asked.Reason.Trim(),
            Evidence = asked.Evidence.Trim(),
            AddedAt = time.Now,
            AddedBy = actor.Name,
        };
        db.Add(row);
        audit.Record("blacklist.added", $"blacklist:{row.Id}", row.Reason);
        await db.SaveOrRunAgainAsync(cancel);
        return row.Id;
    }

    private sealed record Found(byte[] Hash, string Masked);

    private async Task<Result<Found>> OfOrderAsync(ApplicantKey key, string orderNo, CancellationToken cancel)
    {
        if (await db.Orders.AsNoTracking().FirstOrDefaultAsync(o => o.OrderNo == orderNo, cancel) is not { } order)
            return new Refusal("orders.unknown").On("OrderNo");
        var (hash, secret) = key switch
        {
            ApplicantKey.IdNumber => (order.IdHash, order.IdNumberId),
            ApplicantKey.Phone => (order.PhoneHash, order.PhoneId),
            ApplicantKey.Address => (order.AddressHash, order.AddressId),
        };
        if (hash is null) return new Refusal("orders.blacklist_old_order").On("OrderNo");
        return new Found(hash, (await vault.MaskedAsync([secret], cancel))[secret].ReplaceLineEndings(""));
    }

    private async Task<Result<Found>> TypedAsync(NewBlacklisted asked, CancellationToken cancel)
    {
        var value = asked.Key == ApplicantKey.Phone ? TypedText.Phone(asked.Value) : TypedText.IdNumber(asked.Value);
        var isRead = asked.Key switch
        {
            ApplicantKey.IdNumber => !IdNumber.Read(value).IsRefused,
            ApplicantKey.Phone => FormRules.IsPhone(value),
            ApplicantKey.Address => AddressText.Key(value).Length >= 6,
        };
        if (!isRead) return new Refusal("orders.blacklist_value").On("Value");
        return new Found(await applicants.KeyAsync(asked.Key, value, cancel), asked.Key switch
        {
            ApplicantKey.IdNumber => Mask.Of(SecretKind.IdNumber, value),
            ApplicantKey.Phone => Mask.Of(SecretKind.Phone, value),
            ApplicantKey.Address => Mask.Of(SecretKind.Address, value),
        });
    }
}
