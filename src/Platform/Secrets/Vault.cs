using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace HaoSuan.Platform;

/// <summary>What a value in the vault is: how it is masked and compared follows from it.</summary>
public enum SecretKind
{
    Name,
    IdNumber,
    Phone,
    Address,
    BankAccount,

    /// <summary>A message of another system that names somebody: nothing of it is shown.</summary>
    Message,

    /// <summary>A person as WeChat names them to us: nothing of it is shown.</summary>
    OpenId,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A file that names somebody, in base64: nothing of it is shown.</summary>
    Document,
}

/// <summary>
/// Personal data (个人信息): sealed with AES-256-GCM under the tenant's data key, found again only by a keyed hash of the whole
/// value, shown masked. Every reveal is audited.
/// </summary>
public sealed class Vault(Db db, DataKeys keys, MasterKey master, Audit audit, TimeProvider time)
{
    // Not kept by the process before it is committed: whoever rolls back has no key, and somebody else makes another one.
    private bool _made;

    /// <summary>Keeps the value with the running transaction.</summary>
    public async Task<SecretId> KeepAsync(SecretKind kind, string value, CancellationToken cancel = default)
    {
        var (version, key) = await DataKeyAsync(cancel);
        var secret = new SecretRow
        {
            Id = NewId.Of<SecretId>(time),
            Kind = kind,
            KeyVersion = version,
            Hash = Hash(key, kind, value),
            Masked = Mask.Of(kind, value),
            CreatedAt = time.Now,
        };
        secret.Sealed = Sealed.Seal(key, Encoding.UTF8.GetBytes(value), Context(secret.Id));
        db.Add(secret);
        return secret.Id;
    }

    /// <summary>The keyed hash by which rows elsewhere may find an equal value ("one card per ID number").</summary>
    public async Task<byte[]> HashAsync(SecretKind kind, string value, CancellationToken cancel = default) =>
        Hash((await DataKeyAsync(cancel)).Key, kind, value);

    /// <summary>The values of that keyed hash: all that are equal.</summary>
    public async Task<IReadOnlyList<SecretId>> FindAsync(SecretKind kind, byte[] hash, CancellationToken cancel = default) =>
        await db.Set<SecretRow>().Where(s => s.Kind == kind && s.Hash == hash).Select(s => s.Id).ToListAsync(cancel);

    /// <summary>
    /// A number that nobody foresees without the tenant's key, and that comes out the same for the same name: it need not be kept to be compared.
    /// </summary>
    /// <param name="name">What it is for.</param>
    /// <param name="below">It is less than this.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<int> NumberAsync(string name, int below, CancellationToken cancel = default) =>
        (int)(BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(
            HMACSHA256.HashData((await DataKeyAsync(cancel)).Key, "number"u8), Encoding.UTF8.GetBytes(name))) % (ulong)below);

    /// <summary>The masked values, by id.</summary>
    public async Task<IReadOnlyDictionary<SecretId, string>> MaskedAsync(IReadOnlyCollection<SecretId> ids, CancellationToken cancel = default) =>
        await db.Set<SecretRow>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Masked, cancel);

    /// <summary>The value in clear. The reveal is audited with its purpose, in the running transaction or one of its own.</summary>
    public async Task<string> RevealAsync(SecretId id, string purpose, CancellationToken cancel = default) =>
        await db.InTransaction(async () =>
        {
            var secret = await db.Set<SecretRow>().AsNoTracking().SingleAsync(s => s.Id == id, cancel);
            audit.Record("secret.revealed", $"secret:{id.Value}", purpose);
            var key = await DataKeyAsync(cancel);
            return Encoding.UTF8.GetString(Sealed.Open(key.Key, secret.Sealed, Context(id)));
        }, cancel);

    /// <summary>Removes the values for good, with the running transaction.</summary>
    public Task ForgetAsync(IReadOnlyCollection<SecretId> ids, CancellationToken cancel = default) =>
        db.Set<SecretRow>().Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(cancel);

    private async Task<(int Version, byte[] Key)> DataKeyAsync(CancellationToken cancel)
    {
        if (keys.TryGetValue(db.CurrentTenant, out var known)) return known;
        var newest = db.Set<DataKeyRow>().OrderByDescending(k => k.Version);
        if (await newest.FirstOrDefaultAsync(cancel) is not { } row)
        {
            var wrapped = master.Wrap(db.CurrentTenant, RandomNumberGenerator.GetBytes(32));
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into data_key (tenant_id, version, wrapped, created_at)
                values ({db.CurrentTenant.Value}, 1, {wrapped}, {time.Now.Microseconds}) on conflict do nothing
                """, cancel);
            row = await newest.FirstAsync(cancel);
            _made = true;
        }
        var dataKey = (row.Version, master.Unwrap(db.CurrentTenant, row.Wrapped));
        if (!_made) keys[db.CurrentTenant] = dataKey;
        return dataKey;
    }

    private static byte[] Hash(byte[] key, SecretKind kind, string value) =>
        HMACSHA256.HashData(HMACSHA256.HashData(key, "equality"u8), Encoding.UTF8.GetBytes($"{kind}:{value}"));

    private static byte[] Context(SecretId id) => id.Value.ToByteArray(bigEndian: true);
}

/// <summary>The tenants' data keys, unwrapped once for each process: a tenant's never changes.</summary>
public sealed class DataKeys : ConcurrentDictionary<TenantId, (int Version, byte[] Key)>;
