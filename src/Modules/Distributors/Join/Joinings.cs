namespace HaoSuan.Distributors;

/// <summary>Reads invitations to join and applications.</summary>
public sealed class Joinings(Db db, Vault vault)
{
    private const int Most = 200;

    /// <summary>What waits to be decided first, then the newest: those of everybody, or those under one distributor.</summary>
    public async Task<IReadOnlyList<Joining>> ListAsync(DistributorId? parent = null, CancellationToken cancel = default) =>
        await ReadAsync(db.Joinings.Where(j => parent == null || j.ParentId == parent)
            .OrderByDescending(j => j.State == JoiningState.Applied).ThenByDescending(j => j.InvitedAt).Take(Most), cancel);

    public async Task<Joining?> FindAsync(string code, CancellationToken cancel = default) =>
        await ReadAsync(db.Joinings.Where(j => j.Code == code), cancel) is [var found] ? found : null;

    /// <summary>How a distributor has joined; null for one that the operator has added itself.</summary>
    public async Task<Joining?> OfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        await ReadAsync(db.Joinings.Where(j => j.DistributorId == distributor), cancel) is [var found] ? found : null;

    public Task<int> WaitingAsync(CancellationToken cancel = default) => db.Joinings.CountAsync(j => j.State == JoiningState.Applied, cancel);

    private async Task<IReadOnlyList<Joining>> ReadAsync(IQueryable<JoiningRow> which, CancellationToken cancel)
    {
        var rows = await which.AsNoTracking().ToListAsync(cancel);
        var masked = await vault.MaskedAsync([.. rows.SelectMany(r => new[] { r.NameId, r.IdNumberId, r.PhoneId }).OfType<SecretId>()], cancel);
        return [.. rows.Select(r => new Joining(
            r.Code, r.ParentId, r.Share, OfferText.Read(r.Rates), r.State, r.InvitedAt, r.InvitedBy, r.ExpiresAt, r.Name, Of(r.NameId), Of(r.IdNumberId),
            Of(r.PhoneId), r.CheckedBy, r.CheckAt, r.ContractVersion, r.ContractSha256, r.AppliedAt, r.SignIn, r.DecidedAt, r.DecidedBy, r.Reason,
            r.DistributorId))];

        string? Of(SecretId? id) => id is { } secret ? masked[secret] : null;
    }
}
