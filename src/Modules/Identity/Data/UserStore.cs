using Microsoft.AspNetCore.Identity;

namespace HaoSuan.Identity;

/// <summary>Where ASP.NET Core Identity finds and keeps users: those of the tenant that the request works for.</summary>
internal sealed class UserStore(Db db) : IUserPasswordStore<UserRow>, IUserSecurityStampStore<UserRow>, IUserLockoutStore<UserRow>
{
    public async Task<IdentityResult> CreateAsync(UserRow user, CancellationToken cancellationToken)
    {
        db.Add(user);
        return await UpdateAsync(user, cancellationToken);
    }

    public async Task<IdentityResult> UpdateAsync(UserRow user, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(UserRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Users are deactivated: the audit log names them.");

    public Task<UserRow?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        var id = UserId.From(Guid.Parse(userId));
        return db.Users.FirstOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    public Task<UserRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Users.FirstOrDefaultAsync(u => u.Name == normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id.Value.ToString());

    public Task<string?> GetUserNameAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <summary>A name is kept as it is compared: in lower case.</summary>
    public Task<string?> GetNormalizedUserNameAsync(UserRow user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task SetUserNameAsync(UserRow user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(UserRow user, string? normalizedName, CancellationToken cancellationToken) =>
        Do(() => user.Name = normalizedName ?? user.Name);

    public Task<string?> GetPasswordHashAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.PasswordHash);

    public Task SetPasswordHashAsync(UserRow user, string? passwordHash, CancellationToken cancellationToken) =>
        Do(() => user.PasswordHash = passwordHash ?? "");

    public Task<bool> HasPasswordAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash.Length > 0);

    public Task<string?> GetSecurityStampAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(UserRow user, string stamp, CancellationToken cancellationToken) => Do(() => user.SecurityStamp = stamp);

    public Task<int> GetAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.FailedSignIns);

    public Task<int> IncrementAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedSignIns);

    public Task ResetAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken) => Do(() => user.FailedSignIns = 0);

    public Task<bool> GetLockoutEnabledAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(UserRow user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(UserRow user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil?.ToDateTimeOffset());

    public Task SetLockoutEndDateAsync(UserRow user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Do(() => user.LockedUntil = lockoutEnd is { } end ? Instant.From(end) : null);

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
