namespace HaoSuan.Distributors;

/// <summary>Who may not be a distributor (黑名单, 工信部 2016 实施意见 (五)): ID numbers and phones, kept in the vault and found by their keyed hash.</summary>
public sealed class Blacklist(Db db, Vault vault, Actor actor, Audit audit, TimeProvider time)
{
    public Task<Result<Guid>> AddAsync(SecretKind kind, string value, string reason, string evidence, CancellationToken cancel = default) =>
        db.InTransaction<Result<Guid>>(async () =>
        {
            var clean = kind == SecretKind.Phone ? TypedText.Phone(value) : TypedText.IdNumber(value);
            List<Refusal> faults = [];
            if ((kind == SecretKind.IdNumber ? PersonRules.IdNumber(clean) : PersonRules.Phone(clean)) is { } wrong) faults.Add(wrong.On("value"));
            if (Reasons.Fault(reason) is { } fault) faults.Add(fault);
            if (evidence.Length > Reasons.Longest) faults.Add(new Refusal("distributors.evidence_long", Reasons.Longest).On("evidence"));
            if (faults.Count > 0) return faults;
            var hash = await vault.HashAsync(kind, clean, cancel);
            if (await IsListedAsync(hash, hash, cancel)) return new Refusal("distributors.listed_already").On("value");
            var row = new BlacklistRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Kind = kind,
                SecretId = await vault.KeepAsync(kind, clean, cancel),
                Hash = hash,
                Reason = reason.Trim(),
                Evidence = evidence.Trim(),
                ListedAt = time.Now,
                ListedBy = actor.Name,
            };
            db.Add(row);
            audit.Record("blacklist.added", $"blacklist:{row.Id}", $"{kind}");
            await db.SaveOrRunAgainAsync(cancel);
            return row.Id;
        }, cancel);

    public Task<Result<Done>> LiftAsync(Guid id, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (Reasons.Fault(reason) is { } fault) return fault;
            if (await db.Blacklist.Where(b => b.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { LiftedAt: null } row)
                return new Refusal("distributors.not_listed");
            (row.LiftedAt, row.LiftedBy, row.LiftReason) = (time.Now, actor.Name, reason.Trim());
            audit.Record("blacklist.lifted", $"blacklist:{id}");
            return default(Done);
        }, cancel);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Blacklisted>> AllAsync(CancellationToken cancel = default)
    {
        var rows = await db.Blacklist.AsNoTracking().OrderByDescending(b => b.ListedAt).ToListAsync(cancel);
        var masked = await vault.MaskedAsync(rows.ConvertAll(r => r.SecretId), cancel);
        return [.. rows.Select(r => new Blacklisted(
            r.Id, r.Kind, masked[r.SecretId], r.Reason, r.Evidence, r.ListedAt, r.ListedBy, r.LiftedAt, r.LiftReason))];
    }

    /// <summary>Whether one of the two is on it.</summary>
    internal Task<bool> IsListedAsync(byte[] idHash, byte[] phoneHash, CancellationToken cancel) =>
        db.Blacklist.AnyAsync(b => b.LiftedAt == null && (b.Hash == idHash || b.Hash == phoneHash), cancel);
}
