using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Identity;

internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", Show).AllowAnonymous();
        endpoints.MapPost("/sign-in", Submit).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        endpoints.MapPost("/sign-out", (Delegate)SignOut).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    /// <summary>Where a role begins.</summary>
    public static string HomeOf(Role role) => role switch
    {
        Role.Admin or Role.Finance or Role.Operations => "/office",
        Role.Distributor => "/agent",
    };

    private static async Task<IResult> Show(string? to, HttpContext http, Tenants tenants) =>
        http.User.Identity is { IsAuthenticated: true }
            ? TypedResults.LocalRedirect(Safe(to) ?? HomeOf(http.User.Role))
            : await Page(new(null, null), to, FormErrors.None, tenants);

    private static async Task<IResult> Submit(
        [FromForm] SignInForm form, string? to, SignIn signIn, Texts texts, Tenants tenants, CancellationToken cancel)
    {
        var signedIn = await signIn.RunAsync(form.Name ?? "", form.Password ?? "", form.Remember == "true", cancel);
        return signedIn.TryGet(out var user, out var refusals)
            ? TypedResults.LocalRedirect(Safe(to) ?? HomeOf(user.Role))
            : await Page(form, to, FormErrors.Of(refusals, r => texts.Of(r)), tenants, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> Page(
        SignInForm form, string? to, FormErrors errors, Tenants tenants, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<SignInPage>(new
        {
            Action = Safe(to) is { } back ? $"/sign-in?to={Uri.EscapeDataString(back)}" : "/sign-in",
            Errors = errors,
            form.Name,
            Remember = form.Remember == "true",
            ManyTenants = (await tenants.AllAsync()).Count > 1,
        })
        { StatusCode = status };

    /// <summary>Only a path of this site is followed.</summary>
    private static string? Safe(string? to) =>
        to is ['/', not ('/' or '\\'), ..] && Uri.TryCreate(to, UriKind.Relative, out _) && !to.Any(char.IsControl) ? to : null;

    internal sealed record SignInForm(string? Name, string? Password)
    {
        public string? Remember { get; init; }
    }
}
