using HaoSuan.Identity;

namespace HaoSuan.Distributors;

/// <summary>
/// Somebody who was invited applies (入驻申请): who it is goes into the vault, the contract's version is accepted, and the invitation is used up.
/// </summary>
public sealed class Apply(
    Db db, Contracts contracts, Blacklist blacklist, Vault vault, Users users, TenantScope tenant, Audit audit, Outbox outbox, TimeProvider time)
{
    private const int LongestName = 100;

    public Task<Result<Done>> RunAsync(string code, JoinForm form, CancellationToken cancel = default) =>
        db.InTransaction(() => ApplyAsync(code, form, cancel), cancel);

    private async Task<Result<Done>> ApplyAsync(string code, JoinForm form, CancellationToken cancel)
    {
        var row = await db.Joinings.Where(j => j.Code == code).ForUpdate().FirstOrDefaultAsync(cancel);
        if (row is not { State: JoiningState.Invited } || row.ExpiresAt <= time.Now) return new Refusal("distributors.joining_not_open");
        var contract = (await contracts.PresentAsync(cancel))!;      // there was one before anybody was invited
        var (name, person) = (form.Name?.Trim() ?? "", form.Person?.Trim() ?? "");
        var (idNumber, phone) = (TypedText.IdNumber(form.IdNumber), TypedText.Phone(form.Phone));
        var faults = PersonRules.Faults(person, idNumber, phone, tenant.Zone.DateOf(time.Now)).ToList();
        if (name.Length is 0 or > LongestName) faults.Insert(0, new Refusal("distributors.name_missing").On(nameof(JoinForm.Name)));
        var signIn = await users.PrepareAsync(form.SignIn ?? "", form.Password ?? "", cancel);
        if (signIn.IsRefused) faults.AddRange(signIn.Refusals.Select(r => r.On(r.Field == "name" ? nameof(JoinForm.SignIn) : nameof(JoinForm.Password))));
        if (form.Accept != "true") faults.Add(new Refusal("distributors.must_accept").On(nameof(JoinForm.Accept)));
        else if (form.Contract != contract.Sha256) faults.Add(new Refusal("distributors.contract_changed").On(nameof(JoinForm.Accept)));
        if (faults.Count > 0) return faults;
        var idHash = await vault.HashAsync(SecretKind.IdNumber, idNumber, cancel);
        var phoneHash = await vault.HashAsync(SecretKind.Phone, phone, cancel);
        if (await blacklist.IsListedAsync(idHash, phoneHash, cancel)) return new Refusal("distributors.may_not_join");
        if (await db.Joinings.AnyAsync(j => j.IdHash == idHash && (j.State == JoiningState.Applied || j.State == JoiningState.Approved), cancel))
            return new Refusal("distributors.joined_already").On(nameof(JoinForm.IdNumber));
        (row.Name, row.IdHash, row.PhoneHash, row.CheckedBy) = (name, idHash, phoneHash, NameCheck.Local);
        row.NameId = await vault.KeepAsync(SecretKind.Name, person, cancel);
        row.IdNumberId = await vault.KeepAsync(SecretKind.IdNumber, idNumber, cancel);
        row.PhoneId = await vault.KeepAsync(SecretKind.Phone, phone, cancel);
        (row.SignIn, row.PasswordHash) = (signIn.Value.Name, signIn.Value.PasswordHash);
        (row.ContractVersion, row.ContractSha256) = (contract.Version, contract.Sha256);
        (row.State, row.AppliedAt) = (JoiningState.Applied, time.Now);
        audit.Record("joining.applied", $"joining:{code}", $"contract {contract.Version} {contract.Sha256}");
        outbox.Publish(new JoiningApplied(code, name));
        // The same person by another invitation at the same time: one of both applies.
        await db.SaveOrRunAgainAsync(cancel);
        return default(Done);
    }
}
