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

    /// <summary>Holds all that belongs to the applicant until the transaction ends; always in one sequence, so that nobody waits in a circle.</summary>
    internal async Task HoldAsync(Keys keys, CancellationToken cancel)
    {
        foreach (var key in new[] { keys.IdNumber, keys.Phone, keys.Address }.Select(k => Convert.ToHexString(k)).Order(StringComparer.Ordinal))
        {
            var hash = Convert.FromHexString(key);
            await db.Database.ExecuteSqlAsync(
                $"insert into applicant (tenant_id, hash) values ({db.CurrentTenant.Value}, {hash}) on conflict do nothing", cancel);
            await db.Applicants.Where(a => a.Hash == hash).ForUpdate().ToListAsync(cancel);
        }
    }

    internal async Task<Candidate> FindAsync(CleanForm form, Keys keys, CancellationToken cancel)
    {
        var (id, phone, address) = keys;
        var orders = await db.Orders.AsNoTracking().Where(o => o.IdHash == id || o.PhoneHash == phone || o.AddressHash == address)
            .Select(o => new { o.ProductId, o.Carrier, o.OrderedAt, o.State, o.Network, o.IdHash, o.PhoneHash, o.AddressHash, o.PurchaseId })
            .ToListAsync(cancel);
        var listed = await ListedAsync(keys, cancel);
        return new(
            IdNumber.Read(form.IdNumber).TryGet(out var read, out _) ? read : null,
            Provinces.NameOf(form.Province) is null ? null : form.Province, form.City, form.District, form.Declares,
            orders.ConvertAll(o => new PastOrder(
                o.ProductId, o.Carrier, tenant.Zone.DateOf(o.OrderedAt), o.State, o.Network, Same(keys, o.IdHash, o.PhoneHash, o.AddressHash),
                IsPhoneCard: o.PurchaseId is null)),
            listed);
    }

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
