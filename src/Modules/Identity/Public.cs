using System.Globalization;
using System.Security.Claims;

namespace HaoSuan.Identity;

/// <summary>What a user may do: 管理员, 财务, 运营, 分销商.</summary>
public enum Role
{
    Admin,
    Finance,
    Operations,
    Distributor,
}

/// <summary>A user as others may see it. The sign-in name is unique for the tenant.</summary>
public sealed record User(UserId Id, string Name, Role Role, DistributorId? DistributorId, bool Active, Instant CreatedAt, Instant? LastSignInAt)
{
    /// <summary>As the audit log names the user.</summary>
    public string Actor => $"user:{Id.Value}";
}

/// <summary>A sign-in that was asked for and is made later: its name, and the hash of its password.</summary>
public sealed record PreparedSignIn(string Name, string PasswordHash)
{
    public override string ToString() => Name;
}

/// <summary>Name of the rate limit on attempts to sign in, by address.</summary>
public static class RateLimits
{
    public const string SignIn = "sign-in";
}

/// <summary>The claims that a signed-in user carries besides <see cref="ClaimTypes.NameIdentifier"/> and <see cref="ClaimTypes.Name"/>.</summary>
public static class Claims
{
    public const string Tenant = "tenant";
    public const string Role = "role";
    public const string Distributor = "distributor";
}

public static class SignedInUser
{
    extension(ClaimsPrincipal user)
    {
        /// <summary>Throws where nobody is signed in: a policy stands before.</summary>
        public UserId UserId => UserId.From(Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw NotSignedIn()));

        public Role Role => Enum.Parse<Role>(user.FindFirstValue(Claims.Role) ?? throw NotSignedIn());

        public TenantId TenantId => new(int.Parse(user.FindFirstValue(Claims.Tenant) ?? throw NotSignedIn(), CultureInfo.InvariantCulture));

        /// <summary>Throws for a user who is no distributor: <see cref="Policies.Agent"/> stands before.</summary>
        public DistributorId DistributorId => DistributorId.From(Guid.Parse(user.FindFirstValue(Claims.Distributor) ?? throw NotSignedIn()));
    }

    private static InvalidOperationException NotSignedIn() => new("Nobody with this claim is signed in.");
}
