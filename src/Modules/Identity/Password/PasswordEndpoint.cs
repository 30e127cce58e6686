using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Identity;

internal static class PasswordEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/password").RequireAuthorization(Policies.SignedIn);
        group.MapGet("", (HttpContext http) => Page(http, FormErrors.None));
        group.MapPost("", Submit).RequireRateLimiting(RateLimits.SignIn);
    }

    private static async Task<IResult> Submit(
        [FromForm] PasswordForm form, HttpContext http, Users users, SignInManager<UserRow> manager, Texts texts, CancellationToken cancel)
    {
        var id = http.User.UserId;
        var changed = await users.ChangePasswordAsync(id, form.Present ?? "", form.Password ?? "", cancel);
        if (changed.IsRefused) return Page(http, FormErrors.Of(changed.Refusals, r => texts.Of(r)), StatusCodes.Status422UnprocessableEntity);
        await manager.RefreshSignInAsync((await manager.UserManager.FindByIdAsync(id.Value.ToString()))!);      // the one who has just changed it
        http.LeaveNotice("密码已修改，其他设备上的登录已失效。");
        return TypedResults.LocalRedirect(SignInEndpoint.HomeOf(http.User.Role));
    }

    private static RazorComponentResult<PasswordPage> Page(HttpContext http, FormErrors errors, int status = StatusCodes.Status200OK) =>
        new(new { Face = http.User.Role == Role.Distributor ? Face.Agent : Face.Office, Errors = errors }) { StatusCode = status };

    internal sealed record PasswordForm(string? Present, string? Password);
}
