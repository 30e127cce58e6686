using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;

namespace HaoSuan.Identity;

/// <summary>Who may sign in (用户).</summary>
public sealed partial class Users
{
    private const int ShortestPassword = 10;

    private readonly Db _db;
    private readonly UserManager<UserRow> _accounts;
    private readonly Audit _audit;
    private readonly TimeProvider _time;

    internal Users(Db db, UserManager<UserRow> accounts, Audit audit, TimeProvider time) =>
        (_db, _accounts, _audit, _time) = (db, accounts, audit, time);

    /// <param name="name">The sign-in name, unique for the tenant; upper and lower case are the same.</param>
    /// <param name="password">At least ten characters.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="distributor">Whose portal it is, for <see cref="Role.Distributor"/> and for no other role.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Result<UserId>> CreateAsync(
        string name, string password, Role role, DistributorId? distributor = null, CancellationToken cancel = default)
    {
        if ((role == Role.Distributor) != (distributor is not null))
            throw new ArgumentException("A distributor's user, and no other, has a distributor.", nameof(distributor));
        var row = New(name.Trim().ToLowerInvariant(), role, distributor, null);
        return await _db.InTransaction(() => CreateAsync(row, password, cancel), cancel);
    }

    /// <summary>Checks a sign-in that is made later, and hashes its password at once, so that nobody keeps the password meanwhile.</summary>
    public async Task<Result<PreparedSignIn>> PrepareAsync(string name, string password, CancellationToken cancel = default)
    {
        var plain = name.Trim().ToLowerInvariant();
        var faults = await FaultsAsync(plain, cancel);
        if (RefusedPassword(password, plain) is { } refusal) faults.Add(refusal);
        return faults.Count > 0 ? faults : new PreparedSignIn(plain, _accounts.PasswordHasher.HashPassword(null!, password));
    }

    /// <summary>Makes the sign-in of a distributor that was prepared. Its name may have been taken meanwhile.</summary>
    public Task<Result<UserId>> CreateAsync(PreparedSignIn prepared, DistributorId distributor, CancellationToken cancel = default) =>
        _db.InTransaction<Result<UserId>>(async () =>
        {
            var faults = await FaultsAsync(prepared.Name, cancel);
            if (faults.Count > 0) return faults;
            return await AddAsync(New(prepared.Name, Role.Distributor, distributor, prepared.PasswordHash), null);
        }, cancel);

    public async Task<IReadOnlyList<User>> AllAsync(CancellationToken cancel = default) =>
        [.. (await _db.Users.AsNoTracking().OrderBy(u => u.Role).ThenBy(u => u.Name).ToListAsync(cancel)).Select(u => u.ToUser())];

    /// <summary>What everybody is called, by how the audit log names him.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancel = default) =>
        (await AllAsync(cancel)).ToDictionary(u => u.Actor, u => u.Name, StringComparer.Ordinal);

    public async Task<IReadOnlyList<User>> OfDistributorAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await _db.Users.AsNoTracking().Where(u => u.DistributorId == distributor).OrderBy(u => u.Name).ToListAsync(cancel))
            .Select(u => u.ToUser())];

    /// <summary>The operator's staff that satisfies a policy of <see cref="Policies"/>.</summary>
    public async Task<IReadOnlyList<User>> WhoMayAsync(string policy, CancellationToken cancel = default)
    {
        var roles = Permissions.OfStaff[policy];
        return [.. (await _db.Users.AsNoTracking().Where(u => roles.Contains(u.Role)).OrderBy(u => u.Name).ToListAsync(cancel)).Select(u => u.ToUser())];
    }

    public async Task<User?> FindAsync(UserId id, CancellationToken cancel = default) =>
        (await _db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, cancel))?.ToUser();

    /// <summary>Lets a user sign in no more, or again. Cookies that are out end within a minute.</summary>
    public Task<Result<Done>> SetActiveAsync(UserId id, bool active, CancellationToken cancel = default) =>
        ChangeAsync(id, active ? "user.activated" : "user.deactivated", async user =>
        {
            user.Active = active;
            (user.FailedSignIns, user.LockedUntil) = (0, null);
            await _accounts.UpdateSecurityStampAsync(user);
            return default(Done);
        }, cancel);

    /// <summary>Sets another password. Every cookie of the user ends within a minute.</summary>
    public Task<Result<Done>> SetPasswordAsync(UserId id, string password, CancellationToken cancel = default) =>
        ChangeAsync(id, "user.password_set", async user =>
        {
            if (RefusedPassword(password, user.Name) is { } refusal) return refusal;
            user.PasswordHash = _accounts.PasswordHasher.HashPassword(user, password);
            (user.FailedSignIns, user.LockedUntil) = (0, null);
            await _accounts.UpdateSecurityStampAsync(user);
            return default(Done);
        }, cancel);

    /// <summary>The same by the user, who gives the present password.</summary>
    public async Task<Result<Done>> ChangePasswordAsync(UserId id, string present, string password, CancellationToken cancel = default) =>
        await _db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, cancel) is { } user && await _accounts.CheckPasswordAsync(user, present)
            ? await SetPasswordAsync(id, password, cancel)
            : new Refusal("identity.password_wrong").On("present");

    private async Task<Result<UserId>> CreateAsync(UserRow row, string password, CancellationToken cancel)
    {
        var faults = await FaultsAsync(row.Name, cancel);
        if (RefusedPassword(password, row.Name) is { } refusal) faults.Add(refusal);
        return faults.Count > 0 ? faults : await AddAsync(row, password);
    }

    private async Task<List<Refusal>> FaultsAsync(string name, CancellationToken cancel)
    {
        if (!PlainName().IsMatch(name)) return [new Refusal("identity.name_not_plain").On("name")];
        return await _db.Users.AnyAsync(u => u.Name == name, cancel) ? [new Refusal("identity.name_taken", name).On("name")] : [];
    }

    private UserRow New(string name, Role role, DistributorId? distributor, string? passwordHash) => new()
    {
        Id = NewId.Of<UserId>(_time),
        Name = name,
        Role = role,
        DistributorId = distributor,
        Active = true,
        CreatedAt = _time.Now,
        PasswordHash = passwordHash ?? "",
    };

    /// <param name="row">The user; its password is hashed already where none is given.</param>
    /// <param name="password">In clear.</param>
    private async Task<UserId> AddAsync(UserRow row, string? password)
    {
        var created = password is null ? await _accounts.CreateAsync(row) : await _accounts.CreateAsync(row, password);
        if (!created.Succeeded) throw new InvalidOperationException(string.Join(' ', created.Errors.Select(e => e.Code)));
        _audit.Record("user.created", $"user:{row.Id.Value}", $"{row.Role}");
        return row.Id;
    }

    private Task<Result<Done>> ChangeAsync(UserId id, string action, Func<UserRow, Task<Result<Done>>> change, CancellationToken cancel) =>
        _db.InTransaction(async () =>
        {
            if (await _db.Users.FirstOrDefaultAsync(u => u.Id == id, cancel) is not { } user) return new Refusal("identity.user_unknown");
            var outcome = await change(user);
            if (!outcome.IsRefused) _audit.Record(action, $"user:{id.Value}");
            return outcome;
        }, cancel);

    private static Refusal? RefusedPassword(string password, string name)
    {
        if (password.Length < ShortestPassword) return new Refusal("identity.password_short", ShortestPassword).On("password");
        if (password.Length > 200) return new Refusal("identity.password_long", 200).On("password");
        return password.Contains(name, StringComparison.OrdinalIgnoreCase) || password.Distinct().Count() < 4
            ? new Refusal("identity.password_easy").On("password")
            : null;
    }

    /// <summary>No "@", which leads to the tenant.</summary>
    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$")]
    private static partial Regex PlainName();
}
