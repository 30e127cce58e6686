using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Identity;

/// <summary>Identity's door (登录与权限).</summary>
public static class IdentityModule
{
    private const int AttemptsPerMinute = 20;

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddModule<UserRow>("identity");
        services.AddHttpContextAccessor().AddRouting();
        services.AddIdentityCore<UserRow>(Configure).AddUserStore<UserStore>().AddSignInManager().AddClaimsPrincipalFactory<Principal>();
        services.AddScoped<ILookupNormalizer, LowerCase>();
        services.AddScoped(p => new Users(
            p.GetRequiredService<Db>(), p.GetRequiredService<UserManager<UserRow>>(), p.GetRequiredService<Audit>(), p.GetRequiredService<TimeProvider>()));
        services.AddTransient<SignIn>();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, Configure);
        var policies = services.AddAuthorizationBuilder();
        foreach (var (policy, roles) in Permissions.OfStaff) policies.AddPolicy(policy, p => Allow(p, roles));
        policies
            .AddPolicy(Policies.Agent, p => Allow(p, Role.Distributor).RequireClaim(Claims.Distributor))
            .AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser());
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.AddPolicy(RateLimits.SignIn, AttemptsFromOneAddress);
        });
        return services.AddNavigation(
            new NavigationEntry(Face.Office, "用户", "/office/users", "users", 900, Policies.Admin),
            new NavigationEntry(Face.Office, "修改密码", "/password", "lock", 950, Policies.Office),
            new NavigationEntry(Face.Agent, "修改密码", "/password", "lock", 950, Policies.Agent));
    }

    /// <summary>Sign-in, sign-out and the user's own password: at the root, for every face.</summary>
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        SignInEndpoint.Map(endpoints);
        PasswordEndpoint.Map(endpoints);
        return endpoints;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder group)
    {
        UsersEndpoint.Map(group);
        return group;
    }

    private static AuthorizationPolicyBuilder Allow(AuthorizationPolicyBuilder policy, params Role[] roles) =>
        policy.RequireAuthenticatedUser().RequireClaim(Claims.Role, roles.Select(r => r.ToString()));

    private static void Configure(IdentityOptions options)
    {
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.AllowedUserNameCharacters = "";      // Users decides
        options.Password = new PasswordOptions
        {
            RequiredLength = 1,                           // Users decides
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "haosuan";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "to";
        options.Events.OnValidatePrincipal = Principal.ValidateAsync;
        // Signed in, but not allowed: the page says so. There is nothing to sign in to.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static RateLimitPartition<string> AttemptsFromOneAddress(HttpContext http) =>
        RateLimitPartition.GetFixedWindowLimiter($"{http.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = AttemptsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        });

    private sealed class LowerCase : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name?.ToLowerInvariant();

        public string? NormalizeEmail(string? email) => email?.ToLowerInvariant();
    }
}
