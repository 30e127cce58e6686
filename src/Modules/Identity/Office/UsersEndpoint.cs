using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Identity;

internal static class UsersEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/users").RequireAuthorization(Policies.Admin);
        group.MapGet("", async (Users users, CancellationToken cancel) => await List(users, new(null, null, null), FormErrors.None, cancel));
        group.MapPost("", Create);
        group.MapGet("/{id:guid}", Show);
        group.MapPost("/{id:guid}", SetPassword);
        group.MapPost("/{id:guid}/active", SetActive);
    }

    private static Task<IResult> Show(Guid id, HttpContext http, Users users, CancellationToken cancel) =>
        One(UserId.From(id), http, users, FormErrors.None, cancel);

    private static async Task<IResult> Create([FromForm] UserForm form, HttpContext http, Users users, Texts texts, CancellationToken cancel)
    {
        if (!Enum.TryParse<Role>(form.Role, ignoreCase: true, out var role) || role == Role.Distributor) role = Role.Operations;
        var created = await users.CreateAsync(form.Name ?? "", form.Password ?? "", role, null, cancel);
        if (created.IsRefused) return await List(users, form, FormErrors.Of(created.Refusals, r => texts.Of(r)), cancel, 422);
        http.LeaveNotice("已新增用户。");
        return TypedResults.LocalRedirect("/office/users");
    }

    private static async Task<IResult> SetActive(Guid id, [FromForm] bool active, HttpContext http, Users users, CancellationToken cancel)
    {
        var user = UserId.From(id);
        // Who administers cannot lock the last door from inside.
        if (user == http.User.UserId) return TypedResults.BadRequest();
        if ((await users.SetActiveAsync(user, active, cancel)).IsRefused) return TypedResults.NotFound();
        http.LeaveNotice(active ? "已恢复登录。" : "已停用。");
        return TypedResults.LocalRedirect($"/office/users/{id}");
    }

    private static async Task<IResult> SetPassword(
        Guid id, [FromForm] string? password, HttpContext http, Users users, Texts texts, CancellationToken cancel)
    {
        var user = UserId.From(id);
        var set = await users.SetPasswordAsync(user, password ?? "", cancel);
        if (set.IsRefused) return await One(user, http, users, FormErrors.Of(set.Refusals, r => texts.Of(r)), cancel, 422);
        http.LeaveNotice("密码已重设。");
        return TypedResults.LocalRedirect($"/office/users/{id}");
    }

    private static async Task<IResult> List(Users users, UserForm form, FormErrors errors, CancellationToken cancel, int status = 200) =>
        new RazorComponentResult<UsersPage>(new { Users = await users.AllAsync(cancel), Errors = errors, form.Name, form.Role }) { StatusCode = status };

    private static async Task<IResult> One(UserId id, HttpContext http, Users users, FormErrors errors, CancellationToken cancel, int status = 200) =>
        await users.FindAsync(id, cancel) is { } user
            ? new RazorComponentResult<UserPage>(new { User = user, Self = id == http.User.UserId, Errors = errors }) { StatusCode = status }
            : TypedResults.NotFound();

    internal sealed record UserForm(string? Name, string? Password, string? Role);
}
