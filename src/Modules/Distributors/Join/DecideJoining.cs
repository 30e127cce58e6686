using HaoSuan.Identity;

namespace HaoSuan.Distributors;

/// <summary>Operations decides about an application: yes makes the distributor with the offered rates, a link and its sign-in; no has a reason.</summary>
public sealed class DecideJoining(
    Db db, Blacklist blacklist, AddDistributor add, SetRate setRate, CreateInvitation link, Contracts contracts, Users users, Actor actor, Audit audit,
    Outbox outbox, TimeProvider time)
{
    /// <param name="code">The invitation's.</param>
    /// <param name="distributorCode">What the new distributor's own code is.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<DistributorId>> ApproveAsync(string code, string distributorCode, CancellationToken cancel = default) =>
        db.InTransaction(() => MakeAsync(code, distributorCode, cancel), cancel);

    public Task<Result<Done>> RefuseAsync(string code, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (Reasons.Fault(reason) is { } fault) return fault;
            if (await LockAsync(code, cancel) is not { } row) return new Refusal("distributors.joining_not_applied");
            row.Reason = reason.Trim();
            End(row, JoiningState.Refused);
            return default(Done);
        }, cancel);

    private async Task<Result<DistributorId>> MakeAsync(string code, string distributorCode, CancellationToken cancel)
    {
        if (await LockAsync(code, cancel) is not { } row) return new Refusal("distributors.joining_not_applied");
        if (await blacklist.IsListedAsync(row.IdHash!, row.PhoneHash!, cancel)) return new Refusal("distributors.blacklisted");
        if (row.CheckedBy == NameCheck.Differs) return new Refusal("distributors.name_differs");
        if (!(await add.RunAsync(new(distributorCode, row.Name!, row.ParentId), cancel)).TryGet(out var id, out var refusals)) return refusals.ToList();
        foreach (var offered in OfferText.Read(row.Rates))
        {
            var set = await setRate.RunAsync(new(id, offered.Product, offered.Stage, offered.Rate), cancel);
            if (set.IsRefused) return set.Refusals.Select(r => r with { Field = null }).ToList();
        }
        var user = await users.CreateAsync(new PreparedSignIn(row.SignIn!, row.PasswordHash!), id, cancel);
        if (user.IsRefused) return user.Refusals.Select(r => r with { Field = null }).ToList();
        var made = await link.RunAsync(id, cancel);
        if (made.IsRefused) return made.Refusals.ToList();
        await contracts.AddAsync(new(id, row.ContractVersion!.Value, row.ContractSha256!, row.AppliedAt!.Value), cancel);
        row.DistributorId = id;
        End(row, JoiningState.Approved);
        return id;
    }

    private async Task<JoiningRow?> LockAsync(string code, CancellationToken cancel) =>
        await db.Joinings.Where(j => j.Code == code).ForUpdate().FirstOrDefaultAsync(cancel) is { State: JoiningState.Applied } row ? row : null;

    private void End(JoiningRow row, JoiningState state)
    {
        (row.State, row.PasswordHash, row.DecidedAt, row.DecidedBy) = (state, null, time.Now, actor.Name);
        audit.Record(state == JoiningState.Approved ? "joining.approved" : "joining.refused", $"joining:{row.Code}");
        outbox.Publish(new JoiningDecided(row.ParentId, row.Name!, state == JoiningState.Approved, row.Code));
    }
}
