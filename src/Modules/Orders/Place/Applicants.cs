using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>
/// Gathers what rules ask of whoever orders: his earlier orders and what of him is blacklisted, found by keyed hashes. Whoever
/// places an order holds the hashes until he is through, so that two orders of one person see each other.
/// </summary>
public sealed class Applicants(Db db, Vault vault, TenantScope tenant)
{
    /// <summary>By what an applicant is found: nothing can be read from it.</summary>
    internal sealed record Keys(byte[] IdNumber, byte[] Phone, byte[] Address);

    internal async Task<Keys> KeysAsync(CleanForm form, CancellationToken cancel) => new(
        await KeyAsync(ApplicantKey.IdNumber, form.IdNumber, cancel), await KeyAsync(ApplicantKey.Phone, form.Phone, cancel),
        await KeyAsync(ApplicantKey.Address, AddressText.Write(form), cancel));

    internal Task<byte[]> KeyAsync(ApplicantKey key, string value, CancellationToken cancel) => key switch
    {
        ApplicantKey.IdNumber => vault.HashAsync(SecretKind.IdNumber, value, cancel),
        ApplicantKey.Phone => vault.HashAsync(SecretKind.Phone, value, cancel),
        ApplicantKey.Address => vault.HashAsync(SecretKind.Address, AddressText.Key(value), cancel),
    };

    /// <summary>Holds all that belongs to the applicant until the transaction ends.</summary>
    internal Task HoldAsync(Keys keys, CancellationToken cancel) => db.HoldAsync([keys.IdNumber, keys.Phone, keys.Address], cancel);

    internal async Task<Candidate> FindAsync(CleanForm form, Keys keys, CancellationToken cancel)
    {
        var rows = await ReadAsync(keys, cancel);
        return new(
            IdNumber.Read(form.IdNumber).TryGet(out var read, out _) ? read : null,
            Provinces.NameOf(form.Province) is null ? null : form.Province, form.City, form.District, form.Declares,
            [.. rows.Where(r => r.Listed is null).Select(r => ToPast(r, keys))],
            [.. rows.Select(r => r.Listed).OfType<string>().Distinct(StringComparer.Ordinal).Select(Enum.Parse<ApplicantKey>)]);
    }

    private sealed record Row(
        Guid? ProductId, string? Carrier, long? OrderedAt, string? State, string? Network, byte[]? IdHash, byte[]? PhoneHash, byte[]? AddressHash,
        Guid? PurchaseId, string? Listed);

    // Earlier orders and the blacklist in one round trip: whoever orders waits for it, holding what is his.
    private Task<List<Row>> ReadAsync(Keys keys, CancellationToken cancel)
    {
        var (id, phone, address) = keys;
        return db.Database.SqlQuery<Row>(
            $"""
            select product_id, carrier, ordered_at, state, network, id_hash, phone_hash, address_hash, purchase_id, null as listed
            from sales_order where tenant_id = {db.CurrentTenant.Value} and (id_hash = {id} or phone_hash = {phone} or address_hash = {address})
            union all
            select null, null, null, null, null, null, null, null, null, key
            from consumer_blacklist where tenant_id = {db.CurrentTenant.Value} and lifted_at is null and hash in ({id}, {phone}, {address})
            """).ToListAsync(cancel);
    }

    private PastOrder ToPast(Row row, Keys keys) => new(
        new(row.ProductId!.Value), Enum.Parse<Carrier>(row.Carrier!), tenant.Zone.DateOf(new(row.OrderedAt!.Value)), Enum.Parse<OrderState>(row.State!),
        Enum.Parse<NetworkState>(row.Network!), Same(keys, row.IdHash!, row.PhoneHash, row.AddressHash), IsPhoneCard: row.PurchaseId is null);

    /// <summary>What of him is blacklisted.</summary>
    internal async Task<IReadOnlyList<ApplicantKey>> ListedAsync(Keys keys, CancellationToken cancel)
    {
        var (id, phone, address) = keys;
        return await db.Blacklist.AsNoTracking().Where(b => b.LiftedAt == null && (b.Hash == id || b.Hash == phone || b.Hash == address))
            .Select(b => b.Key).Distinct().ToListAsync(cancel);
    }

    private static List<ApplicantKey> Same(Keys keys, byte[] id, byte[]? phone, byte[]? address)
    {
        List<ApplicantKey> same = [];
        if (id.AsSpan().SequenceEqual(keys.IdNumber)) same.Add(ApplicantKey.IdNumber);
        if (keys.Phone.AsSpan().SequenceEqual(phone)) same.Add(ApplicantKey.Phone);
        if (keys.Address.AsSpan().SequenceEqual(address)) same.Add(ApplicantKey.Address);
        return same;
    }
}
