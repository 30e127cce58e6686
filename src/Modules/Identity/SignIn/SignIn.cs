using Microsoft.AspNetCore.Identity;

namespace HaoSuan.Identity;

/// <summary>
/// Signs a user in by name and password. The name carries its tenant, <c>name@slug</c>, which may be left out while there is one.
/// Whoever guesses learns nothing: a wrong name, tenant or password, and an inactive user, all sound the same.
/// </summary>
internal sealed class SignIn(
    Tenants tenants, TenantScope scope, Db db, SignInManager<UserRow> manager, Actor actor, Audit audit, TimeProvider time)
{
    private static readonly Refusal Wrong = new("identity.sign_in_wrong");

    public async Task<Result<User>> RunAsync(string name, string password, bool remember, CancellationToken cancel)
    {
        if (await TenantOfAsync(name, cancel) is not { } tenant) return Wrong;
        scope.Enter(tenant);
        var user = await manager.UserManager.FindByNameAsync(name.Split('@')[0].Trim());
        if (user is not { Active: true })
        {
            // As long as for a password that is wrong.
            _ = manager.UserManager.PasswordHasher.HashPassword(user!, password);
            await Record("sign_in.failed", "user:unknown", cancel);
            return Wrong;
        }
        var checkedPassword = await manager.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!checkedPassword.Succeeded)
        {
            await Record(checkedPassword.IsLockedOut ? "sign_in.locked" : "sign_in.failed", $"user:{user.Id.Value}", cancel);
            return checkedPassword.IsLockedOut ? new Refusal("identity.locked") : Wrong;
        }
        user.LastSignInAt = time.Now;
        await db.SaveChangesAsync(cancel);
        await manager.SignInAsync(user, remember);
        actor.Name = $"user:{user.Id.Value}";
        await Record("sign_in", $"user:{user.Id.Value}", cancel);
        return user.ToUser();
    }

    private async Task<Tenant?> TenantOfAsync(string name, CancellationToken cancel)
    {
        if (name.Split('@') is [_, var slug]) return await tenants.FindAsync(slug.Trim().ToLowerInvariant(), cancel);
        return await tenants.AllAsync(cancel) is [var only] ? only : null;
    }

    private Task Record(string action, string subject, CancellationToken cancel) =>
        db.InTransaction(() =>
        {
            audit.Record(action, subject);
            return Task.CompletedTask;
        }, cancel);
}
