namespace HaoSuan.Web.Pipeline;

/// <summary>
/// Enters the tenant that the address tells: the slug before an invitation's last hyphen (<c>/s/{invite}</c>), or a slug by itself
/// (<c>/notify/{channel}/{tenant}</c>). Who is signed in tells the tenant by the cookie, afterwards.
/// </summary>
internal sealed class TenantByAddress(RequestDelegate next, Tenants tenants)
{
    public async Task InvokeAsync(HttpContext http, TenantScope scope)
    {
        if (SlugIn(http.Request.RouteValues) is { } slug)
        {
            if (await tenants.FindAsync(slug, http.RequestAborted) is not { } tenant)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            scope.Enter(tenant);
        }
        await next(http);
    }

    private static string? SlugIn(RouteValueDictionary route) => (route["invite"], route["tenant"]) switch
    {
        (string invite, _) => invite[..Math.Max(0, invite.LastIndexOf('-'))],
        (_, string tenant) => tenant,
        _ => null,
    };
}
