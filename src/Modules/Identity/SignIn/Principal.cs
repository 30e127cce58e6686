using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaoSuan.Identity;

/// <summary>What the cookie says about a user.</summary>
internal sealed class Principal(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<UserRow>
{
    public Task<ClaimsPrincipal> CreateAsync(UserRow user)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, user.Id.Value.ToString()),
            new(ClaimTypes.Name, user.Name),
            new(Claims.Tenant, user.TenantId.Value.ToString(CultureInfo.InvariantCulture)),
            new(Claims.Role, user.Role.ToString()),
            new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp),
        ];
        if (user.DistributorId is { } distributor) claims.Add(new(Claims.Distributor, distributor.Value.ToString()));
        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme, ClaimTypes.Name, Claims.Role)));
    }

    /// <summary>
    /// Takes the tenant and the actor from the cookie, once the user's stamp is still right. Where the address has already
    /// told another tenant (the shop of one operator, opened by another's staff), nobody is signed in.
    /// </summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var scope = services.GetRequiredService<TenantScope>();
        var id = context.Principal!.TenantId;
        if (scope.Id != default && scope.Id != id)
        {
            context.RejectPrincipal();
            return;
        }
        if (await services.GetRequiredService<Tenants>().FindAsync(id, context.HttpContext.RequestAborted) is { } tenant)
        {
            scope.Enter(tenant);
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
        else context.RejectPrincipal();
        if (context.Principal is { } user) services.GetRequiredService<Actor>().Name = $"user:{user.UserId.Value}";
    }
}
