namespace HaoSuan.Distributors;

/// <summary>Makes an invitation for a distributor. One is enough for all its products; more tell its places apart.</summary>
public sealed class CreateInvitation(Db db, TenantScope tenant, Tenants tenants, Audit audit, TimeProvider time)
{
    public Task<Result<Invitation>> RunAsync(DistributorId id, CancellationToken cancel = default) =>
        db.InTransaction<Result<Invitation>>(async () =>
        {
            if (await db.Distributors.FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } distributor)
                return new Refusal("distributors.unknown");
            if (!distributor.Active) return new Refusal("distributors.inactive", distributor.Code);
            var code = Naming.NewInvitationCode((await tenants.FindAsync(tenant.Id, cancel))!.Slug);    // the scope's own tenant is there
            db.Add(new InvitationRow { Code = code, DistributorId = id, CreatedAt = time.Now });
            audit.Record("invitation.created", $"distributor:{id.Value}", code);
            return new Invitation(code, id, distributor.Name);
        }, cancel);
}
